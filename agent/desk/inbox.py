"""Inbound messages are stored, once, before they are acknowledged."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Executable, func, literal, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningInsert

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
        row = (await connection.execute(_store(inbound))).one()
        if row.stored is None:  # delivered before: the conversation's count goes back with the transaction
            await connection.rollback()
            return await _known(connection, inbound)
        await queue.handle(connection, row.thread)
        await notify(connection, row.thread, row.last_seq)
        await connection.commit()
    return Received(row.thread, row.stored, row.last_seq, False)


def _store(inbound: Inbound) -> Executable:
    """One statement: the conversation's next number, and the message under it unless it is known already."""
    thread = _next(inbound).cte("thread")
    values = _values(inbound)
    chosen = select(*(literal(value, message.c[name].type) for name, value in values.items()), thread.c.id, thread.c.last_seq)
    stored = (
        insert(message).from_select([*values, "conversation", "seq"], chosen).on_conflict_do_nothing().returning(message.c.id).cte("stored")
    )
    query = select(thread.c.id.label("thread"), thread.c.last_seq, stored.c.id.label("stored"))
    return query.select_from(thread.outerjoin(stored, true()))


async def _known(connection: AsyncConnection, inbound: Inbound) -> Received:
    query = select(message.c.conversation, message.c.id, message.c.seq).where(
        message.c.channel == inbound.channel,
        message.c.account == inbound.account,
        message.c.external_id == inbound.key,
    )
    row = (await connection.execute(query)).one()
    return Received(row.conversation, row.id, row.seq, True)


def _next(inbound: Inbound) -> ReturningInsert[Any, Any]:
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
    changes = {
        "last_seq": conversation.c.last_seq + 1,
        "last_inbound_seq": conversation.c.last_seq + 1,
        "updated_at": func.now(),
        "signed_email": made.excluded.signed_email if inbound.signed_email else conversation.c.signed_email,
    }
    by_thread = ["channel", "account", "thread"]
    return made.on_conflict_do_update(index_elements=by_thread, set_=changes).returning(conversation.c.id, conversation.c.last_seq)


def _values(inbound: Inbound) -> dict[str, Any]:
    return {
        "id": uuid.uuid4().hex,
        "author": "customer",
        "channel": inbound.channel,
        "account": inbound.account,
        "external_id": inbound.key,
        "text": inbound.text.replace("\0", ""),  # the one character that PostgreSQL does not take
        "photos": inbound.photos,
    }
