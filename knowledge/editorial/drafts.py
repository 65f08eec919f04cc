"""Drafts: saved while they are typed, one an article and language; a save never overwrites what its writer has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Row, case, cast, delete, func, not_, select, update
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.errors import DraftConflict, NoSuchText, NotFit
from knowledge.editorial.form import Fault, Text, read
from knowledge.editorial.published import Standing, source_base, standing, translated_from
from knowledge.editorial.tables import draft, revision
from knowledge.sources.source import Key

MAX_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A save. `version` is the one it was made from, None when there was no draft.

    `seen`: the published variant its writer had before them, "" for none; None: not told. `in_line`: False when a translation was
    changed without following what changed in its source.
    """

    key: Key
    version: int | None
    text: Text
    by: str
    note: str = ""
    kind: str = "edit"
    seen: str | None = None
    in_line: bool = True


async def save(connection: AsyncConnection, change: Change) -> int:
    """The draft's version from now on; the same text again changes nothing, so a save may be repeated when its answer was lost.

    Raises DraftConflict when somebody saved, discarded or published in between; it carries what is there now.
    """
    written = await (_create if change.version is None else _update)(connection, change)
    return written or await _repeated(connection, change)


async def _create(connection: AsyncConnection, change: Change) -> int | None:
    values = {**_values(change), "article": change.key[0], "language": change.key[1], "editors": [change.by]}
    made = upsert(draft).values(values).on_conflict_do_nothing().returning(draft.c.version)
    version = await connection.scalar(made)
    if version is None:
        return None
    # Asked only now: one who publishes holds the row that was just waited for.
    published = await standing(connection, change.key)
    base = published.variant.id if published else None
    if change.seen is not None and change.seen != (base or ""):
        raise DraftConflict(theirs=await _published_json(connection, change.key))
    bases = {"base": base, "source_base": await _in_line_with(connection, change, published)}
    await connection.execute(update(draft).where(_at(change.key)).values(bases))
    return version


async def _update(connection: AsyncConnection, change: Change) -> int | None:
    values = {**_values(change), "version": draft.c.version + 1, "updated_at": func.now(), "editors": _with(change.by)}
    values["source_base"] = base = await _base(connection, change)
    mine = _at(change.key) & (draft.c.version == change.version) & not_(_says(change, base))
    return await connection.scalar(update(draft).where(mine).values(values).returning(draft.c.version))


async def _repeated(connection: AsyncConnection, change: Change) -> int:
    same = await connection.scalar(select(draft.c.version).where(_at(change.key), _says(change, await _base(connection, change))))
    if same is None:
        raise DraftConflict(theirs=await theirs(connection, change.key))
    return same


def _values(change: Change) -> dict[str, Any]:
    """What is written by every save; a text that changes in review goes back to its editors."""
    text, note = change.text, change.note[:MAX_NOTE]
    return {"front": text.front, "body": text.body, "note": note, "kind": change.kind, "state": "draft", "updated_by": change.by}


