"""What follows from a procedure's step without anybody's word: money that the policy gives, a question to a person, news for the customer.

Nothing of it is remembered outside the tables: it is read from the steps, so that a run that was killed is made good by the next.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.remedies.procedures import PROCEDURES
from agent.commerce.remedies.procedures.inspection import Grade
from agent.commerce.remedies.procedures.parts import FAILED, REFUSED
from agent.desk import attention, procedures, step_news, steps
from agent.desk.attention import PROCEDURE, Ask
from agent.desk.granting import Standing
from agent.desk.jobs import Queue
from agent.desk.ordering import Shop
from agent.desk.progress import LASTING
from agent.domain.decision import Reason, RemedyKind
from agent.domain.intents import Intent
from agent.domain.procedure import Actor
from agent.errors import BadInput, Conflict, NotReady
from agent.phrasing import Phrases
from agent.ports import Clock
from agent.store.remedy_tables import procedure, procedure_step
from agent.store.tables import operator

log = structlog.get_logger()
#: Grades after which the money goes back without a person looking first.
PAID_FOR = frozenset({Grade.AS_NEW.value, Grade.OPENED.value})
#: Who asked for these wants something else than the money.
_ELSE = frozenset({Intent.EXCHANGE, Intent.WARRANTY})
_FAILED = frozenset(failed for _, failed in procedures.ENDED.values())
_OURS = frozenset({"asked", "overdue"})
#: Steps that one run looks at, and how old they may be.
MOST, AGE = 5000, timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What it takes to go on with a procedure."""

    engine: AsyncEngine
    queue: Queue
    shop: Shop
    phrases: Phrases
    clock: Clock


async def follow(on: Following, procedure_id: str) -> None:
    """Safe to run again, and beside itself."""
    async with on.engine.connect() as connection:
        found = await _read(connection, [procedure_id])
    if not found:
        return  # done as soon as it was confirmed
    row, lines, people = found[0]
    trouble = await _pay(on, row) if pays(row, lines, people) else ""
    last = next((line for line in reversed(lines) if line.before != line.after), None)
    asked = [Ask(key=f"asked:{last.id}", says=trouble)] if trouble and last else asks(row, lines, people)
    for each in asked:
        await attention.ask(on.engine, on.phrases, row.id, each, on.clock.now())
    await step_news.tell(on.engine, on.queue, on.phrases, on.shop.orders, step_news.root(row), on.clock.now())


async def follow_all(on: Following) -> int:
    """Every procedure that moved lately and has something open; how many there were."""
    async with on.engine.connect() as connection:
        newest = select(func.coalesce(func.max(procedure_step.c.id), 0)).scalar_subquery()
        moved = select(procedure_step.c.procedure).where(procedure_step.c.id > newest - MOST, procedure_step.c.at > on.clock.now() - AGE)
        found = await _read(connection, list((await connection.scalars(moved.distinct())).all()))
        told = await step_news.told(connection, {step_news.root(row) for row, _, _ in found})
    open_now = [row.id for row, lines, people in found if _open(row, lines, people, told, on)]
    for each in open_now:
        try:
            await follow(on, each)
        except Exception as error:  # one that cannot go on must not hold up the others
            log.error("procedure.stuck", procedure=each, error=type(error).__name__)
    return len(open_now)


def _open(row: Row[Any], lines: Sequence[Row[Any]], people: Collection[str], told: Mapping[str, Any], on: Following) -> bool:
    mine = told.get(step_news.root(row), {})
    news = step_news.fresh(row, lines, mine, on.clock.now()) and step_news.may_tell(mine, on.clock.now())
    return bool(news or pays(row, lines, people) or asks(row, lines, people))


