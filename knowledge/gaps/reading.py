"""What is handed to the store of gaps, how far it has been read, and how articles were used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.article import Audience
from knowledge.gaps.tables import read_mark, usage
from knowledge.search import SearchResult

Kind = Literal["unanswered", "bad"]
_LOCK = 0x67617073  # any fixed number; everybody who learns shares it


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question without personal data that found no good answer; `id` is its turn record's."""

    id: str
    text: str
    language: str
    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an operator answered in their own words, without personal data; `id` is its case's."""

    id: str
    question: str
    answer: str
    language: str
    intents: tuple[str, ...]
    at: datetime


Use = tuple[str, str, date]
"""An article and its language that a reply of this day rested on."""


class Searches(Protocol):
    """The part of the knowledge base that gaps are held against."""

    async def search(
        self, query: str, *, language: str, today: date, market: str | None = None, audience: Audience = "customer", k: int = 5
    ) -> SearchResult: ...


async def alone(connection: AsyncConnection) -> None:
    """For the rest of this transaction nobody else learns; what two found at once is then written once."""
    await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})


async def mark(connection: AsyncConnection, what: str) -> datetime | None:
    return await connection.scalar(select(read_mark.c.until).where(read_mark.c.what == what))


async def set_mark(connection: AsyncConnection, what: str, until: datetime) -> None:
    written = upsert(read_mark).values(what=what, until=until)
    await connection.execute(written.on_conflict_do_update(index_elements=["what"], set_={"until": until}))


async def count_uses(connection: AsyncConnection, uses: Sequence[Use]) -> int:
    """Adds to the days' counts; gives how many were added."""
    counts: Mapping[Use, int] = Counter(uses)
    rows = [{"article": article, "language": language, "day": day, "replies": n} for (article, language, day), n in sorted(counts.items())]
    if rows:
        written = upsert(usage).values(rows)
        more = {"replies": usage.c.replies + written.excluded.replies}
        await connection.execute(written.on_conflict_do_update(index_elements=["article", "language", "day"], set_=more))
    return len(uses)
