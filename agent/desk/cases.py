"""What operators do with cases: look, take, answer. Every change is guarded by the case's version."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit, outbound
from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.desk.ordering import Shop, Wanted, chosen, order, suggested, told, wishes
from agent.domain.authority import Role
from agent.domain.reply import Claim, Evidence, OperatorAction, Reply
from agent.errors import BadInput, Conflict, NotFound
from agent.store.tables import conversation, support_case

ACTIONS = ("approve", "edit", "reject")
__all__ = ["ACTIONS", "act", "answered", "get", "give_back", "listing", "row_json", "suggested", "take", "whole_json"]


async def get(connection: AsyncConnection, case_id: str) -> Row[Any]:
    """Raises NotFound."""
    query = (
        select(support_case, conversation.c.owner, conversation.c.channel, conversation.c.market, conversation.c.language)
        .join(conversation, conversation.c.id == support_case.c.conversation)
        .where(support_case.c.id == case_id)
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such case. It may have been closed; look in the queue.")
    return row


async def take(engine: AsyncEngine, conversation_id: str, operator: str) -> None:
    """The operator owns the conversation from now on: a bot's turn in flight is discarded by the new epoch.

    Raises:
        Conflict: another operator has it.
    """
    async with engine.begin() as connection:
        await _own(connection, conversation_id, operator)
        is_open = (support_case.c.conversation == conversation_id) & (support_case.c.status == "open")
        await connection.execute(update(support_case).where(is_open).values(assignee=operator))
        await audit.record(connection, operator, "conversation.taken", conversation_id)
        await notify(connection, conversation_id, 0, "state")


async def _own(connection: AsyncConnection, conversation_id: str, operator: str) -> None:
    query = (
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.owner.in_(("bot", "desk", operator)))
        .values(owner=operator, owner_epoch=conversation.c.owner_epoch + 1)
    )
    if not (await connection.execute(query)).rowcount:
        raise Conflict("Another operator has taken this conversation. Ask them to hand it back.")


async def give_back(engine: AsyncEngine, conversation_id: str, operator: str) -> None:
    """The bot answers again from the next message on."""
    async with engine.begin() as connection:
        await _to_bot(connection, conversation_id)
        await audit.record(connection, operator, "conversation.given_back", conversation_id)


async def _to_bot(connection: AsyncConnection, conversation_id: str) -> None:
    values = {"owner": "bot", "owner_epoch": conversation.c.owner_epoch + 1, "failed": 0, "asked": 0}
    await connection.execute(update(conversation).where(conversation.c.id == conversation_id).values(values))
    await notify(connection, conversation_id, 0, "state")


async def act(
    engine: AsyncEngine,
    queue: Queue,
    case_id: str,
    version: int,
    action: OperatorAction,
    orders: Sequence[Wanted] = (),
    *,
    role: Role = Role.OPERATOR,
    shop: Shop | None = None,
) -> list[dict[str, Any]]:
    """Store what the operator did, plan what they ordered, and wake the graph.

    `action.remedies` are kinds as they were suggested; `orders` the same with amounts or pieces of their own.

    Returns:
        What was ordered, and what of it waits for a second person.

    Raises:
        BadInput: unknown action, an empty text, or an order that cannot be.
        Conflict: the case has changed, is answered already, or is another operator's.
        NotReady: the shop does not answer, and money or goods hang on it.
    """
    _check(action)
    wanted = [*orders, *(Wanted(kind=kind) for kind in action.remedies)]
    async with engine.connect() as connection:
        found = await wishes(chosen((await get(connection, case_id)).packet, wanted), shop)
    async with engine.begin() as connection:
        case = await get(connection, case_id)
        if wanted and not (case.draft if action.action == "approve" else action.text).strip():
            raise BadInput("What is ordered is carried out with the reply that tells of it. Write the reply.")
        # A turn under way is discarded by the new epoch: it must not refresh the case that is being answered.
        await _own(connection, case.conversation, action.operator)
        entries = await order(connection, case, found, action.operator, role, datetime.now(UTC))
        packet = {
            **case.packet,
            "action": {"action": action.action, "text": action.text, "operator": action.operator, "remedies": [w.kind for w in wanted]},
            "ordered": [entry.effect.key for entry in entries],
        }
        query = (
            update(support_case)
            .where(support_case.c.id == case_id, support_case.c.version == version, support_case.c.status == "open")
            .values(status="answering", packet=packet, assignee=action.operator, version=version + 1)
        )
        if not (await connection.execute(query)).rowcount:
            raise Conflict("The customer wrote again, or a colleague answered. Reload the case and look again.")
        await audit.record(connection, action.operator, f"case.{action.action}", case.conversation, case=case_id)
        await queue.resume(connection, case.conversation, case_id)
    return told(entries)


def _check(action: OperatorAction) -> None:
    """Raises BadInput."""
    if action.action not in ACTIONS:
        raise BadInput(f"Unknown action. Use one of: {', '.join(ACTIONS)}.")
    if action.action == "edit" and not action.text.strip():
        raise BadInput("The text is empty. Write the reply, or reject the draft without one.")


async def answered(engine: AsyncEngine, queue: Queue, case: Row[Any], action: OperatorAction, now: datetime) -> None:
    """What was sent is compared with the draft and stored; the conversation goes back to the bot."""
    text = case.draft if action.action == "approve" else action.text
    async with engine.begin() as connection:
        status = "rejected" if action.action == "reject" else "answered"
        closed = (
            update(support_case)
            .where(support_case.c.id == case.id, support_case.c.status == "answering")
            .values(status=status, sent=text or None, edit_distance=Levenshtein.distance(case.draft, text), closed_at=now)
        )
        if not (await connection.execute(closed)).rowcount:
            return
        if text.strip():
            await _send(connection, queue, case, action, text)
        await _to_bot(connection, case.conversation)
        await queue.handle(connection, case.conversation)  # what the customer wrote meanwhile has waited for this answer
        await audit.record(connection, action.operator, f"case.{status}", case.conversation, case=case.id)


async def _send(connection: AsyncConnection, queue: Queue, case: Row[Any], action: OperatorAction, text: str) -> None:
    turn = case.turn.rpartition(":")[0]  # the graph's thread is the turn and its run
    # The case's own: the graph that waits may have made another draft, while this one was kept through a later message.
    evidence = case.packet["draft"]["evidence"] if action.action == "approve" else ()
    reply = Reply(
        language=case.packet["language"],
        claims=(Claim(text=text),),
        evidence=tuple(Evidence(**each) for each in evidence),
        effects=tuple(case.packet.get("ordered", ())),
    )
    key = f"case:{case.id}"
    await outbound.write(connection, queue, thread=case.conversation, key=key, reply=reply, author="operator", turn=turn)


async def listing(connection: AsyncConnection, *, status: str = "open", desk: str | None = None, limit: int = 100) -> list[Row[Any]]:
    """Gravest and most overdue first."""
    open_now = support_case.c.status.in_(("open", "answering")) if status == "open" else support_case.c.status.in_(("answered", "rejected"))
    query = (
        select(support_case, conversation.c.channel, conversation.c.market, conversation.c.owner)
        .join(conversation, conversation.c.id == support_case.c.conversation)
        .where(open_now)
        .order_by(func.array_position(["critical", "high", "normal", "low"], support_case.c.urgency), support_case.c.due_at)
        .limit(limit)
    )
    if desk:
        query = query.where(support_case.c.desk == desk)
    return list((await connection.execute(query)).all())


_ROW = ("id", "conversation", "desk", "urgency", "reasons", "status", "assignee", "version", "channel", "market", "owner")


def row_json(row: Row[Any]) -> dict[str, Any]:
    """A line of the queue."""
    packet = row.packet
    return {key: getattr(row, key) for key in _ROW} | {
        "intents": packet["intents"],
        "summary": packet["summary"],
        "language": packet["language"],
        "due_at": row.due_at.isoformat(),
        "created_at": row.created_at.isoformat(),
    }


def whole_json(row: Row[Any]) -> dict[str, Any]:
    """The whole packet, for the case page."""
    return row_json(row) | {"packet": row.packet, "draft": row.draft, "sent": row.sent, "edit_distance": row.edit_distance}
