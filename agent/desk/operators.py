"""What operators do with conversations beside their cases: write, hand back, put into the queue."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.desk import audit, outbound
from agent.desk.cases import give_back
from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.domain.reply import Claim, Reply
from agent.errors import Conflict, NotFound
from agent.store.tables import conversation, support_case

_OPEN = support_case.c.status.in_(("open", "answering"))


async def conversation_json(engine: AsyncEngine, conversation_id: str) -> dict[str, Any]:
    """Raises NotFound."""
    query = select(conversation).where(conversation.c.id == conversation_id)
    async with engine.connect() as connection:
        row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return {key: getattr(row, key) for key in ("id", "channel", "market", "language", "owner")}


async def to_bot(engine: AsyncEngine, conversation_id: str, operator: str) -> None:
    """Hand back to the agent.

    Raises:
        NotFound: there is no such conversation.
        Conflict: another operator has it; or a case is still open: answering or rejecting it hands the conversation back.
    """
    if (await conversation_json(engine, conversation_id))["owner"] not in ("bot", "desk", operator):
        raise Conflict("Another operator has this conversation. Ask them to hand it back.")
    async with engine.connect() as connection:
        query = select(support_case.c.id).where(support_case.c.conversation == conversation_id, _OPEN)
        if (await connection.execute(query)).first():
            raise Conflict("This conversation has an open case. Answer or reject it: that hands the conversation back.")
    await give_back(engine, conversation_id, operator)


async def to_queue(engine: AsyncEngine, conversation_id: str, operator: str) -> None:
    """Give a taken case back to the operators' queue."""
    async with engine.begin() as connection:
        mine = (conversation.c.id == conversation_id) & (conversation.c.owner == operator)
        moved = await connection.execute(update(conversation).where(mine).values(owner="desk", owner_epoch=conversation.c.owner_epoch + 1))
        if not moved.rowcount:
            raise Conflict("You do not have this conversation.")
        is_open = (support_case.c.conversation == conversation_id) & _OPEN
        await connection.execute(update(support_case).where(is_open).values(assignee=None))
        await audit.record(connection, operator, "conversation.queued", conversation_id)
        await notify(connection, conversation_id, 0, "case")


async def write(engine: AsyncEngine, queue: Queue, conversation_id: str, operator: str, text: str, client_id: str) -> str:
    """A message by the operator who owns the conversation. The same client_id sends once.

    Raises:
        Conflict: the conversation is not theirs.
    """
    async with engine.begin() as connection:
        query = select(conversation.c.owner, conversation.c.language).where(conversation.c.id == conversation_id)
        row = (await connection.execute(query.with_for_update())).one_or_none()
        if row is None:
            raise NotFound
        if row.owner != operator:
            raise Conflict("Take the conversation first; then you can write in it.")
        key = f"operator:{conversation_id}:{client_id}"
        known = await outbound.known(connection, key)
        if known:
            return known
        reply = Reply(language=row.language or "en", claims=(Claim(text=text),))
        sent = await outbound.write(
            connection, queue, thread=conversation_id, key=key, reply=reply, author="operator", turn=f"{conversation_id}:0"
        )
        await audit.record(connection, operator, "message.written", conversation_id)
    return sent