async def _read(connection: AsyncConnection, ids: Sequence[str]) -> list[tuple[Row[Any], list[Row[Any]], set[str]]]:
    """Procedures that take their time, with their lines, and those of the actors who are people."""
    kinds = procedure.c.kind.in_([kind.value for kind in LASTING])
    rows = (await connection.execute(select(procedure).where(procedure.c.id.in_(ids), kinds))).all()
    query = select(procedure_step).where(procedure_step.c.procedure.in_([row.id for row in rows])).order_by(procedure_step.c.id)
    lines: dict[str, list[Row[Any]]] = {row.id: [] for row in rows}
    for line in await connection.execute(query):
        lines[line.procedure].append(line)
    actors = {line.actor for each in lines.values() for line in each}
    people = set(await connection.scalars(select(operator.c.id).where(operator.c.id.in_(actors))))
    return [(row, lines[row.id], people) for row in rows]


def pays(row: Row[Any], lines: Sequence[Row[Any]], people: Collection[str]) -> bool:
    """A return that the warehouse found in order is paid for, unless a person is at it. Pure."""
    moves = [line for line in lines if line.before != line.after]
    if row.kind != RemedyKind.RETURN or row.step != steps.INSPECTED or not moves or moves[-1].actor in people:
        return False
    asked = any(line.event in _OURS and line.id > moves[-1].id for line in lines)
    in_order = moves[-1].event == steps.INSPECTED and row.detail.get("grade") in PAID_FOR
    return in_order and not asked and steps.intent_of(row.detail) not in _ELSE


def asks(row: Row[Any], lines: Sequence[Row[Any]], people: Collection[str]) -> list[Ask]:
    """What a person has to decide and was not asked yet. Pure."""
    moves, known = [line for line in lines if line.before != line.after], {line.key for line in lines}
    found: list[Ask] = []
    step = PROCEDURES[RemedyKind(row.kind)].step(row.step)
    if moves and step.actor is Actor.OPERATOR and step.name not in {FAILED, REFUSED} and not pays(row, lines, people):
        failed = moves[-1].event in _FAILED
        if failed or moves[-1].actor not in people:
            found.append(Ask(key=f"asked:{moves[-1].id}", says=_says(row, step.standard, moves[-1]), reason=_reason(failed=failed)))
    odd = [line for line in lines if line.before == line.after and line.event not in _OURS]
    found += [Ask(key=f"asked:{line.id}", says=_odd(line)) for line in odd]
    return [each for each in found if each.key not in known]


def _reason(*, failed: bool) -> Reason:
    return Reason.EFFECT_FAILED if failed else Reason.NEEDS_JUDGEMENT


def _says(row: Row[Any], standard: str, last: Row[Any]) -> str:
    grade = (
        f"Grade {row.detail['grade']}. {row.detail.get('standard', '')} " if row.step == steps.INSPECTED and "grade" in row.detail else ""
    )
    note = f"Note: {last.detail['note']} " if last.detail.get("note") else ""
    return f"{last.event.replace('_', ' ').capitalize()}. {grade}{note}{standard}".strip()


def _odd(line: Row[Any]) -> str:
    if "says" in line.detail:
        return str(line.detail["says"])
    told = line.event.replace("_", " ")
    return f'{line.actor.capitalize()} tells "{told}", which cannot happen while it is "{line.before}". Find out what is true, then go on by hand.'


async def _pay(on: Following, row: Row[Any]) -> str:
    """The refund in the ledger; beyond the agent's own limit it waits for an approval. What stands against it is for a person."""
    try:
        wish = await steps.wish(row, RemedyKind.REFUND, on.shop)
        async with on.engine.begin() as connection:
            held = await procedures.held(connection, row.id, with_conversation=True)
            if held.version != row.version:
                return ""
            await procedures.step(connection, held, f"{PROCEDURE}:{row.version}", "refund", PROCEDURE, {})
            await steps.plan(connection, on.queue, held, wish, on.clock.now(), Standing(who=PROCEDURE, asks=True))
    except (NotReady, Conflict):
        return ""  # the next run tries again
    except BadInput as error:
        return str(error)
    return ""
