"""New passages get their rows and their vectors; nothing here is visible to a reader before the snapshot is published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

import numpy as np
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge import variants
from knowledge.content import Content
from knowledge.embed import Embedder, Floats
from knowledge.entry import Entry
from knowledge.index import VectorIndex
from knowledge.kept_vectors import load_vectors, save_vectors
from knowledge.progress import Progress, silent
from knowledge.tables import passage
from knowledge.vectors import embed_entries

_BATCH = 32
_PAGE = 500


async def store(engine: AsyncEngine, after: Content, before: Content) -> None:
    """Rows before vectors: whatever a killed run leaves behind is known to the database and can be pruned."""
    known, published = before.ids, {found.id for found in before.variants}
    new = [entry for entry in after.entries if entry.id not in known]
    rows = [{name: value for name, value in asdict(entry).items() if name != "position"} for entry in new]
    async with engine.begin() as connection:
        await variants.store(connection, [found for found in after.variants if found.id not in published])
        for start in range(0, len(rows), _PAGE):
            await connection.execute(upsert(passage).on_conflict_do_nothing(), rows[start : start + _PAGE])


async def embed(engine: AsyncEngine, index: VectorIndex, embedder: Embedder, found: Sequence[Entry], progress: Progress) -> int:
    """Brings every passage into the index; only those without a kept vector are embedded. Gives their number."""
    kept = await load_vectors(engine, embedder.fingerprint, [entry.id for entry in found])
    await _add_absent(index, kept)
    # Alike lengths share a batch, so little of it is padding.
    missing = sorted((entry for entry in found if entry.id not in kept), key=lambda entry: len(entry.embedded))
    progress("embed", 0, len(missing))
    titles: dict[str, Floats] = {}
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        ids, vectors = [entry.id for entry in batch], await embed_entries(embedder, batch, titles)
        await index.add(ids, vectors)
        await save_vectors(engine, embedder.fingerprint, ids, vectors)
        progress("embed", start + len(batch), len(missing))
    return len(missing)


async def restore(engine: AsyncEngine, index: VectorIndex, embedder: Embedder, found: Sequence[Entry], ids: Collection[str]) -> int:
    """An index that was lost, or never had them, gets the vectors of the active passages back, embedded again where no copy is left."""
    absent = set(ids) - await index.known(ids)
    if not absent:
        return 0
    return await embed(engine, index, embedder, [entry for entry in found if entry.id in absent], silent)


async def _add_absent(index: VectorIndex, kept: Mapping[str, Floats]) -> None:
    absent = sorted(kept.keys() - await index.known(list(kept)))
    if absent:
        await index.add(absent, np.stack([kept[id_] for id_ in absent]))
