"""What an article says in another language where it is quoted in this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.store.engine import reading
from knowledge.search import Passage
from knowledge.tables import active, passage, snapshot_passage, vector


@dataclass(frozen=True, slots=True)
class Quotations:
    """Reads the active snapshot. `fingerprint` is the embedding model's: its stored vectors tell passages apart."""

    engine: AsyncEngine
    fingerprint: str

    async def twin(self, passage_id: str, language: str, today: date) -> Passage | None:
        """The passage in `language` that says the same, out of the same article and for customers; None when there is none."""
        async with reading(self.engine).connect() as connection:
            here = (await connection.execute(select(passage).where(passage.c.id == passage_id))).one_or_none()
            if here is None:
                return None
            there = (await connection.execute(_of_article(here.article, language, today))).all()
            beside = (await connection.execute(_of_article(here.article, here.language, today))).all()
            place = next((at for at, row in enumerate(beside) if row.id == passage_id), None)
            if not there or (place is not None and len(there) == len(beside)):
                return _passage(there[place]) if there and place is not None else None
            return _passage(await self._nearest(connection, passage_id, there))

    async def _nearest(self, connection: AsyncConnection, passage_id: str, rows: Sequence[Row[Any]]) -> Row[Any]:
        """The article is cut otherwise in that language: whichever of its passages means most the same."""
        ids = [passage_id, *(row.id for row in rows)]
        query = select(vector.c.passage_id, vector.c.vector).where(vector.c.passage_id.in_(ids), vector.c.fingerprint == self.fingerprint)
        known = {row.passage_id: np.frombuffer(row.vector, np.float16).astype(np.float32) for row in await connection.execute(query)}
        if passage_id not in known:
            return rows[0]
        nothing = np.zeros_like(known[passage_id])
        return max(rows, key=lambda row: float(known[passage_id] @ known.get(row.id, nothing)))


def _of_article(article: str, language: str, today: date) -> Select[Any]:
    """Its passages that a customer may read today, in order."""
    valid = and_(
        or_(passage.c.valid_from.is_(None), passage.c.valid_from <= today), or_(passage.c.valid_to.is_(None), passage.c.valid_to >= today)
    )
    spoken = func.split_part(passage.c.language, "-", 1) == language
    return (
        select(passage)
        .join(snapshot_passage, snapshot_passage.c.passage_id == passage.c.id)
        .join(active, active.c.snapshot_id == snapshot_passage.c.snapshot_id)
        .where(passage.c.article == article, spoken, passage.c.audience == "customer", valid)
        .order_by(snapshot_passage.c.position)
    )


def _passage(row: Row[Any]) -> Passage:
    names = ("id", "article", "language", "title", "heading", "text")
    return Passage(**{name: getattr(row, name) for name in names}, score=1.0, intents=tuple(row.intents))
