"""Another model makes other vectors: what is in the books gets new ones, before anything is compared with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.gaps.book import regroup
from knowledge.gaps.reading import alone, mark, set_mark
from knowledge.gaps.tables import gap_question, proposal, read_mark
from knowledge.gaps.vectors import Comparable, packed

_MODEL = "model:"


async def follow_model(engine: AsyncEngine, comparable: Comparable, now: datetime) -> bool:
    """Whether anything had to be made anew."""
    async with engine.begin() as connection:
        await alone(connection)
        if await mark(connection, _MODEL + comparable.fingerprint):
            return False
        await _questions(connection, comparable)
        await _proposals(connection, comparable)
        await connection.execute(delete(read_mark).where(read_mark.c.what.startswith(_MODEL)))
        await set_mark(connection, _MODEL + comparable.fingerprint, now)
    return True


async def _questions(connection: AsyncConnection, comparable: Comparable) -> None:
    rows = (await connection.execute(select(gap_question.c.id, gap_question.c.text, gap_question.c.language))).all()
    vectors = await comparable.vectors([row.text for row in rows], [row.language for row in rows])
    await regroup(connection, vectors, [row.id for row in rows], comparable.fingerprint)


async def _proposals(connection: AsyncConnection, comparable: Comparable) -> None:
    rows = (await connection.execute(select(proposal.c.id, proposal.c.answer, proposal.c.language))).all()
    vectors = await comparable.vectors([row.answer for row in rows], [row.language for row in rows])
    for row, vector in zip(rows, vectors, strict=True):
        await connection.execute(update(proposal).where(proposal.c.id == row.id).values(vector=packed(vector)))