def _says(change: Change, base: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the row holds what is to be saved; autosave of an untouched draft to be retired leaves it to be retired."""
    content = _same_words(change) & draft.c.source_base.is_not_distinct_from(base)
    return content if change.kind == "edit" else content & (draft.c.kind == change.kind)


def _same_words(change: Change) -> ColumnElement[bool]:
    return (draft.c.front == change.text.front) & (draft.c.body == change.text.body) & (draft.c.note == change.note[:MAX_NOTE])


def _with(person: str) -> ColumnElement[Any]:
    among = draft.c.editors.contains(cast([person], ARRAY(SqlText)))
    return case((among, draft.c.editors), else_=func.array_append(draft.c.editors, person))


async def _in_line_with(connection: AsyncConnection, change: Change, published: Standing | None) -> str | None:
    if change.in_line:
        return await source_base(connection, change.key, change.text.front)
    return await translated_from(connection, published) if published else None


async def _base(connection: AsyncConnection, change: Change) -> ColumnElement[Any]:
    """The row's `source_base` once this is saved; one that said it was in line, and is not, goes back to what is published."""
    now = await source_base(connection, change.key, change.text.front)
    if change.in_line:
        return cast(now, SqlText)
    if now is None:
        return draft.c.source_base
    before = await _in_line_with(connection, change, await standing(connection, change.key))
    return case((draft.c.source_base == now, cast(before, SqlText)), else_=draft.c.source_base)


def _at(key: Key) -> ColumnElement[bool]:
    return (draft.c.article == key[0]) & (draft.c.language == key[1])


async def theirs(connection: AsyncConnection, key: Key) -> dict[str, Any] | None:
    """What is there now, as JSON: the draft, else (version None) what is published; None for neither."""
    row = (await connection.execute(select(draft).where(_at(key)))).one_or_none()
    if row is None:
        return await _published_json(connection, key)
    shown = {name: getattr(row, name) for name in ("version", "front", "body", "updated_by", "base")}
    return {**shown, "updated_at": row.updated_at.isoformat()}


async def _published_json(connection: AsyncConnection, key: Key) -> dict[str, Any] | None:
    found = await standing(connection, key)
    if found is None:
        return None
    at = found.at.isoformat() if found.at else None
    shown = {"version": None, "front": found.text.front, "body": found.text.body, "updated_by": found.by, "updated_at": at}
    return {**shown, "base": found.variant.id}


async def locked(connection: AsyncConnection, key: Key, version: int) -> Row[Any]:
    """The draft, for this transaction alone. Raises NoSuchText, and DraftConflict when it is not this version."""
    row = (await connection.execute(select(draft).where(_at(key)).with_for_update())).one_or_none()
    if row is None:
        raise NoSuchText("There is no such draft any more: it was published or discarded. Reload the article.")
    if row.version != version:
        raise DraftConflict(theirs=await theirs(connection, key))
    return row


async def discard(connection: AsyncConnection, key: Key, version: int) -> Row[Any]:
    """Gives what was thrown away. Raises NoSuchText and DraftConflict."""
    row = await locked(connection, key, version)
    await connection.execute(delete(draft).where(_at(key)))
    return row


def problems(row: Row[Any]) -> tuple[Fault, ...]:
    """What keeps this draft from being published; retiring needs no sound text."""
    return () if row.kind == "retire" else read((row.article, row.language), Text(row.front, row.body))[1]


async def submit(connection: AsyncConnection, key: Key, version: int, note: str, by: str) -> None:
    """Send it to review. Raises NotFit, NoSuchText and DraftConflict."""
    row = await locked(connection, key, version)
    refuse_faults(row)
    await _move(connection, row, "review", note, by)


def refuse_faults(row: Row[Any]) -> None:
    """Raises NotFit, with what to mend."""
    if found := problems(row):
        raise NotFit(problems=[{"field": fault.field, "line": fault.line, "message": fault.message} for fault in found])


async def send_back(connection: AsyncConnection, key: Key, version: int, note: str, by: str) -> None:
    """A reviewer wants it changed. Raises NoSuchText and DraftConflict."""
    await _move(connection, await locked(connection, key, version), "draft", note, by)


async def _move(connection: AsyncConnection, row: Row[Any], state: str, note: str, by: str) -> None:
    """The version stays: the text is the same, and its editor's page goes on with the number it knows."""
    said = f"{by}: {note.strip()}" if note.strip() else ""
    notes = "\n".join(part for part in (row.note, said) if part)[-MAX_NOTE:]
    await connection.execute(update(draft).where(_at((row.article, row.language))).values(state=state, note=notes))


async def retire(connection: AsyncConnection, key: Key, note: str, by: str) -> int:
    """A draft that takes the article out when it is published; its version. Raises NoSuchText and DraftConflict."""
    published = await standing(connection, key)
    if published is None:
        raise NoSuchText("This article is not published in this language, so it can not be retired. Discard its draft instead.")
    return await save(connection, Change(key=key, version=None, text=published.text, by=by, note=note, kind="retire"))


async def restore(connection: AsyncConnection, key: Key, number: int, version: int | None, by: str) -> int:
    """A draft (in the place of the present `version`) with the text of a revision. Raises NoSuchText and DraftConflict."""
    query = select(revision).where(revision.c.article == key[0], revision.c.language == key[1], revision.c.number == number)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NoSuchText(f"There is no revision {number} of this article. Look in its history.")
    text, note = Text(row.front, row.body), f"Revision {number} again"
    # Not in line: it follows the source of its time, which is written below.
    saved = await save(connection, Change(key=key, version=version, text=text, by=by, note=note, in_line=False))
    await connection.execute(update(draft).where(_at(key)).values(source_base=row.source_base))
    return saved
