"""The copy of all vectors in PostgreSQL: a lost index is rebuilt from it, and a second process reads it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.embed import Floats
from knowledge.index import MemoryIndex
from knowledge.tables import vector
from knowledge.vectors import RECIPE

_PAGE = 2000


async def save_vectors(engine: AsyncEngine, fingerprint: str, ids: Sequence[str], vectors: Floats) -> None:
    """Half precision: it moves a cosine by less than 0.0005."""
    rows = [
        {"passage_id": id_, "fingerprint": _made_by(fingerprint), "vector": row.astype(np.float16).tobytes()}
        for id_, row in zip(ids, vectors, strict=True)
    ]
    async with engine.begin() as connection:
        await connection.execute(upsert(vector).on_conflict_do_nothing(), rows)


async def load_vectors(engine: AsyncEngine, fingerprint: str, ids: Collection[str] | None = None) -> dict[str, Floats]:
    """Passage id -> vector of this model; of all passages when `ids` is None."""
    query = select(vector.c.passage_id, vector.c.vector).where(vector.c.fingerprint == _made_by(fingerprint))
    wanted = None if ids is None else list(ids)
    pages = [None] if wanted is None else [wanted[at : at + _PAGE] for at in range(0, len(wanted), _PAGE)]
    found: dict[str, Floats] = {}
    async with engine.connect() as connection:
        for page in pages:
            chosen = query if page is None else query.where(vector.c.passage_id.in_(page))
            for row in await connection.execute(chosen):
                found[row.passage_id] = np.frombuffer(row.vector, np.float16).astype(np.float32)
    return found


async def kept_ids(engine: AsyncEngine, fingerprint: str) -> set[str]:
    """The passages whose vector of this model is kept."""
    async with engine.connect() as connection:
        return set(await connection.scalars(select(vector.c.passage_id).where(vector.c.fingerprint == _made_by(fingerprint))))


def _made_by(fingerprint: str) -> str:
    return f"{fingerprint}-{RECIPE}"


async def memory_index(engine: AsyncEngine, fingerprint: str) -> MemoryIndex:
    """An exact index in memory, for commands that run beside the service which holds the index folder."""
    found = await load_vectors(engine, fingerprint)
    index = MemoryIndex()
    if found:
        await index.add(list(found), np.stack(list(found.values())))
    return index
