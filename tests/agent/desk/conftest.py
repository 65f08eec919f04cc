"""The desk on a real PostgreSQL, without models, graph or network: turns are loaded, and their outcomes are made by hand."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.desk.commit import commit
from agent.desk.inbox import Inbound, Received, receive
from agent.desk.jobs import Queue, make_app
from agent.desk.outcome import TurnOutcome
from agent.desk.turns import load
from agent.domain.case import CasePacket
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.effect import PlannedEffect
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Claim, Reply
from agent.store import migrate
from agent.store.engine import make_engine

_numbers = itertools.count(1)
CANCEL = PlannedEffect(key="cancel-1054-abc", kind="cancel", order="1054", payload={"reason": "cancel_order"})


def administer(server: str, command: LiteralString, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))


@pytest.fixture(scope="session")
def migrated(pg_server: str) -> str:
    """Name of a database with the schema and nothing in it."""
    name = f"migrated_{os.getpid()}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE template0", name)
    url = pg_server.replace("/postgres?", f"/{name}?", 1)
    migrate.upgrade(url)
    asyncio.run(migrate.upgrade_libraries(url, make_app(url)))
    return name


def reply(words: str = "Hello.", **changes: Any) -> Reply:
    return replace(Reply(language="en", claims=(Claim(text=words),)), **changes)


@dataclass
class Scene:
    """A desk with its database."""

    engine: AsyncEngine
    queue: Queue
    make: Any
    url: str

    async def receive(self, words: str = "Hi", external_id: str = "", thread: str = "t", **changes: Any) -> Received:
        inbound = Inbound(
            channel="web", account="web", thread=thread, external_id=external_id or f"{next(_numbers)}", text=words, market="DE"
        )
        return await receive(self.engine, self.queue, replace(inbound, **changes))

    async def turn(self, conversation: str) -> Turn:
        found = await load(self.engine, conversation, datetime.now(UTC))
        assert found is not None
        return found

    def outcome(self, turn: Turn, **changes: Any) -> TurnOutcome:
        """A plain answer, unless `changes` say otherwise."""
        made = TurnOutcome(
            turn=turn,
            thread=f"{turn.id}:run",
            triage=self.make.triage(Intent.ORDER_STATUS),
            decision=Decision(outcome=Outcome.RESOLVE, desk=Desk.AGENT, reasons=(Reason.ANSWERED,)),
            reply=reply(),
            effects=(),
            case=None,
            detail={"timings": {}},
            newly_proven=(),
        )
        return replace(made, **changes)

    def handed_over(self, turn: Turn, desk: Desk = Desk.OPERATOR, urgency: str = "normal", **changes: Any) -> TurnOutcome:
        reason = Reason.HUMAN_WANTED if turn.owner == "bot" else Reason.OPERATOR_OWNS
        case = CasePacket(
            desk=desk.value,
            reasons=(reason.value,),
            intents=("human",),
            summary="one\ntwo",
            original=turn.text,
            working=turn.text,
            language="en",
            urgency=urgency,
            sentiment="neutral",
            tried=(),
            draft=reply("A draft."),
            acknowledgement=reply("A colleague will answer."),
            evidence=(),
            facts=(),
            suggested=(),
        )
        decision = Decision(outcome=Outcome.HANDOFF, desk=desk, reasons=(reason,))
        told = case.acknowledgement if turn.owner == "bot" else None
        return self.outcome(turn, decision=decision, case=replace(case, **changes), reply=told)

    def cancelling(self, turn: Turn, words: str = "It is cancelled.") -> TurnOutcome:
        return self.outcome(turn, effects=(CANCEL,), reply=reply(words, effects=(CANCEL.key,)))

    async def commit(self, outcome: TurnOutcome) -> bool:
        return await commit(self.engine, self.queue, outcome)

    async def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        async with self.engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(text(query), values)).mappings()]

    async def run(self, statement: str) -> None:
        async with self.engine.begin() as connection:
            await connection.execute(text(statement))

    async def jobs(self) -> list[str]:
        return [row["task_name"] for row in await self.rows("select task_name from procrastinate_jobs order by id")]


@pytest.fixture
async def scene(pg_server: str, migrated: str, make: Any) -> AsyncIterator[Scene]:
    name = f"desk_{os.getpid()}_{next(_numbers)}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, migrated)
    url = pg_server.replace("/postgres?", f"/{name}?", 1)
    engine = make_engine(url, pool=10)
    yield Scene(engine, Queue(make_app(url)), make, url)
    await engine.dispose()
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)
