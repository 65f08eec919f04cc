"""What stands for an article in one language: the newest revision that editors published, else the active snapshot's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.article import Article
from knowledge.editorial.form import Front, Text, read
from knowledge.editorial.tables import revision
from knowledge.sources.source import Key
from knowledge.tables import active, snapshot_variant, variant
from knowledge.variants import Variant, active_variant, front_of, variant_of

EDITORIAL = "editorial"  # the name of the source that revisions are


@dataclass(frozen=True, slots=True)
class Standing:
    """A published text; `revision`, `at` and `by` only where an editor published it."""

    variant: Variant
    revision: int | None = None
    at: datetime | None = None
    by: str = ""
    source_base: str | None = None

    @property
    def text(self) -> Text:
        return Text(front_of(self.variant.article), self.variant.article.body)


def text_id(front: Front, body: str) -> str:
    """Names what a translator translates. Front matter but the title is left out: a new review date makes no translation outdated."""
    told = json.dumps([front.get("title", ""), body.strip()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def settled(key: Key, text: Text) -> Text:
    """As the article says it: defaults filled in, blanks trimmed. What is no article stays as it is."""
    article, _ = read(key, text)
    return Text(front_of(article), article.body) if article else text


def as_article(row: Row[Any]) -> Article | None:
    """The article of a row of drafts or revisions; None when it would not be one today."""
    return read((row.article, row.language), Text(row.front, row.body))[0]


async def standing(connection: AsyncConnection, key: Key) -> Standing | None:
    """None when there is no such article, or it was retired. What is published here may reach customers with the next sync only."""
    query = select(revision).where(revision.c.article == key[0], revision.c.language == key[1])
    row = (await connection.execute(query.order_by(revision.c.number.desc()).limit(1))).one_or_none()
    if row and row.kind == "retired":
        return None
    found = of_revision(row) if row else None
    if found:
        return found
    active = await active_variant(connection, *key)
    return Standing(active) if active else None


def of_revision(row: Row[Any]) -> Standing | None:
    """None for one that stands for nothing: what the folder had before the first edit, and what is no article any more."""
    article = as_article(row) if row.kind in ("published", "restored") else None
    if article is None:
        return None
    by = row.approved_by or (row.editors[-1] if row.editors else "")
    return Standing(variant_of(article, EDITORIAL), row.number, row.at, by, row.source_base)


async def fronts(connection: AsyncConnection, article: str) -> list[Front]:
    """The front matter of an article in all its languages: the newest revision's, retired ones too, else the active snapshot's."""
    held = select(variant.c.language, variant.c.front).join(snapshot_variant, snapshot_variant.c.variant_id == variant.c.id)
    held = held.join(active, active.c.snapshot_id == snapshot_variant.c.snapshot_id).where(variant.c.article == article)
    found = {row.language: row.front for row in await connection.execute(held)}
    newest = select(revision.c.language, revision.c.front, revision.c.kind).ext(distinct_on(revision.c.language))
    newest = newest.where(revision.c.article == article).order_by(revision.c.language, revision.c.number.desc())
    edited = {row.language: row.front for row in await connection.execute(newest) if row.kind != "imported"}
    return list((found | edited).values())


def source_key(key: Key, front: Front) -> Key | None:
    """The text that this one is a translation of; None for an original."""
    language = front.get("source_language") or "en"
    return None if language == key[1] else (key[0], str(language))


async def source_of(connection: AsyncConnection, key: Key, front: Front) -> Standing | None:
    """What a translation is made from, as it is published now."""
    source = source_key(key, front)
    return await standing(connection, source) if source else None


async def source_base(connection: AsyncConnection, key: Key, front: Front) -> str | None:
    """The name of the text that a translation saved now is in line with."""
    source = await source_of(connection, key, front)
    return text_id(source.text.front, source.text.body) if source else None


async def translated_from(connection: AsyncConnection, translation: Standing) -> str | None:
    """The name of the source's text that a published translation says; None when nobody knows, or it is an original.

    One that came with its source from another place was in line with what that place had, before editors changed the source.
    """
    if translation.revision is not None:
        return translation.source_base
    source = source_key(translation.variant.key, translation.text.front)
    if source is None:
        return None
    query = select(revision).where(revision.c.article == source[0], revision.c.language == source[1], revision.c.number == 1)
    row = (await connection.execute(query.where(revision.c.kind == "imported"))).one_or_none()
    return text_id(row.front, row.body) if row else None
