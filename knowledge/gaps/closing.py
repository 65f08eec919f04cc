"""Gaps held against the articles: the nearest one to each, and closing those that a new snapshot answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.gaps.book import last_switch
from knowledge.gaps.reading import Searches, mark, set_mark
from knowledge.gaps.tables import gap, gap_question
from knowledge.search import Passage, SearchResult

#: Gaps that are asked again after a new snapshot, those of the most customers first.
MOST = 1000
_MARK = "snapshot"


async def close_answered(engine: AsyncEngine, knowledge: Searches, now: datetime) -> int:
    """Closes gaps that the active snapshot answers; once a snapshot. Gives their number."""
    async with engine.connect() as connection:
        switched = await last_switch(connection)
        if switched is None or await mark(connection, _MARK) == switched:
            return 0
        waiting = await _waiting(connection, switched)
    closed = [(row, found.article) for row in waiting if (found := await _answer(knowledge, row, now.date()))]
    async with engine.begin() as connection:
        done = [await _close(connection, row, article) for row, article in closed]
        await set_mark(connection, _MARK, switched)
    return sum(done)


async def _waiting(connection: AsyncConnection, switched: datetime) -> list[Any]:
    """Gaps that nobody asked about since the snapshot is active: a question it left unanswered proves more than a score."""
    bad = func.count().filter(gap_question.c.kind == "bad") * 2 > func.count()
    language = func.mode().within_group(gap_question.c.language)
    query = (
        select(gap.c.id, gap.c.question, gap.c.status, gap.c.article, gap.c.last_at, bad.label("bad"), language.label("language"))
        .join(gap_question, gap_question.c.gap == gap.c.id)
        .where(gap.c.status.in_(("open", "drafted")), gap.c.last_at < switched)
        .group_by(gap.c.id)
        .order_by(gap.c.volume.desc(), gap.c.id)
        .limit(MOST)
    )
    return list((await connection.execute(query)).all())


async def _answer(knowledge: Searches, row: Any, today: date) -> Passage | None:
    """What answers it now. Where customers were not helped by what was found, only the article that was written for them counts."""
    best = answer(await knowledge.search(row.question, language=row.language, today=today, k=1))
    return best if best and (not row.bad or best.article == row.article) else None


def answer(found: SearchResult) -> Passage | None:
    return found.passages[0] if found.answerable else None


async def _close(connection: AsyncConnection, row: Any, article: str) -> int:
    same = (gap.c.id == row.id) & (gap.c.status == row.status) & (gap.c.last_at == row.last_at)
    return (await connection.execute(update(gap).where(same).values(status="dismissed", article=article))).rowcount
