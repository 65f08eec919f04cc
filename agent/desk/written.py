"""Who wrote the messages of a conversation, led by which prompts, and what they say in the operators' language. For the desk alone."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.store.engine import reading
from agent.store.tables import message


async def written(engine: AsyncEngine, conversation: str) -> dict[str, dict[str, Any]]:
    """By message, for those that anything is known of: `made` (brain, prompts) and `working` (the text, or None)."""
    known = or_(message.c.made != {}, message.c.working.is_not(None))
    query = select(message.c.id, message.c.made, message.c.working).where(message.c.conversation == conversation, known)
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    return {row.id: {"made": row.made, "working": row.working} for row in rows}
