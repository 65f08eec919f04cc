"""Procedures in the tables: begun with their effect, moved by what becomes of it and by what is told of them; each step is kept and audited."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce.remedies.procedures import PROCEDURES
from agent.commerce.routing import add_business_days
from agent.desk import audit
from agent.desk.notices import notify
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.procedure import Happening, MoveNotAllowed, Procedure, Step, move
from agent.errors import NotFound
from agent.store.remedy_tables import procedure, procedure_step
from agent.store.tables import conversation, effect

#: An effect that a procedure had planned tells it how it went: (confirmed, failed) by kinds of procedure and effect.
ENDED = {
    (RemedyKind.RETURN, RemedyKind.REFUND): ("refunded", "refund_failed"),
    (RemedyKind.RETURN, RemedyKind.EXCHANGE): ("exchanged", "exchange_failed"),
    (RemedyKind.CLAIM, RemedyKind.REFUND): ("settled", "settling_failed"),
    (RemedyKind.CLAIM, RemedyKind.RESHIP): ("settled", "settling_failed"),
    (RemedyKind.REPAIR, RemedyKind.REFUND): ("settled", "settling_failed"),
    (RemedyKind.REPAIR, RemedyKind.RESHIP): ("settled", "settling_failed"),
}
#: Turn of an effect that no message waits for: its procedure planned it.
OWN = "procedure:"


def described(kind: str) -> Procedure | None:
    """How a kind of effect goes on; None for one that the shop knows nothing of."""
    return PROCEDURES.get(RemedyKind(kind)) if kind in set(RemedyKind) else None


async def start(connection: AsyncConnection, thread: str, planned: PlannedEffect, turn: str) -> None:
    """One procedure an effect, under the effect's own key."""
    found = described(planned.kind)
    if found is None:
        return
    row = {
        "id": planned.key,
        "conversation": thread,
        "order_number": planned.order,
        "kind": planned.kind,
        "step": found.start,
        "detail": {"payload": planned.payload} | ({"parent": turn.removeprefix(OWN)} if turn.startswith(OWN) else {}),
        "due_at": due(found.step(found.start), datetime.now(UTC)),
    }
    if (await connection.execute(upsert(procedure).values(row).on_conflict_do_nothing())).rowcount:
        await connection.execute(update(effect).where(effect.c.key == planned.key).values(procedure=planned.key))


def due(step: Step, now: datetime) -> datetime | None:
    """The end of the business day by which the next move should have come."""
    return None if step.days is None else datetime.combine(add_business_days(now.date(), step.days), time(23, 59), UTC)


async def ended(connection: AsyncConnection, key: str, result: EffectResult, actor: str, *, refused: bool = False) -> None:
    """The effect `key` was confirmed, has failed, or was refused by the second person."""
    row = await _held(connection, procedure.c.id == key)
    if row is None:
        return
    confirmed = result.state is EffectState.CONFIRMED
    event = "confirmed" if confirmed else "refused" if refused else "failed"
    detail = {"result": result.data} if confirmed else {"error": result.error}
    await _try(connection, row, f"effect:{key}", event, actor, detail)
    parent = await _held(connection, procedure.c.id == row.detail.get("parent", ""))
    told = ENDED.get((RemedyKind(parent.kind), RemedyKind(row.kind))) if parent else None
    if parent and told:
        await _try(connection, parent, f"effect:{key}", told[0] if confirmed else told[1], actor, {"by": key})


async def tell(connection: AsyncConnection, happening: Happening, actor: str) -> bool:
    """What warehouse, carrier or shop did; whether it moved anything. Told again, too late or in the wrong order it moves nothing."""
    row = await meant(connection, happening)
    return row is not None and await _try(connection, row, happening.key, happening.event, actor, dict(happening.detail))


async def meant(connection: AsyncConnection, happening: Happening) -> Row[Any] | None:
    """The procedure that it moves, held; None when nobody knows of one."""
    query = select(procedure).where(procedure.c.order_number == happening.order, procedure.c.kind == happening.kind.value)
    rows = (await connection.execute(query.order_by(procedure.c.created_at.desc()).with_for_update())).all()
    mine = [row for row in rows if happening.reference in _references(row)]
    return next(iter(mine or ([each for each in rows if each.closed_at is None] if not happening.reference else [])), None)


def _references(row: Row[Any]) -> set[str]:
    """Numbers that its effect gave it: of the return, the new order, the claim, the repair."""
    return {str(value) for value in row.detail.get("result", {}).values() if isinstance(value, str | int)}


async def _held(connection: AsyncConnection, which: Any) -> Row[Any] | None:
    return (await connection.execute(select(procedure).where(which).with_for_update())).one_or_none()


def reference(row: Row[Any]) -> str:
    """The number on its paper: of the return, the new order, the claim or the repair; "" before the shop has confirmed it."""
    result = row.detail.get("result", {})
    return next((str(result[name]) for name in ("return", "new_order", "claim", "repair") if result.get(name)), "")


async def held(connection: AsyncConnection, procedure_id: str, *, with_conversation: bool = False) -> Row[Any]:
    """The procedure, held by this transaction; its conversation first, by whoever writes to both. Raises NotFound."""
    if with_conversation:
        thread = select(procedure.c.conversation).where(procedure.c.id == procedure_id).scalar_subquery()
        await connection.execute(select(conversation.c.id).where(conversation.c.id == thread).with_for_update())
    row = await _held(connection, procedure.c.id == procedure_id)
    if row is None:
        raise NotFound("There is no such procedure. Reload the case.")
    return row


