"""A draft becomes a revision: in one transaction the rules are checked, the revision is written and the draft is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.drafts import locked, refuse_faults
from knowledge.editorial.errors import NoSuchText, NotAllowed
from knowledge.editorial.form import Front, Text, tidied
from knowledge.editorial.published import EDITORIAL, Standing, fronts, settled, standing
from knowledge.editorial.review import Person, may_publish, needs_second_reader
from knowledge.editorial.tables import draft, revision
from knowledge.sources.source import Key


@dataclass(frozen=True, slots=True)
class Published:
    """The revision that was written."""

    number: int
    kind: str
    editors: tuple[str, ...]
    approved_by: str | None


async def publish(connection: AsyncConnection, key: Key, version: int, person: Person, four_eyes_always: bool) -> Published:
    """In the caller's transaction; customers read it after the next sync.

    Raises NoSuchText, DraftConflict (not this version any more), NotFit (with what to mend) and NotAllowed (with the reason).
    """
    row = await locked(connection, key, version)
    refuse_faults(row)
    before = await standing(connection, key)
    needs = await second_reader(connection, key, row.front, four_eyes_always)
    if refusal := may_publish(person, row.editors, row.state, needs):
        raise NotAllowed(refusal)
    if row.kind == "retire" and before is None:
        raise NoSuchText("This article is not published any more. Discard the draft.")
    if before and before.variant.source != EDITORIAL:
        await _import(connection, key, before)
    done = await _write(connection, row, person.id if needs else None)
    await connection.execute(delete(draft).where(draft.c.article == key[0], draft.c.language == key[1]))
    return done


async def second_reader(connection: AsyncConnection, key: Key, front: Front, always: bool) -> str:
    """Why somebody else must agree to a draft with this front matter, or nothing.

    Every language of the article counts, whatever the draft says it is a translation of, and so does what was retired.
    """
    return needs_second_reader(await fronts(connection, key[0]), tidied(front), always)


async def _import(connection: AsyncConnection, key: Key, before: Standing) -> None:
    """What another source had before the first edit is kept as a revision: history begins with it, and it can be restored."""
    number = await _newest(connection, key)
    if not number:
        text = before.text
        values = {"kind": "imported", "front": text.front, "body": text.body, "editors": [], "note": f"From {before.variant.source}"}
        await connection.execute(insert(revision).values(article=key[0], language=key[1], number=1, **values))


async def _newest(connection: AsyncConnection, key: Key) -> int:
    query = select(func.max(revision.c.number)).where(revision.c.article == key[0], revision.c.language == key[1])
    return await connection.scalar(query) or 0


async def _write(connection: AsyncConnection, row: Row[Any], approved_by: str | None) -> Published:
    key = (row.article, row.language)
    text = settled(key, Text(row.front, row.body))
    kind = "retired" if row.kind == "retire" else await _kind(connection, key, text)
    number = await _newest(connection, key) + 1
    values = {"front": text.front, "body": text.body, "source_base": row.source_base, "note": row.note, "editors": row.editors}
    written = insert(revision).values(article=key[0], language=key[1], number=number, kind=kind, approved_by=approved_by, **values)
    await connection.execute(written)
    return Published(number, kind, tuple(row.editors), approved_by)


async def _kind(connection: AsyncConnection, key: Key, text: Text) -> str:
    """A text that stood here before is one that was restored."""
    before = select(revision.c.id).where(revision.c.article == key[0], revision.c.language == key[1])
    same = before.where(revision.c.front == text.front, revision.c.body == text.body).limit(1)
    return "restored" if await connection.scalar(same) else "published"
