"""How the sources fared at the last sync, for those who look after them; a failing one raises an alert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge import alerts
from knowledge.gathering import Answer
from knowledge.tables import source_state

_SHOWN = 200  # problems kept of one source; its files have the rest


@dataclass(frozen=True, slots=True)
class SourceState:
    """`good_at` is when it was last read in full; `articles` are those of that time."""

    name: str
    checked_at: datetime
    good_at: datetime | None
    articles: int
    problems: tuple[str, ...]
    error: str


async def record(connection: AsyncConnection, answers: Sequence[Answer]) -> None:
    """Writes how each source fared, in the caller's transaction; forgets sources that are gone."""
    await connection.execute(delete(source_state).where(source_state.c.name.not_in([answer.source for answer in answers])))
    for answer in answers:
        values = {"checked_at": func.now(), "error": answer.error}
        if not answer.error:
            problems = [str(problem) for problem in answer.loaded.problems[:_SHOWN]]
            values |= {"good_at": func.now(), "articles": len(answer.loaded.articles), "problems": problems}
        made = upsert(source_state).values({"name": answer.source, "articles": 0, **values})
        await connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=values))
    await alerts.settle(connection, "source", {answer.source: answer.error for answer in answers if answer.error})


async def states(connection: AsyncConnection) -> tuple[SourceState, ...]:
    """All sources as of the last sync."""
    rows = await connection.execute(select(source_state).order_by(source_state.c.name))
    return tuple(SourceState(r.name, r.checked_at, r.good_at, r.articles, tuple(r.problems), r.error) for r in rows)
