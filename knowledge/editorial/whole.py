"""One article whole: in every language what is published, what is being written, and what changed in its source since."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.catalogue import Catalogue
from knowledge.editorial.difference import Line, lines
from knowledge.editorial.errors import NoSuchText
from knowledge.editorial.published import Standing, of_revision, source_key, text_id, translated_from
from knowledge.editorial.tables import draft, revision
from knowledge.markup import render
from knowledge.sources.source import Key
from knowledge.tables import variant

_SHOWN = ("version", "kind", "state", "front", "body", "note", "editors", "updated_by", "base")


async def whole(connection: AsyncConnection, id_: str, catalogue: Catalogue, links: str = "/faq/") -> dict[str, Any]:
    """As JSON, without what the list knows of it; `links`: where links to other articles lead. Raises NoSuchText."""
    drafts = {row.language: row for row in await connection.execute(select(draft).where(draft.c.article == id_))}
    standing = await _standing(connection, id_, catalogue)
    languages = sorted(standing.keys() | drafts.keys())
    if not languages:
        raise NoSuchText("There is no such article. Look in the list of articles.")
    variants = {language: await _variant(connection, language, standing, drafts.get(language)) for language in languages}
    sources = [found.text.front["source_language"] for found in standing.values() if found]
    sources += [str(row.front.get("source_language") or "en") for row in drafts.values()]
    for shown in variants.values():
        if shown["published"]:
            shown["published"]["html"] = render(shown["published"]["body"], links)
    return {"id": id_, "source_language": (sources or languages)[0], "variants": variants}


async def _standing(connection: AsyncConnection, id_: str, catalogue: Catalogue) -> dict[str, Standing | None]:
    """By language; None: retired, or a revision that is no article any more and not active either."""
    found: dict[str, Standing | None] = {language: Standing(shown.variant) for language, shown in catalogue.articles.get(id_, {}).items()}
    newest = select(revision).where(revision.c.article == id_).ext(distinct_on(revision.c.language))
    for row in await connection.execute(newest.order_by(revision.c.language, revision.c.number.desc())):
        found[row.language] = None if row.kind == "retired" else of_revision(row) or found.get(row.language)
    return found


async def _variant(
    connection: AsyncConnection, language: str, standing: dict[str, Standing | None], row: Row[Any] | None
) -> dict[str, Any]:
    published = standing.get(language)
    changes = await _source_changes(connection, published, standing) if published else None
    return {
        "published": _published_json(published) if published else None,
        "draft": draft_json(row) if row else None,
        "outdated": bool(changes),
        "source_changes": lines_json(changes or ()),
        "retired": language in standing and published is None,
    }


def _published_json(found: Standing) -> dict[str, Any]:
    text, source = found.text, found.variant.source
    at = found.at.isoformat() if found.at else None
    content = {"front": text.front, "body": text.body}
    return {"variant": found.variant.id, **content, "source": source, "revision": found.revision, "at": at}


def draft_json(row: Row[Any]) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _SHOWN}, "updated_at": row.updated_at.isoformat()}


def lines_json(found: Iterable[Line]) -> list[dict[str, Any]]:
    """`parts` only where a line has some."""
    return [{name: value for name, value in asdict(line).items() if name != "parts" or value} for line in found]


async def _source_changes(
    connection: AsyncConnection, translation: Standing, standing: dict[str, Standing | None]
) -> tuple[Line, ...] | None:
    """What happened to the source since this translation was brought in line; None: nothing, or nobody knows."""
    source = source_key(translation.variant.key, translation.text.front)
    now = standing.get(source[1]) if source else None
    base = await translated_from(connection, translation)
    if source is None or now is None or base is None or base == text_id(now.text.front, now.text.body):
        return None
    before = await _titled(connection, source, base) or ""
    return await asyncio.to_thread(lines, before, _with_title(now.text.front, now.text.body))


async def _titled(connection: AsyncConnection, key: Key, wanted: str) -> str | None:
    """The text of that name, among the revisions and all that was ever published."""
    for table in (revision, variant):
        query = select(table.c.front, table.c.body).where(table.c.article == key[0], table.c.language == key[1])
        for row in await connection.execute(query):
            if text_id(row.front, row.body) == wanted:
                return _with_title(row.front, row.body)
    return None


def _with_title(front: dict[str, Any], body: str) -> str:
    return f"{front.get('title', '')}\n\n{body.strip()}"
