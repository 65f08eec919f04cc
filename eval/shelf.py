"""The articles as the graph finds them, in memory: no service, no database. Vectors are kept from run to run."""

import hashlib
from pathlib import Path

import numpy as np

from knowledge.embed import Embedder, Floats
from knowledge.entry import Entry, entries
from knowledge.index import MemoryIndex
from knowledge.passages import PassageSet
from knowledge.search import Knowledge
from knowledge.shelf import FixedShelf
from knowledge.sources.folder import FolderSource
from knowledge.vectors import RECIPE, embed_entries

_BATCH = 32


async def knowledge(corpus: Path, embedder: Embedder, kept: Path) -> Knowledge:
    """Raises ValueError naming the folder when it holds no article."""
    found = entries(FolderSource(corpus).read().articles)
    if not found:
        raise ValueError(f"No article in {corpus}. Name a folder with <language>/<id>.md files.")
    index = MemoryIndex()
    await index.add([entry.id for entry in found], await _vectors(found, embedder, kept))
    return Knowledge(FixedShelf(PassageSet(digest(found), found, embedder.fingerprint)), index, embedder)


def digest(found: tuple[Entry, ...]) -> str:
    """Stands for the snapshot: equal articles have an equal digest."""
    return hashlib.sha256("\n".join(sorted(f"{entry.id} {entry.content_hash}" for entry in found)).encode()).hexdigest()[:16]


async def _vectors(found: tuple[Entry, ...], embedder: Embedder, folder: Path) -> Floats:
    file = folder / f"vectors-{embedder.fingerprint}-{RECIPE}.npz"
    kept = _load(file)
    missing = [entry for entry in found if entry.content_hash not in kept]
    titles: dict[str, Floats] = {}
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        kept |= {entry.content_hash: row for entry, row in zip(batch, await embed_entries(embedder, batch, titles), strict=True)}
    made = np.stack([kept[entry.content_hash] for entry in found])
    if missing:
        _save(file, [entry.content_hash for entry in found], made)
    return made


def _load(file: Path) -> dict[str, Floats]:
    try:
        with np.load(file) as stored:
            return dict(zip(stored["ids"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}  # made again


def _save(file: Path, ids: list[str], vectors: Floats) -> None:
    """Whole or not at all: another process may read it now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.stem}.{hashlib.sha256(str(ids).encode()).hexdigest()[:6]}.tmp.npz")
    np.savez(draft, ids=np.array(ids), vectors=vectors)
    draft.replace(file)
