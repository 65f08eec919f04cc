"""Steps whose day has come: what their own time-out says happens, and everything else is shown to an operator. Each at most once."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy import Row, String, cast, exists, literal, select

from agent.commerce.remedies.procedures import PROCEDURES
from agent.desk import attention, happenings, procedures
from agent.desk.attention import PROCEDURE, Ask
from agent.desk.following import Following, follow
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Happening, MoveNotAllowed
from agent.errors import NotFound
from agent.store.remedy_tables import procedure, procedure_step

log = structlog.get_logger()
#: What it means that nothing was heard by then.
SILENCE = {
    (RemedyKind.RETURN, "labelled"): "lapsed",
    (RemedyKind.EXCHANGE, "labelled"): "lapsed",
    (RemedyKind.REPAIR, "booked"): "missed",
    (RemedyKind.REFUND, "ordered"): "settled",  # no bank has sent it back
}
#: Steps that one run works on; the rest waits for the next.
MOST = 100
#: Tells a shop that lets it happen in its own books: (kind, event, number of the paper).
Happen = Callable[[RemedyKind, str, str], Awaitable[tuple[Happening, ...]]]


async def overdue(on: Following, happen: Happen | None = None) -> int:
    """How many steps were past their day."""
    noted = procedure_step.c.key == literal("overdue:") + cast(procedure.c.version, String)
    known = exists().where(procedure_step.c.procedure == procedure.c.id, noted)
    query = select(procedure).where(procedure.c.closed_at.is_(None), procedure.c.due_at < on.clock.now(), ~known)
    async with on.engine.connect() as connection:
        rows = (await connection.execute(query.order_by(procedure.c.due_at).limit(MOST))).all()
    for row in rows:
        try:
            await _late(on, row, happen)
        except Exception as error:  # one that cannot go on must not hold up the others
            log.error("procedure.stuck", procedure=row.id, error=type(error).__name__)
    return len(rows)


async def _late(on: Following, row: Row[Any], happen: Happen | None) -> None:
    event = SILENCE.get((RemedyKind(row.kind), row.step))
    step = PROCEDURES[RemedyKind(row.kind)].step(row.step)
    asked = Ask(key=f"overdue:{row.version}", event="overdue", says=f'Overdue: "{row.step}" since {row.due_at:%Y-%m-%d}. {step.standard}')
    if event is None:
        await attention.ask(on.engine, on.phrases, row.id, asked, on.clock.now())
        return
    try:
        told = await happen(RemedyKind(row.kind), event, procedures.reference(row)) if happen else ()
    except NotFound:
        told = ()  # no paper of this shop's
    except MoveNotAllowed as error:  # the shop knows better
        again = Ask(key=asked.key, event=asked.event, says=f"{asked.says} {error}")
        await attention.ask(on.engine, on.phrases, row.id, again, on.clock.now())
        return
    if await happenings.tell(on, told):
        return
    if await _move(on, row, event) and not told and row.kind == RemedyKind.EXCHANGE:
        says = PROCEDURES[RemedyKind.EXCHANGE].step("lapsed").standard
        await attention.ask(on.engine, on.phrases, row.id, Ask(key=f"{asked.key}:shop", says=says), on.clock.now())
    await follow(on, row.id)


async def _move(on: Following, row: Row[Any], event: str) -> bool:
    """False when something has moved it meanwhile."""
    async with on.engine.begin() as connection:
        held = await procedures.held(connection, row.id)
        if held.version != row.version:
            return False
        return await procedures.step(connection, held, f"overdue:{row.version}", event, PROCEDURE, {})
