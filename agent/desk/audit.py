"""Who did what, when: rows are added, never changed (the database refuses)."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.store.tables import audit


async def record(connection: AsyncConnection, actor: str, action: str, conversation: str | None = None, **detail: Any) -> None:
    await connection.execute(insert(audit).values(actor=actor, action=action, conversation=conversation, detail=detail))
