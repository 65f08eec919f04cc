"""What a customer's page and an operator's page read of a conversation."""

from itertools import takewhile
from typing import Any

from sqlalchemy import Row, any_, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.errors import BadInput, NotFound
from agent.store.engine import reading
from agent.store.tables import conversation, effect, message, turn_record
from agent.store.tables import photo as photo_table
from agent.vision.intake import StoredPhoto

#: Messages in one answer; a page asks again for more.
PAGE = 200


async def find(engine: AsyncEngine, channel: str, account: str, thread: str) -> str | None:
    """The conversation of a channel's thread."""
    query = select(conversation.c.id).where(
        conversation.c.channel == channel, conversation.c.account == account, conversation.c.thread == thread
    )
    async with reading(engine).connect() as connection:
        return (await connection.execute(query)).scalar_one_or_none()


async def messages(engine: AsyncEngine, conversation_id: str, after: int = 0) -> list[dict[str, Any]]:
    """In order; a held message is not there yet, and neither is anything behind it."""
    # What waits for a second person may wait for days: the conversation goes on without it, and it comes at its end.
    waits = message.c.held & exists().where(effect.c.key == any_(message.c.effects), effect.c.state == "waiting")
    query = select(message).where(message.c.conversation == conversation_id, message.c.seq > after, ~waits)
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query.order_by(message.c.seq).limit(PAGE))).all()
    # A withdrawn message stays held and waits for no effect any more: it is passed over, and nothing waits for it.
    return [as_json(row) for row in takewhile(lambda row: not (row.held and row.effects), rows) if not row.held]


def as_json(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "seq": row.seq,
        "author": row.author,
        "text": row.text,
        "at": row.created_at.isoformat(),
        "photos": [{**item, "url": f"/api/chat/photos/{item['id']}"} for item in row.photos],
        "sources": [{"id": s["id"], "kind": s["kind"], "label": s["label"]} for s in row.sources],
        "quick_replies": row.quick_replies,
        "turn": row.turn,
    }


async def state(engine: AsyncEngine, conversation_id: str) -> dict[str, Any]:
    """Who answers, and whether the customer waits for a person."""
    query = select(conversation.c.owner).where(conversation.c.id == conversation_id)
    async with reading(engine).connect() as connection:
        owner = (await connection.execute(query)).scalar_one()
    known = owner if owner in ("bot", "desk") else "operator"
    return {"owner": known, "waiting": known != "bot"}


async def keep_photo(engine: AsyncEngine, thread: str, found: StoredPhoto) -> None:
    row = {"id": found.id, "thread": thread, "data": found.data, "width": found.width, "height": found.height}
    async with engine.begin() as connection:
        await connection.execute(insert(photo_table).values(row).on_conflict_do_nothing())


async def photos(engine: AsyncEngine, thread: str, ids: list[str]) -> list[dict[str, Any]]:
    """Raises BadInput when one of them was not uploaded in this chat."""
    if not ids:
        return []
    query = select(photo_table.c.id, photo_table.c.width, photo_table.c.height).where(
        photo_table.c.id.in_(ids), photo_table.c.thread == thread
    )
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    if len({row.id for row in rows}) != len(set(ids)):
        raise BadInput("A photo of this message is not known. Upload it again: POST /api/chat/photos.")
    return [{"id": row.id, "width": row.width, "height": row.height} for row in rows]


async def photo(engine: AsyncEngine, photo_id: str, thread: str | None = None) -> bytes:
    """The stored copy; `thread` None is for operators. Raises NotFound."""
    query = select(photo_table.c.data).where(photo_table.c.id == photo_id)
    if thread is not None:
        query = query.where(photo_table.c.thread == thread)
    async with reading(engine).connect() as connection:
        data = (await connection.execute(query.limit(1))).scalar_one_or_none()
    if data is None:
        raise NotFound
    return data


async def turns(engine: AsyncEngine, conversation_id: str) -> list[dict[str, Any]]:
    """Why the agent did what it did, turn by turn."""
    query = select(turn_record).where(turn_record.c.conversation == conversation_id).order_by(turn_record.c.created_at)
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [{**row, "created_at": row["created_at"].isoformat()} for row in rows]


async def recent(engine: AsyncEngine, limit: int = 50) -> list[dict[str, Any]]:
    """Conversations by last movement, with their last message and last decision."""
    last_text = (
        select(message.c.text).where(message.c.conversation == conversation.c.id).order_by(message.c.seq.desc()).limit(1).scalar_subquery()
    )
    last = (
        select(turn_record.c.outcome, turn_record.c.reasons)
        .where(turn_record.c.conversation == conversation.c.id)
        .order_by(turn_record.c.created_at.desc())
        .limit(1)
        .lateral()
    )
    query = (
        select(conversation, last_text.label("last_text"), last.c.outcome, last.c.reasons)
        .outerjoin(last, last.c.outcome.is_not(None))
        .order_by(conversation.c.updated_at.desc())
        .limit(limit)
    )
    keys = ("id", "channel", "market", "language", "owner", "last_text", "outcome", "reasons")
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    return [{key: getattr(row, key) for key in keys} | {"updated_at": row.updated_at.isoformat()} for row in rows]
