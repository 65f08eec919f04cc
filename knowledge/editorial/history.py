"""Every revision of an article in one language, and what differs between two of its texts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.errors import NoSuchText
from knowledge.editorial.form import Text
from knowledge.editorial.published import settled, standing
from knowledge.editorial.tables import draft, revision
from knowledge.sources.source import Key

NOTHING = Text({}, "")


def _of(key: Key) -> ColumnElement[bool]:
    return (revision.c.article == key[0]) & (revision.c.language == key[1])


async def revisions(connection: AsyncConnection, key: Key) -> list[dict[str, Any]]:
    """As JSON, the newest first, without their texts."""
    columns = (revision.c.number, revision.c.kind, revision.c.at, revision.c.editors, revision.c.approved_by, revision.c.note)
    rows = (await connection.execute(select(*columns).where(_of(key)).order_by(revision.c.number.desc()))).mappings()
    return [{**row, "at": row["at"].isoformat(), "current": place == 0} for place, row in enumerate(rows)]


async def one(connection: AsyncConnection, key: Key, number: int) -> Row[Any]:
    """Raises NoSuchText."""
    row = (await connection.execute(select(revision).where(_of(key), revision.c.number == number))).one_or_none()
    if row is None:
        raise NoSuchText(f"There is no revision {number} of this article. Look in its history.")
    return row


async def text(connection: AsyncConnection, key: Key, which: str) -> Text:
    """`which`: published, draft or the number of a revision; nothing published or no draft is an empty text. Raises NoSuchText."""
    if which == "published":
        found = await standing(connection, key)
        return found.text if found else NOTHING
    if which == "draft":
        row = (await connection.execute(select(draft).where(draft.c.article == key[0], draft.c.language == key[1]))).one_or_none()
        return settled(key, Text(row.front, row.body)) if row else NOTHING
    row = await one(connection, key, int(which))
    return Text(row.front, row.body)
