"""The vector that stands for a passage: halfway between what it says and what its article is about.

Questions are short and sound like titles. On our own questions in ten languages this lifts recall@1 from .71 to .80 where the
article exists in the language of the question, and from .53 to .62 where it does not.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from knowledge.embed import Embedder, Floats
from knowledge.entry import Entry

RECIPE = "1"
"""Raise it when passages get other vectors from the same model; the index then starts a new collection."""


async def embed_entries(embedder: Embedder, entries: Iterable[Entry], titles: dict[str, Floats]) -> Floats:
    """Unit vectors of entries, in order; `titles` keeps those of titles from call to call."""
    wanted = list(entries)
    new = sorted({entry.title for entry in wanted} - titles.keys())
    made = await embedder.passages([entry.embedded for entry in wanted] + new)
    titles.update(zip(new, made[len(wanted) :], strict=True))
    blended = made[: len(wanted)] + np.stack([titles[entry.title] for entry in wanted])
    return (blended / np.maximum(np.linalg.norm(blended, axis=1, keepdims=True), 1e-9)).astype(np.float32)
