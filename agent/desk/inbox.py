"""Inbound messages are stored, once, before they are acknowledged."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.errors import TooLong
from agent.store.tables import message

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

    @property
    def key(self) -> str:
        """Apart from our own outbound keys, whatever a platform calls its messages."""
        return f"in:{self.external_id}"


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
        row = (await connection.execute(_STORE, _values(inbound))).one()
        if row.stored is None:  # delivered before: the conversation's count goes back with the transaction
            await connection.rollback()
            return await _known(connection, inbound)
        await queue.handle(connection, row.thread)
        await notify(connection, row.thread, row.last_seq)
        await connection.commit()
    return Received(row.thread, row.stored, row.last_seq, False)


#: The conversation's next number, made on first contact, and the message under it unless it is known already. One text, written once:
#: building it from parts for every message cost more than running it.
_STORE = text("""
with thread as (
    insert into conversation (id, channel, account, thread, market, language, signed_email, last_seq, last_inbound_seq)
    values (:conversation, :channel, :account, :thread, :market, :language, :signed_email, 1, 1)
    on conflict (channel, account, thread) do update set
        last_seq = conversation.last_seq + 1,
        last_inbound_seq = conversation.last_seq + 1,
        updated_at = now(),
        signed_email = coalesce(excluded.signed_email, conversation.signed_email)
    returning id, last_seq
), stored as (
    insert into message (id, author, channel, account, external_id, text, photos, conversation, seq)
    select :message, 'customer', :channel, :account, :key, :text, cast(:photos as jsonb), id, last_seq from thread
    on conflict do nothing
    returning id
)
select thread.id as thread, thread.last_seq, stored.id as stored from thread left join stored on true
""")


async def _known(connection: AsyncConnection, inbound: Inbound) -> Received:
    query = select(message.c.conversation, message.c.id, message.c.seq).where(
        message.c.channel == inbound.channel,
        message.c.account == inbound.account,
        message.c.external_id == inbound.key,
    )
    row = (await connection.execute(query)).one()
    return Received(row.conversation, row.id, row.seq, True)


def _values(inbound: Inbound) -> dict[str, Any]:
    return {
        "conversation": uuid.uuid4().hex,
        "message": uuid.uuid4().hex,
        "channel": inbound.channel,
        "account": inbound.account,
        "thread": inbound.thread,
        "market": inbound.market,
        "language": inbound.language,
        "signed_email": inbound.signed_email,
        "key": inbound.key,
        "text": inbound.text.replace("\0", ""),  # the one character that PostgreSQL does not take
        "photos": json.dumps(inbound.photos),
    }
