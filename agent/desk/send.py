"""The outbox: hand a message to its channel once, under its idempotency key."""

from typing import Protocol

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.desk import audit
from agent.store.tables import conversation, message, outbox

log = structlog.get_logger()


class DeliveryError(Exception):
    """The channel did not take the message. `permanent` means: trying again cannot help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Channel(Protocol):
    async def send(self, *, thread: str, text: str, key: str) -> None:
        """Deliver under the idempotency key `key`. Raises DeliveryError."""
        ...


async def send(engine: AsyncEngine, channels: dict[str, Channel], key: str) -> None:
    """Send a queued row. A temporary failure is raised (the job is retried); a permanent one is marked and audited."""
    query = (
        select(outbox.c.key, outbox.c.channel, message.c.text, message.c.conversation, conversation.c.thread)
        .join(message, message.c.id == outbox.c.message)
        .join(conversation, conversation.c.id == message.c.conversation)
        .where(outbox.c.key == key, outbox.c.state == "queued")
    )
    async with engine.connect() as connection:
        row = (await connection.execute(query)).one_or_none()
    if row is None:
        return
    state, error = "sent", ""
    try:
        await channels[row.channel].send(thread=row.thread, text=row.text, key=row.key)
    except DeliveryError as failure:
        if not failure.permanent:
            raise
        state, error = "failed", str(failure)[:500]
        log.warning("outbox.failed", key=key, error=error)
    async with engine.begin() as connection:
        values = {"state": state, "error": error, "attempts": outbox.c.attempts + 1}
        await connection.execute(update(outbox).where(outbox.c.key == key).values(values))
        await audit.record(connection, "bot", f"message.{state}", row.conversation, key=key, error=error)