async def _try(connection: AsyncConnection, row: Row[Any], key: str, event: str, actor: str, detail: Mapping[str, Any]) -> bool:
    """False when it was told before, or cannot happen now. The latter is kept in the audit; what never happened to it before, in its notes too."""
    try:
        return await step(connection, row, key, event, actor, detail)
    except MoveNotAllowed:
        seen = select(procedure_step.c.id).where(procedure_step.c.procedure == row.id)
        if (await connection.execute(seen.where(or_(procedure_step.c.event == event, procedure_step.c.key == key)))).first() is None:
            await note(connection, row, key, event, actor, detail)
        await audit.record(connection, actor, "procedure.ignored", row.conversation, procedure=row.id, event=event, step=row.step)
        return False


async def note(connection: AsyncConnection, row: Row[Any], key: str, event: str, actor: str, detail: Mapping[str, Any]) -> bool:
    """A line of a held procedure that moves nothing; False when `key` is known."""
    line = {"procedure": row.id, "key": key, "event": event, "before": row.step, "after": row.step, "actor": actor, "detail": dict(detail)}
    return await connection.scalar(upsert(procedure_step).values(line).on_conflict_do_nothing().returning(procedure_step.c.id)) is not None


async def step(connection: AsyncConnection, row: Row[Any], key: str, event: str, actor: str, detail: Mapping[str, Any]) -> bool:
    """One move of a held procedure; False when this `key` has moved it already. Raises MoveNotAllowed."""
    known = select(procedure_step.c.id).where(procedure_step.c.procedure == row.id, procedure_step.c.key == key)
    if (await connection.execute(known)).first():
        return False
    found = PROCEDURES[RemedyKind(row.kind)]
    after = move(found, row.step, event).after
    now, over = datetime.now(UTC), after in found.ends
    line = {"procedure": row.id, "key": key, "event": event, "before": row.step, "after": after, "actor": actor, "detail": dict(detail)}
    await connection.execute(upsert(procedure_step).values(line))
    values = {
        "step": after,
        "detail": {**row.detail, **detail},
        "due_at": None if over else due(found.step(after), now),
        "closed_at": now if over else None,
        "version": procedure.c.version + 1,
        "updated_at": func.now(),
    }
    await connection.execute(update(procedure).where(procedure.c.id == row.id).values(values))
    await audit.record(connection, actor, f"procedure.{event}", row.conversation, procedure=row.id, step=after)
    if row.conversation:
        await notify(connection, row.conversation, 0, "state")
    return True


async def listing(connection: AsyncConnection, *, order: str = "", conversation: str = "") -> list[dict[str, Any]]:
    """Of an order or a conversation, newest first, whole."""
    which = procedure.c.order_number == order if order else procedure.c.conversation == conversation
    rows = (await connection.execute(select(procedure).where(which).order_by(procedure.c.created_at.desc()).limit(50))).all()
    steps = select(procedure_step).where(procedure_step.c.procedure.in_([row.id for row in rows])).order_by(procedure_step.c.id)
    taken: dict[str, list[Row[Any]]] = {}
    for each in await connection.execute(steps):
        taken.setdefault(each.procedure, []).append(each)
    return [as_json(row, taken.get(row.id, [])) for row in rows]


async def one(connection: AsyncConnection, procedure_id: str) -> dict[str, Any]:
    """Raises NotFound."""
    row = await held(connection, procedure_id)
    steps = select(procedure_step).where(procedure_step.c.procedure == row.id).order_by(procedure_step.c.id)
    return as_json(row, list((await connection.execute(steps)).all()))


def as_json(row: Row[Any], taken: list[Row[Any]]) -> dict[str, Any]:
    """For staff: all steps with their standard, how far it is, and what may happen next."""
    found = PROCEDURES[RemedyKind(row.kind)]
    been = {found.start, *(each.after for each in taken)}
    return {
        "id": row.id,
        "kind": row.kind,
        "order": row.order_number,
        "conversation": row.conversation,
        "step": row.step,
        "version": row.version,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "detail": row.detail,
        "steps": [_step_json(each, row.step, been) for each in found.steps],
        "events": [each.event for each in found.open_moves(row.step) if each.event not in FED],
        "history": [
            {"event": each.event, "before": each.before, "after": each.after, "actor": each.actor, "at": each.at.isoformat()}
            | {"detail": each.detail}
            for each in taken
            if each.before != each.after
        ],
        "notes": [
            {"event": each.event, "actor": each.actor, "at": each.at.isoformat(), "detail": each.detail}
            for each in taken
            if each.before == each.after
        ],
    }


#: Told by the ledger alone: nobody says by hand that the shop has confirmed something.
FED = frozenset({"confirmed", "failed", "refused"}) | {event for events in ENDED.values() for event in events if event != "settled"}


def _step_json(step: Step, now: str, been: set[str]) -> dict[str, Any]:
    state = "now" if step.name == now else "done" if step.name in been else "next"
    return {"name": step.name, "actor": step.actor.value, "standard": step.standard, "shown": step.shown, "days": step.days, "state": state}
