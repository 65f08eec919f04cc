"""Questions with known answers, asked before and after a change; other packages offer them, their vectors are made once and kept."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from uuid import uuid4

import numpy as np
import structlog

from knowledge.embed import Embedder, Floats
from knowledge.typical import Questions, typical_questions

_log = structlog.get_logger(__name__)

GROUP = "portside.probes"
# Few at a time: customers' questions use the same threads and must not wait behind hundreds of these.
_PAGE = 4
_SAVE_EVERY = 256


@dataclass(frozen=True, slots=True)
class Probe:
    """One customer's question. Any of the articles `expected` answers it; none: nobody said which one does."""

    id: str
    text: str
    language: str
    market: str | None
    expected: tuple[str, ...]
    intents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Probes whose vectors are there, row by row, out of `total`; `typical` belongs to the model that made them, where it is known."""

    probes: tuple[Probe, ...]
    vectors: Floats
    total: int
    typical: Questions | None = None


def probes() -> tuple[Probe, ...]:
    """All probes that installed packages offer (entry points of the group `portside.probes`); without any, none."""
    found: dict[str, Probe] = {}
    for offered in entry_points(group=GROUP):
        try:
            given: Iterable[Probe] = offered.load()()
            found |= {probe.id: probe for probe in given}
        except Exception as error:  # another package's fault must not close the editor
            _log.warning("knowledge.probes.failed", name=offered.name, error=type(error).__name__)
    return tuple(found.values())


class ProbeShelf:
    """The probes with their vectors. The first request starts making those that are missing, in the background."""

    def __init__(self, embedder: Embedder, folder: Path, load: Callable[[], Iterable[Probe]] = probes) -> None:
        self._embedder = embedder
        self._file = folder / f"probes-{embedder.fingerprint}.npz"
        self._load = load
        self._probes: tuple[Probe, ...] | None = None
        self._kept: dict[str, Floats] = {}
        self._opening = asyncio.Lock()
        self._making: asyncio.Task[None] | None = None

    async def ready(self) -> Asked:
        """What is there already; never waits for the model."""
        found = await self._open()
        if (self._making is None or self._making.done()) and self._missing(found):
            self._making = asyncio.create_task(self._make(found), name="knowledge-probes")
        return self._asked(found)

    async def complete(self) -> Asked:
        """All of them, however long it takes."""
        await self.ready()
        if self._making is not None:
            await asyncio.shield(self._making)
        return self._asked(await self._open())

    async def close(self) -> None:
        """Stops what is made in the background; what is finished is kept."""
        if self._making is not None and not self._making.done():
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)

    async def _open(self) -> tuple[Probe, ...]:
        async with self._opening:
            if self._probes is None:
                self._kept = await asyncio.to_thread(_read, self._file)
                self._probes = tuple(await asyncio.to_thread(self._load))
            return self._probes

    def _missing(self, found: Iterable[Probe]) -> list[str]:
        return sorted({probe.text for probe in found if _key(probe.text) not in self._kept}, key=_key)

    def _asked(self, found: tuple[Probe, ...]) -> Asked:
        there = tuple(probe for probe in found if _key(probe.text) in self._kept)
        vectors = np.array([self._kept[_key(probe.text)] for probe in there], np.float32)
        return Asked(there, vectors.reshape(-1, self._embedder.dim), len(found), typical_questions(self._embedder.fingerprint))

    async def _make(self, found: tuple[Probe, ...]) -> None:
        missing = self._missing(found)
        try:
            for start in range(0, len(missing), _PAGE):
                page = missing[start : start + _PAGE]
                made = await self._embedder.queries(page)
                self._kept |= {_key(text): row for text, row in zip(page, made, strict=True)}
                if start % _SAVE_EVERY == 0:
                    await asyncio.to_thread(_write, self._file, dict(self._kept))
        except Exception as error:  # what is missing is tried again by the next request
            _log.warning("knowledge.probes.unmade", error=type(error).__name__, missing=len(self._missing(found)))
        finally:
            _write(self._file, self._kept)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, Floats]:
    try:
        with np.load(file) as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError):
        return {}  # made again


def _write(file: Path, kept: dict[str, Floats]) -> None:
    """Whole or not at all: another process may read it now."""
    if not kept:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.stem}.{uuid4().hex[:8]}.tmp.npz")
        np.savez(draft, keys=np.array(list(kept)), vectors=np.stack(list(kept.values())).astype(np.float16))
        draft.replace(file)
    except OSError as error:
        _log.warning("knowledge.probes.unsaved", error=type(error).__name__)
