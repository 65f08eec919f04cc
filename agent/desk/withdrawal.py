"""A held reply that must not be told: it is taken back, and a person hears of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk import audit, procedures
from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.domain.decision import Reason
from agent.domain.effect import EffectResult, EffectState
from agent.domain.triage import Urgency
from agent.policy.limits import answer_hours
from agent.store.remedy_tables import approval
from agent.store.tables import conversation, effect, message, support_case


async def waiting_for(connection: AsyncConnection, thread: str, key: str) -> list[Row[Any]]:
    """The conversation's held messages that tell of this effect."""
    query = select(message).where(message.c.conversation == thread, message.c.held.is_(True), message.c.effects.contains([key]))
    return list((await connection.execute(query)).all())


async def fail(connection: AsyncConnection, key: str, error: str, who: str) -> None:
    """An effect that has not been sent yet will never be; an approval that waits for it is closed with it."""
    unsent = (effect.c.key == key) & effect.c.state.in_(("waiting", "planned"))
    failed = update(effect).where(unsent).values(state="failed", error=error, updated_at=func.now())
    if not (await connection.execute(failed)).rowcount:
        return
    others = (approval.c.effect == key) & (approval.c.state == "waiting")
    closed = {"state": "refused", "note": "Withdrawn with the reply it belonged to.", "decided_at": func.now()}
    await connection.execute(update(approval).where(others).values(closed))
    result = EffectResult(state=EffectState.FAILED, data={}, error=error)
    await procedures.ended(connection, key, result, who, refused=error in ("refused", "expired"))


async def withdraw(connection: AsyncConnection, queue: Queue, held: Row[Any], failed: list[str], who: str = "bot") -> None:
    """The reply is never shown; its turn runs again, whole, and must be handed over."""
    if not await take_back(connection, held, failed, who):
        return
    shown = select(func.coalesce(func.max(message.c.seq), 0)).where(
        message.c.conversation == held.conversation, message.c.author != "customer", message.c.held.is_(False), message.c.seq < held.seq
    )
    last_shown = int((await connection.execute(shown)).scalar_one())
    values = {
        "answered_seq": min(int(held.turn.rpartition(":")[2]) - 1, last_shown),
        "forced": Reason.EFFECT_FAILED.value,
        "greeted": last_shown > 0,
        "owner_epoch": conversation.c.owner_epoch + 1,  # a turn under way knows nothing of this failure
    }
    await connection.execute(update(conversation).where(conversation.c.id == held.conversation).values(values))
    await queue.handle(connection, held.conversation)


async def take_back(connection: AsyncConnection, held: Row[Any], failed: list[str], who: str) -> bool:
    """False when it was told or taken back already."""
    still_held = update(message).where(message.c.id == held.id, message.c.held.is_(True), message.c.effects != [])
    if not (await connection.execute(still_held.values(effects=[], external_id=f"{held.external_id}:withdrawn"))).rowcount:
        return False
    await audit.record(connection, who, "reply.withdrawn", held.conversation, message=held.id, failed=failed)
    return True


async def reopen(connection: AsyncConnection, thread: str, case_id: str | None, note: str, who: str) -> bool:
    """The case waits again, with what its operator must know; False when there is none to wait."""
    mine = (support_case.c.id == case_id) | support_case.c.status.in_(("open", "answering"))
    query = select(support_case).where(support_case.c.conversation == thread, mine)
    # The conversation's open one comes first: there is never a second.
    query = query.order_by(support_case.c.status.in_(("open", "answering")).desc()).limit(1)
    row = (await connection.execute(query.with_for_update())).one_or_none()
    if row is None:
        return False
    values: dict[str, Any] = noted(row, "Approval", note, who) | {
        "status": "open",
        "reasons": list(dict.fromkeys([*row.reasons, Reason.NEEDS_APPROVAL.value])),
        "sent": None,
        "edit_distance": None,
        "closed_at": None,
    }
    if row.status not in ("open", "answering"):
        values["due_at"] = func.now() + timedelta(hours=answer_hours(Urgency(row.urgency)))
    await connection.execute(update(support_case).where(support_case.c.id == row.id).values(values))
    from_bot = (conversation.c.id == thread) & (conversation.c.owner == "bot")
    await connection.execute(update(conversation).where(from_bot).values(owner="desk", owner_epoch=conversation.c.owner_epoch + 1))
    await notify(connection, thread, 0, "case")
    return True


async def tell_desk(connection: AsyncConnection, thread: str, label: str, value: str) -> bool:
    """Write something into the conversation's open case; False when there is none."""
    query = select(support_case).where(support_case.c.conversation == thread, support_case.c.status == "open").with_for_update()
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return False
    await connection.execute(update(support_case).where(support_case.c.id == row.id).values(noted(row, label, value, "ledger")))
    await notify(connection, thread, 0, "case")
    return True


def noted(row: Row[Any], label: str, value: str, source: str) -> dict[str, Any]:
    """Columns of a case with one more fact, first in the list; whoever looks at the old ones must look again."""
    fact = {"label": label, "value": value, "source": source, "at": datetime.now(UTC).isoformat()}
    return {"packet": {**row.packet, "facts": [fact, *row.packet["facts"]]}, "version": row.version + 1}
