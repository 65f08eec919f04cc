"""A message to the customer, with its outbox row, inside the caller's transaction."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.domain.reply import Reply, as_payload
from agent.policy.channel_rules import rules
from agent.store.tables import conversation, message, outbox


async def write(
    connection: AsyncConnection,
    queue: Queue,
    *,
    thread: str,
    key: str,
    reply: Reply,
    author: str,
    turn: str,
    changes: Mapping[str, Any] | None = None,
) -> str:
    """Store it as the next message; held when it waits for effects, else handed to its channel. `key` makes it once.

    `changes` go into the conversation's row with its message count.

    Returns:
        The message id.
    """
    query = (
        update(conversation)
        .where(conversation.c.id == thread)
        .values({**(changes or {}), "last_seq": conversation.c.last_seq + 1})
        .returning(conversation.c.last_seq, conversation.c.channel, conversation.c.account)
    )
    row = (await connection.execute(query)).one()
    held = bool(reply.effects)
    values: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "conversation": thread,
        "seq": row.last_seq,
        "author": author,
        "channel": row.channel,
        "account": row.account,
        "external_id": key,
        "text": reply.text,
        "sources": as_payload(reply.evidence),
        "quick_replies": list(reply.quick_replies),
        "held": held,
        "effects": list(reply.effects),
        "turn": turn,
        "made": {"brain": reply.brain, "prompts": list(reply.prompts)},
        "working": reply.source.text if reply.source else None,
    }
    await connection.execute(insert(message).values(values))
    if held:
        await queue.settle(connection, thread, str(values["id"]))
    else:
        await release(connection, queue, str(values["id"]), thread, row.last_seq, row.channel, key)
    return str(values["id"])


async def release(connection: AsyncConnection, queue: Queue, message_id: str, thread: str, seq: int, channel: str, key: str) -> None:
    """Let it go: pages that read the tables are told, other channels get an outbox job."""
    if not rules(channel).pull:
        row = {"key": key, "message": message_id, "channel": channel, "state": "queued"}
        await connection.execute(upsert(outbox).values(row).on_conflict_do_nothing())
        await queue.send(connection, key)
    await notify(connection, thread, seq)


async def known(connection: AsyncConnection, key: str) -> str | None:
    """The id of the message already written under this key."""
    query = select(message.c.id).where(message.c.external_id == key)
    return (await connection.execute(query)).scalar_one_or_none()
