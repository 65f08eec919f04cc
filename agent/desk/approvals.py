"""What one person may not grant alone waits for a second one: asked for with the plan, decided once, never by who asked."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import accounts, audit, procedures, withdrawal
from agent.desk.granting import COUNTED, Need, Standing
from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.domain.authority import Role
from agent.domain.commerce import Order
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.errors import BadInput, Conflict, Forbidden, NotFound
from agent.store.remedy_tables import approval, order_account
from agent.store.tables import conversation, effect

#: Nobody keeps a customer waiting longer.
VALID = timedelta(hours=72)
_UNKNOWN = "There is no such approval. Look at the list again."


async def request(connection: AsyncConnection, thread: str, planned: PlannedEffect, need: Need, on: Standing) -> None:
    row = {
        "id": uuid.uuid4().hex,
        "effect": planned.key,
        "conversation": thread,
        "support_case": on.case,
        "needs": need.role.value,
        "why": need.why,
        "requested_by": on.who,
    }
    await connection.execute(upsert(approval).values(row).on_conflict_do_nothing())
    await audit.record(connection, on.who, "approval.requested", thread, key=planned.key, needs=need.role.value, rule=need.why)
    await notify(connection, thread, 0, "case")


async def order_of(engine: AsyncEngine, approval_id: str) -> str:
    """Number of the order it is about. Raises NotFound."""
    query = select(effect.c.order_number).join(approval, approval.c.effect == effect.c.key).where(approval.c.id == approval_id)
    async with engine.connect() as connection:
        found = await connection.scalar(query)
    if found is None:
        raise NotFound(_UNKNOWN)
    return str(found)


async def approve(
    engine: AsyncEngine, queue: Queue, approval_id: str, who: str, role: Role, note: str = "", order: Order | None = None
) -> None:
    """The second person agrees; what waits is carried out. `order` as it is now, so that what others gave back counts.

    Raises:
        NotFound: there is no such approval.
        Forbidden: it is their own, or beyond what they may grant.
        Conflict: it was decided already, or meanwhile more was given back than would be left.
    """
    async with engine.begin() as connection:
        row = await _held(connection, approval_id)
        _check(row, who, role)
        account = await accounts.hold(connection, row.order_number, order.paid if order else None, without=row.effect)
        if row.amount is not None and (account is None or row.amount > account.left(order.refunded if order else None)):
            raise Conflict(
                "Meanwhile so much was given on this order that it would be more than was paid. Refuse it, with that as the note."
            )
        await _decide(connection, row, "approved", who, note)
        values = {"state": EffectState.PLANNED.value, "approved_by": who, "updated_at": func.now()}
        await connection.execute(update(effect).where(effect.c.key == row.effect, effect.c.state == "waiting").values(values))
        await _go_on(connection, queue, row)


async def refuse(engine: AsyncEngine, queue: Queue, approval_id: str, who: str, role: Role, note: str) -> None:
    """The second person does not agree: nothing of it is done, and the case waits again with the note.

    Raises:
        BadInput: without a note.
        NotFound, Forbidden, Conflict: as for `approve`.
    """
    if not note.strip():
        raise BadInput("Say why: the colleague who asked must tell the customer something. Write it into the note.")
    async with engine.begin() as connection:
        row = await _held(connection, approval_id)
        _check(row, who, role)
        await _decide(connection, row, "refused", who, note.strip())
        await _stop(connection, queue, row, "refused", who, f"{who} refused: {note.strip()}")


async def expire(engine: AsyncEngine, queue: Queue) -> int:
    """Refuse what nobody decided in time."""
    late = select(approval.c.id).where(approval.c.state == "waiting", approval.c.created_at < func.now() - VALID).limit(100)
    async with engine.connect() as connection:
        found = list(await connection.scalars(late))
    for each in found:
        async with engine.begin() as connection:
            row = await _held(connection, each)
            if row.state == "waiting":
                await _decide(connection, row, "expired", None, "")
                await _stop(connection, queue, row, "expired", "bot", "Nobody agreed within 72 hours.")
    return len(found)


async def _held(connection: AsyncConnection, approval_id: str) -> Row[Any]:
    """The approval with its effect. Its conversation is held first, as everywhere, then the approval itself."""
    found = select(approval.c.conversation).where(approval.c.id == approval_id).scalar_subquery()
    await connection.execute(select(conversation.c.id).where(conversation.c.id == found).with_for_update())
    query = select(approval, effect.c.kind, effect.c.order_number, effect.c.amount, effect.c.currency, effect.c.turn)
    query = query.join(effect, effect.c.key == approval.c.effect).where(approval.c.id == approval_id)
    row = (await connection.execute(query.with_for_update(of=approval))).one_or_none()
    if row is None:
        raise NotFound(_UNKNOWN)
    return row


def _check(row: Row[Any], who: str, role: Role) -> None:
    if row.state != "waiting":
        raise Conflict(f"It was {row.state} already" + (f" by {row.decided_by}." if row.decided_by else ".") + " Reload the list.")
    if row.requested_by == who:
        raise Forbidden("You asked for it yourself: a second person must decide.")
    if role.rank < Role(row.needs).rank:
        raise Forbidden(f"This needs the authority {row.needs}; yours is {role.value}. Ask a colleague who has it.")


async def _decide(connection: AsyncConnection, row: Row[Any], state: str, who: str | None, note: str) -> None:
    """Once, and by somebody else, whatever the callers have looked at: the database checks both again."""
    mine = (approval.c.id == row.id) & (approval.c.state == "waiting") & approval.c.requested_by.is_distinct_from(who)
    values = {"state": state, "decided_by": who, "note": note, "decided_at": func.now()}
    if not (await connection.execute(update(approval).where(mine).values(values))).rowcount:
        raise Conflict
    detail = {"key": row.effect, "requested_by": row.requested_by, "decided_by": who, "needs": row.needs, "note": note}
    await audit.record(connection, who or "bot", f"approval.{state}", row.conversation, **detail)
    await notify(connection, row.conversation, 0, "case")


async def _go_on(connection: AsyncConnection, queue: Queue, row: Row[Any]) -> None:
    """Carry out what waited: by the message that tells of it, or alone when a procedure planned it."""
    if row.turn.startswith(procedures.OWN):
        await queue.carry_out(connection, row.conversation, row.effect)
        return
    for held in await withdrawal.waiting_for(connection, row.conversation, row.effect):
        await queue.settle(connection, row.conversation, held.id)


async def _stop(connection: AsyncConnection, queue: Queue, row: Row[Any], error: str, who: str, note: str) -> None:
    """The reply that waited is taken back with everything else it would have told, and its case is open again."""
    held = await withdrawal.waiting_for(connection, row.conversation, row.effect)
    for key in (row.effect, *(key for each in held for key in each.effects if key != row.effect)):
        await withdrawal.fail(connection, key, error if key == row.effect else "withdrawn", who)
    reopened = await withdrawal.reopen(connection, row.conversation, row.support_case, note, who)
    for each in held:
        if reopened:
            await withdrawal.take_back(connection, each, [row.effect], who)
        else:
            await withdrawal.withdraw(connection, queue, each, [row.effect], who)


async def listing(connection: AsyncConnection, *, state: str = "waiting", case: str = "", limit: int = 200) -> list[dict[str, Any]]:
    """Oldest first, each with what was paid and given on its order."""
    query = (
        select(approval, effect.c.kind, effect.c.order_number, effect.c.payload, effect.c.amount, effect.c.currency)
        .add_columns(effect.c.state.label("effect_state"), order_account.c.paid, _given("given"), _given("refunded"))
        .join(effect, effect.c.key == approval.c.effect)
        .outerjoin(order_account, order_account.c.order_number == effect.c.order_number)
        .order_by(approval.c.created_at)
        .limit(limit)
    )
    query = query.where(approval.c.support_case == case) if case else query.where(approval.c.state == state)
    return [_json(row) for row in await connection.execute(query)]


def rights(found: dict[str, Any], who: str, role: Role) -> dict[str, bool]:
    """What somebody may do with a listed approval, for the page."""
    mine = found["requested_by"] == who
    return {"mine": mine, "may": found["state"] == "waiting" and not mine and role.rank >= Role(found["needs"]).rank}


def _given(name: str) -> Any:
    """What else was given on the order: all that has not failed, or the refunds that were confirmed."""
    other = effect.alias()
    live = other.c.state != "failed" if name == "given" else (other.c.state == "confirmed") & (other.c.kind == RemedyKind.REFUND.value)
    total = select(func.coalesce(func.sum(other.c.amount), 0)).where(
        other.c.order_number == effect.c.order_number, other.c.key != effect.c.key, other.c.kind.in_(sorted(COUNTED)), live
    )
    return total.correlate(effect).scalar_subquery().label(name)


_SHOWN = ("id", "effect", "kind", "conversation", "needs", "why", "requested_by", "state", "decided_by", "note", "payload", "effect_state")


def _json(row: Row[Any]) -> dict[str, Any]:
    def money(minor: int | None) -> dict[str, Any] | None:
        return None if minor is None or row.currency is None else {"minor": int(minor), "currency": row.currency}

    return {name: getattr(row, name) for name in _SHOWN} | {
        "order": row.order_number,
        "case": row.support_case,
        "amount": money(row.amount),
        "paid": money(row.paid),
        "given": money(row.given),
        "refunded": money(row.refunded),
        "created_at": row.created_at.isoformat(),
        "expires_at": (row.created_at + VALID).isoformat(),
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
    }
