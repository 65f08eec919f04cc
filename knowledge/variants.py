"""Articles as they are published: immutable variants, one an article and language, each linked to the snapshots that hold it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.article import Article
from knowledge.chunk import CHUNKING
from knowledge.sources.source import Key
from knowledge.tables import active, snapshot_variant, variant

_PAGE = 500
_READ = 250
_LINK = text(
    "insert into knowledge_snapshot_variant (snapshot_id, variant_id, source)"
    " select :snapshot, id, source from unnest(cast(:ids as text[]), cast(:sources as text[])) as held (id, source) on conflict do nothing"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One published article in one language, and the name of the source that gave it."""

    id: str
    article: Article
    source: str

    @property
    def key(self) -> Key:
        return self.article.id, self.article.language


def front_of(article: Article) -> dict[str, Any]:
    """The front matter as JSON: dates as ISO text, lists as lists."""
    return article.model_dump(mode="json", exclude={"body"})


def variant_of(article: Article, source: str) -> Variant:
    """Equal content has an equal id. The way articles are cut counts too, for a variant stands for its passages."""
    content = json.dumps([CHUNKING, front_of(article), article.body], sort_keys=True, ensure_ascii=False)
    return Variant(f"{article.id}/{article.language}/{hashlib.sha256(content.encode()).hexdigest()[:12]}", article, source)


async def active_variants(connection: AsyncConnection) -> tuple[Variant, ...]:
    """Everything that is published now, article by article."""
    now = await connection.scalar(select(active.c.snapshot_id))
    return await variants_of(connection, now) if now else ()


async def active_variant(connection: AsyncConnection, article: str, language: str) -> Variant | None:
    """One article in one language as it is published now."""
    joined = select(variant, snapshot_variant.c.source).join(snapshot_variant, snapshot_variant.c.variant_id == variant.c.id)
    found = joined.join(active, active.c.snapshot_id == snapshot_variant.c.snapshot_id)
    row = (await connection.execute(found.where(variant.c.article == article, variant.c.language == language))).one_or_none()
    return _variant(row, row.source) if row else None


async def variants_of(connection: AsyncConnection, snapshot_id: str, audience: str | None = None) -> tuple[Variant, ...]:
    """All articles of a snapshot, or those for an audience."""
    return await read(connection, await held_by(connection, snapshot_id), audience)


async def held_by(connection: AsyncConnection, snapshot_id: str) -> dict[str, str]:
    """The ids of a snapshot's variants, each with its source."""
    query = select(snapshot_variant.c.variant_id, snapshot_variant.c.source).where(snapshot_variant.c.snapshot_id == snapshot_id)
    return {row.variant_id: row.source for row in await connection.execute(query)}


async def read(connection: AsyncConnection, sources: Mapping[str, str], audience: str | None = None) -> tuple[Variant, ...]:
    """The variants of these ids. A page at a time, and made in a thread: all at once would hold up every customer for a fifth of a second."""
    found: list[Variant] = []
    ids = sorted(sources)
    for start in range(0, len(ids), _READ):
        query = select(variant).where(variant.c.id.in_(ids[start : start + _READ]))
        rows = await connection.execute(query.where(variant.c.front["audience"].astext == audience) if audience else query)
        found += await asyncio.to_thread(_variants, rows.all(), sources)
    return tuple(sorted(found, key=lambda one: one.key))


def _variants(rows: Sequence[Row[Any]], sources: Mapping[str, str]) -> list[Variant]:
    return [_variant(row, sources[row.id]) for row in rows]


def _variant(row: Row[Any], source: str) -> Variant:
    return Variant(row.id, Article.model_validate({**row.front, "body": row.body}), source)


async def store(connection: AsyncConnection, variants: Sequence[Variant]) -> None:
    """Writes those that are new, inside the caller's transaction."""
    rows = [
        {
            "id": v.id,
            "article": v.article.id,
            "language": v.article.language,
            "title": v.article.title,
            "front": front_of(v.article),
            "body": v.article.body,
        }
        for v in variants
    ]
    for start in range(0, len(rows), _PAGE):
        await connection.execute(upsert(variant).on_conflict_do_nothing(), rows[start : start + _PAGE])


async def link(connection: AsyncConnection, snapshot_id: str, variants: Sequence[Variant]) -> None:
    """Says which variants a snapshot holds, inside the caller's transaction."""
    held = {"snapshot": snapshot_id, "ids": [found.id for found in variants], "sources": [found.source for found in variants]}
    await connection.execute(_LINK, held)
