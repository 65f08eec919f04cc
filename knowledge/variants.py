"""Articles as they are published: immutable variants, one an article and language, each linked to the snapshots that hold it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.article import Article
from knowledge.chunk import CHUNKING
from knowledge.sources.source import Key
from knowledge.tables import active, snapshot_variant, variant

_PAGE = 500
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
    return await _read(connection, _joined().join(active, active.c.snapshot_id == snapshot_variant.c.snapshot_id))


async def active_variant(connection: AsyncConnection, article: str, language: str) -> Variant | None:
    """One article in one language as it is published now."""
    query = _joined().join(active, active.c.snapshot_id == snapshot_variant.c.snapshot_id)
    found = await _read(connection, query.where(variant.c.article == article, variant.c.language == language))
    return found[0] if found else None


async def variants_of(connection: AsyncConnection, snapshot_id: str) -> tuple[Variant, ...]:
    """All articles of a snapshot."""
    return await _read(connection, _joined().where(snapshot_variant.c.snapshot_id == snapshot_id))


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


def _joined() -> Select[Any]:
    return select(variant, snapshot_variant.c.source).join(snapshot_variant, snapshot_variant.c.variant_id == variant.c.id)


async def _read(connection: AsyncConnection, query: Select[Any]) -> tuple[Variant, ...]:
    rows = await connection.execute(query.order_by(variant.c.article, variant.c.language))
    return tuple(Variant(row.id, Article.model_validate({**row.front, "body": row.body}), row.source) for row in rows)
