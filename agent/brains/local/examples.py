"""Embedded examples kept between fits, so that an edit costs seconds."""

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = dict[str, npt.NDArray[np.float32]]


def _path(models: Path, fingerprint: str) -> Path:
    return models / f"examples-{fingerprint[:16]}.npz"


def load(models: Path, fingerprint: str) -> Vectors:
    """Text -> vector of this model; empty when none are kept."""
    path = _path(models, fingerprint)
    if not path.is_file():
        return {}
    with np.load(path) as stored:
        return dict(zip((str(text) for text in stored["texts"]), stored["vectors"].astype(np.float32), strict=True))


def save(models: Path, fingerprint: str, vectors: Vectors) -> None:
    path = _path(models, fingerprint)
    partial = path.with_suffix(".tmp.npz")
    np.savez(partial, texts=np.array(list(vectors)), vectors=np.stack(list(vectors.values())).astype(np.float16))
    os.replace(partial, path)
