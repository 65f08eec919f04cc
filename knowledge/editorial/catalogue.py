"""The active snapshot's articles in memory, for lists and searches of editors; read anew only where something changed."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.article import Article
from knowledge.checks import numbers
from knowledge.duplicates import pair
from knowledge.editorial.published import text_id
from knowledge.links import broken
from knowledge.sources.source import Key
from knowledge.tables import active, snapshot
from knowledge.variants import Variant, front_of, held_by, read


@dataclass(frozen=True, slots=True)
class Shown:
    """A variant with what is worked out once for it."""

    variant: Variant
    text_id: str
    words: str  # of id, title and body, for searching
    numbers: frozenset[str]

    @property
    def article(self) -> Article:
        return self.variant.article


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is published: by article and language."""

    snapshot: str = ""
    published_at: datetime | None = None
    articles: Mapping[str, Mapping[str, Shown]] = field(default_factory=dict[str, Mapping[str, Shown]])
    #: What the checks say of an article, by (article, language).
    links: Mapping[Key, Sequence[str]] = field(default_factory=dict[Key, Sequence[str]])
    duplicates: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])


def words_of(article: str, title: str, body: str) -> str:
    return f"{article} {title}\n{body}".casefold()


def show(found: Variant) -> Shown:
    """What is worked out once for a variant."""
    article = found.article
    words = words_of(article.id, article.title, article.body)
    return Shown(found, text_id(front_of(article), article.body), words, frozenset(numbers(article.body)))


class Catalogues:
    """Gives the catalogue of the moment. Variants never change, so those that are known are not read again."""

    def __init__(self) -> None:
        self._now = Catalogue()
        self._known: dict[str, Shown] = {}
        self._reading = asyncio.Lock()

    async def now(self, connection: AsyncConnection) -> Catalogue:
        query = select(active.c.snapshot_id, snapshot.c.created_at, snapshot.c.report).join(snapshot, snapshot.c.id == active.c.snapshot_id)
        row = (await connection.execute(query)).mappings().one_or_none()
        if row is None or (row["snapshot_id"] == self._now.snapshot and row["created_at"] == self._now.published_at):
            return self._now
        async with self._reading:
            if (row["snapshot_id"], row["created_at"]) != (self._now.snapshot, self._now.published_at):
                await self._read(connection, row)
        return self._now

    async def _read(self, connection: AsyncConnection, now: RowMapping) -> None:
        held = await held_by(connection, now["snapshot_id"])
        # The same text may come from another source now.
        known = {id_: shown for id_, source in held.items() if (shown := self._known.get(id_)) and shown.variant.source == source}
        missing = await read(connection, {id_: source for id_, source in held.items() if id_ not in known})
        known |= await asyncio.to_thread(lambda: {found.id: show(found) for found in missing})
        self._known = known
        self._now = await asyncio.to_thread(_catalogue, now, known)


def _catalogue(row: RowMapping, known: Mapping[str, Shown]) -> Catalogue:
    articles: dict[str, dict[str, Shown]] = defaultdict(dict)
    for _, found in sorted(known.items()):
        articles[found.article.id][found.article.language] = found
    links: dict[Key, list[str]] = defaultdict(list)
    for sentence in broken([found.article for found in known.values()]):
        name, _, said = sentence.partition(": ")
        language, _, article = name.partition("/")
        links[article, language].append(said)
    return Catalogue(row["snapshot_id"], row["created_at"], dict(articles), dict(links), _duplicates(row["report"]))


def _duplicates(report: Mapping[str, Any]) -> dict[str, list[str]]:
    """Pairs that the sync found to say the same."""
    found: dict[str, list[str]] = defaultdict(list)
    for sentence in report.get("warnings", ()):
        for name in pair(sentence):
            found[name.partition("/")[2]].append(sentence)
    return dict(found)
