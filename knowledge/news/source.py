"""News of the supply chain as a source of articles: what is reported and not over, in every language."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import ValidationError
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article, Problem
from knowledge.news.articles import articles
from knowledge.news.report import parse
from knowledge.news.tables import news
from knowledge.sources.source import Loaded

NAME = "news"


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class NewsSource:
    """`brand` is how the shop calls itself to its customers."""

    def __init__(self, engine: AsyncEngine, clock: Clock, brand: str) -> None:
        self._engine, self._clock, self._brand = engine, clock, brand

    @property
    def name(self) -> str:
        return NAME

    async def load(self) -> Loaded:
        """What is to come is loaded too: search keeps it back until its day, and no sync is needed then."""
        rows = await _open(self._engine, self._clock.now().date())
        return await asyncio.to_thread(_loaded, rows, self._brand)


async def _open(engine: AsyncEngine, today: date) -> Sequence[RowMapping]:
    query = select(news).where(news.c.valid_to >= today, news.c.withdrawn_at.is_(None)).order_by(news.c.id)
    async with engine.connect() as connection:
        return (await connection.execute(query)).mappings().all()


def _loaded(rows: Sequence[RowMapping], brand: str) -> Loaded:
    found: list[Article] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            found += articles(parse(as_item(row)), brand)
        except (ValidationError, TypeError) as error:
            problems.append(Problem(f"{NAME}/{row['id']}", 1, f"{reason(error)}: report it again, or withdraw it"))
    return Loaded(tuple(found), tuple(problems))


def as_item(row: RowMapping) -> dict[str, Any]:
    """The row as it was reported."""
    common = {name: row[name] for name in ("id", "kind", "valid_from", "valid_to")}
    return {**row["detail"], **common, "markets": tuple(row["markets"]), "products": tuple(row["products"])}


def reason(error: ValidationError | TypeError) -> str:
    """The first fault and its field, without repeating what was sent."""
    if isinstance(error, TypeError):
        return "its facts are no object"
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part)[:40] for part in first["loc"]) or "the item"
    return f"{where}: {first['msg']}".encode("ascii", "replace").decode()  # a key of the sender's may hold anything
