"""New passages get their rows and their vectors; nothing here is visible to a reader before the snapshot is published."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge import variants
from knowledge.content import Content
from knowledge.embed import Embedder, Floats
from knowledge.entry import Entry
from knowledge.index import VectorIndex
from knowledge.kept_vectors import kept_ids, load_vectors, save_vectors
from knowledge.progress import Progress
from knowledge.tables import passage
from knowledge.vectors import embed_entries

_BATCH = 32
_PAGE = 500


async def store(engine: AsyncEngine, after: Content, before: Content) -> None:
    """Rows before vectors: whatever a killed run leaves behind is known to the database and can be pruned."""
    known, published = before.ids, {found.id for found in before.variants}
    new = [entry for entry in after.entries if entry.id not in known]
    rows = await asyncio.to_thread(_rows, new)
    async with engine.begin() as connection:
        await variants.store(connection, [found for found in after.variants if found.id not in published])
        for start in range(0, len(rows), _PAGE):
            await connection.execute(upsert(passage).on_conflict_do_nothing(), rows[start : start + _PAGE])


def _rows(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    return [{name: value for name, value in asdict(entry).items() if name != "position"} for entry in entries]


async def embed(engine: AsyncEngine, index: VectorIndex, embedder: Embedder, found: Sequence[Entry], progress: Progress) -> int:
    """Brings every passage into the index; only those without a kept vector are embedded. Gives their number."""
    copied = await kept_ids(engine, embedder.fingerprint)
    await _restore(engine, index, embedder.fingerprint, [entry.id for entry in found if entry.id in copied])
    # Alike lengths share a batch, so little of it is padding.
    missing = sorted((entry for entry in found if entry.id not in copied), key=lambda entry: len(entry.embedded))
    progress("embed", 0, len(missing))
    titles: dict[str, Floats] = {}
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        ids, vectors = [entry.id for entry in batch], await embed_entries(embedder, batch, titles)
        await index.add(ids, vectors)
        await save_vectors(engine, embedder.fingerprint, ids, vectors)
        progress("embed", start + len(batch), len(missing))
    return len(missing)


async def _restore(engine: AsyncEngine, index: VectorIndex, fingerprint: str, copied: Sequence[str]) -> None:
    """An index that was lost, or never had them, gets the kept vectors back."""
    present = await index.known(copied)
    kept = await load_vectors(engine, fingerprint, [id_ for id_ in copied if id_ not in present])
    if kept:
        await index.add(list(kept), np.stack(list(kept.values())))
