"""What editors published, as a source of articles: the most trusted one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article, Problem
from knowledge.editorial.form import Text, read
from knowledge.editorial.published import EDITORIAL
from knowledge.editorial.tables import revision
from knowledge.sources.source import Key, Loaded


@dataclass(frozen=True, slots=True)
class EditorialSource:
    """The newest revision of every article and language."""

    engine: AsyncEngine
    name: str = EDITORIAL

    async def load(self) -> Loaded:
        """A revision that is no article any more is a problem, and what it gave before stays."""
        query = select(revision).ext(distinct_on(revision.c.article, revision.c.language))
        query = query.order_by(revision.c.article, revision.c.language, revision.c.number.desc())
        async with self.engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return await asyncio.to_thread(_loaded, rows)


def _loaded(rows: Sequence[Row[Any]]) -> Loaded:
    articles: list[Article] = []
    problems: list[Problem] = []
    retired: set[Key] = set()
    for row in rows:
        key = (row.article, row.language)
        if row.kind == "retired":
            retired.add(key)
        elif row.kind != "imported":
            article, faults = read(key, Text(row.front, row.body))
            articles += [article] if article else []
            problems += [Problem(f"{key[1]}/{key[0]}.md", 1, f"{fault.field}: {fault.message}") for fault in faults[:1]]
    return Loaded(tuple(articles), tuple(problems), frozenset(retired))
