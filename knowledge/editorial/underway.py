"""What editors have under way, beside what is published: drafts, newest revisions, and how much articles are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.catalogue import Catalogue
from knowledge.editorial.published import text_id
from knowledge.editorial.tables import draft, revision
from knowledge.gaps.tables import usage
from knowledge.sources.source import Key


@dataclass(frozen=True, slots=True)
class Underway:
    """What the tables say beside the catalogue: drafts and newest revisions by article, use, and texts before their first edit."""

    drafts: Mapping[str, Mapping[str, Row[Any]]]
    revisions: Mapping[str, Mapping[str, Row[Any]]]
    absent: Mapping[str, Mapping[str, Any]]  # front matter of articles that are not in the catalogue
    imported: Mapping[Key, str]
    used: Mapping[str, int]
    counted_since: date | None

    def about(self, id_: str) -> object:
        """Equal as long as nothing about this article has changed."""
        drafts = [(row.language, row.version, row.state, row.updated_at) for row in self.drafts.get(id_, {}).values()]
        revisions = [row.id for row in self.revisions.get(id_, {}).values()]
        return drafts, revisions, self.used.get(id_, 0), self.counted_since


class Imported:
    """Names of the texts that articles had before their first edit; revisions never change, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Key, str]] = {}

    async def now(self, connection: AsyncConnection) -> dict[Key, str]:
        latest = max(self._known, default=0)
        query = select(revision).where(revision.c.kind == "imported", revision.c.id > latest)
        for row in await connection.execute(query):
            self._known[row.id] = (row.article, row.language), text_id(row.front, row.body)
        return dict(self._known.values())


async def look(connection: AsyncConnection, catalogue: Catalogue, imported: Imported, today: date, *, texts: bool) -> Underway:
    """A few small queries; no text of a published article is among them, and those of drafts only on demand."""
    wanted = [column for column in draft.c if texts or column.name != "body"]
    drafts = (await connection.execute(select(*wanted))).all()
    columns = (revision.c.article, revision.c.language, revision.c.kind, revision.c.at, revision.c.source_base, revision.c.id)
    newest = select(*columns).ext(distinct_on(revision.c.article, revision.c.language))
    newest = newest.order_by(revision.c.article, revision.c.language, revision.c.number.desc())
    recent = select(usage.c.article, func.sum(usage.c.replies).label("replies")).where(usage.c.day > today - timedelta(days=30))
    used = {row.article: int(row.replies) for row in await connection.execute(recent.group_by(usage.c.article))}
    since = await connection.scalar(select(func.min(usage.c.day)))
    revisions = (await connection.execute(newest)).all()
    absent = [row.id for row in revisions if row.article not in catalogue.articles]  # retired, or the next sync publishes it
    fronts = await connection.execute(select(revision.c.article, revision.c.front).where(revision.c.id.in_(absent)))
    return Underway(
        _by_article(drafts), _by_article(revisions), {row.article: row.front for row in fronts}, await imported.now(connection), used, since
    )


def _by_article(rows: Iterable[Any]) -> dict[str, dict[str, Row[Any]]]:
    found: dict[str, dict[str, Row[Any]]] = defaultdict(dict)
    for row in rows:
        found[row.article][row.language] = row
    return found
