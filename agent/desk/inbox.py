"""Inbound messages are stored, once, before they are acknowledged."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.errors import TooLong
from agent.store.tables import conversation, message

#: Characters of one message; longer ones are refused, not cut.
MAX_TEXT = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A message as a channel parsed it. `external_id` is the channel's own id: the same id is the same message."""

    channel: str
    account: str
    thread: str
    external_id: str
    text: str
    market: str
    photos: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    signed_email: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    conversation: str
    message: str
    seq: int
    duplicate: bool


async def receive(engine: AsyncEngine, queue: Queue, inbound: Inbound) -> Received:
    """Store it and put the conversation's turn on the queue, in one transaction. A redelivery changes nothing.

    Raises:
        TooLong: more than MAX_TEXT characters.
    """
    if len(inbound.text) > MAX_TEXT:
        raise TooLong
    async with engine.connect() as connection:
        known = await _known(connection, inbound)
        if known:
            return known
        thread, seq = await _next(connection, inbound)
        inserted = await connection.execute(
            insert(message).values(_row(inbound, thread, seq)).on_conflict_do_nothing().returning(message.c.id)
        )
        stored = inserted.scalar_one_or_none()
        if stored is None:  # another delivery of it won the race
            await connection.rollback()
            known = await _known(connection, inbound)
            if known:
                return known
            raise RuntimeError("message lost a race against nobody")
        await queue.handle(connection, thread)
        await notify(connection, thread, seq)
        await connection.commit()
    return Received(thread, stored, seq, False)


async def _known(connection: AsyncConnection, inbound: Inbound) -> Received | None:
    query = select(message.c.conversation, message.c.id, message.c.seq).where(
        message.c.channel == inbound.channel,
        message.c.account == inbound.account,
        message.c.external_id == inbound.external_id,
    )
    row = (await connection.execute(query)).one_or_none()
    return Received(row.conversation, row.id, row.seq, True) if row else None


async def _next(connection: AsyncConnection, inbound: Inbound) -> tuple[str, int]:
    """Conversation id and the message's number in it; creates the conversation on first contact."""
    made = insert(conversation).values(
        id=uuid.uuid4().hex,
        channel=inbound.channel,
        account=inbound.account,
        thread=inbound.thread,
        market=inbound.market,
        language=inbound.language,
        signed_email=inbound.signed_email,
        last_seq=1,
        last_inbound_seq=1,
    )
    row = await connection.execute(
        made.on_conflict_do_update(
            index_elements=["channel", "account", "thread"],
            set_={
                "last_seq": conversation.c.last_seq + 1,
                "last_inbound_seq": conversation.c.last_seq + 1,
                "updated_at": made.excluded.updated_at,
                "signed_email": made.excluded.signed_email if inbound.signed_email else conversation.c.signed_email,
            },
        ).returning(conversation.c.id, conversation.c.last_seq)
    )
    found = row.one()
    return found.id, found.last_seq


def _row(inbound: Inbound, thread: str, seq: int) -> dict[str, Any]:
    return {
        "id": uuid.uuid4().hex,
        "conversation": thread,
        "seq": seq,
        "author": "customer",
        "channel": inbound.channel,
        "account": inbound.account,
        "external_id": inbound.external_id,
        "text": inbound.text,
        "photos": inbound.photos,
    }


async def sign(engine: AsyncEngine, conversation_id: str, email: str) -> None:
    """Bind a signed identity to a conversation that began without one."""
    async with engine.begin() as connection:
        await connection.execute(update(conversation).where(conversation.c.id == conversation_id).values(signed_email=email))
