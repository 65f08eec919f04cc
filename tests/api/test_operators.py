"""The command line takes people off the desk: their sessions end, their conversations wait again, one reviewer stays."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from typer.testing import CliRunner, Result

from agent.store.tables import audit, conversation, metadata, operator, operator_session
from api import auth
from api.cli import app

EVE, ADA, BEN = "eve@example.com", "ada@example.com", "ben@example.com"


class Desk:
    """The command line on a database, and a look at the tables."""

    def __init__(self, url: str) -> None:
        self.url = url

    def remove(self, email: str) -> Result:
        return CliRunner().invoke(app, ["operators", "remove", email])

    def rows(self, table: Any) -> list[Any]:
        async def read(engine: AsyncEngine) -> list[Any]:
            async with engine.connect() as connection:
                return list((await connection.execute(select(table))).all())

        return self.do(read)

    def do(self, work: Any) -> Any:
        async def done() -> Any:
            engine = create_async_engine(self.url, poolclass=NullPool)
            try:
                return await work(engine)
            finally:
                await engine.dispose()

        return asyncio.run(done())


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Desk:
    monkeypatch.setenv("DATABASE_URL", database_url.replace("postgresql+psycopg://", "postgresql://", 1))
    monkeypatch.setenv("PORTSIDE_DATA", str(tmp_path))
    made = Desk(database_url)
    made.do(_people)
    return made


async def _people(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        thread = {"id": "c1", "channel": "widget", "account": "shop", "thread": "c1", "market": "DE", "owner": EVE}
        await connection.execute(insert(conversation).values(thread))
    people: list[tuple[str, auth.Role]] = [(EVE, "editor"), (ADA, "reviewer"), (BEN, "reviewer")]
    for email, role in people:
        await auth.set_password(engine, email, email, "a password", role)
    await auth.sign_in(engine, EVE, "a password")


def test_who_is_removed_is_signed_out_and_their_conversations_wait_again(desk: Desk) -> None:
    done = desk.remove("Eve@Example.com")
    assert done.exit_code == 0 and "1 conversations wait" in done.output
    assert desk.rows(operator_session) == [] and {row.email for row in desk.rows(operator)} == {ADA, BEN}
    assert [(row.owner, row.owner_epoch) for row in desk.rows(conversation)] == [("desk", 1)]
    assert [(row.action, row.detail["email"]) for row in desk.rows(audit)] == [("operator.removed", EVE)]
    assert "operators list" in str(desk.remove(EVE).exception)


def test_the_last_reviewer_stays(desk: Desk) -> None:
    assert desk.remove(BEN).exit_code == 0
    refused = desk.remove(ADA)
    assert refused.exit_code != 0 and "last reviewer" in str(refused.exception)
    assert {row.email for row in desk.rows(operator)} == {ADA, EVE}
