"""Texts to vectors: the port, the local model behind it, and a twin for tests that needs no model."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.encoder.runtime import Encoder, clean

Floats = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Makes texts comparable by cosine across languages."""

    @property
    def fingerprint(self) -> str:
        """Vectors of two fingerprints must never be compared."""
        ...

    @property
    def dim(self) -> int:
        """Numbers in a vector."""
        ...

    async def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of what customers say: (n, dim) float32, length 1, in order."""
        ...

    async def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of what can answer them: (n, dim) float32, length 1, in order."""
        ...


class OnnxEmbedder:
    """The prepared model in `folder`. Queries are remembered, so that triage and retrieval share one computation.

    `threads` queries and as many passages are computed at once, on threads of their own: the event loop stays free, and a query never waits
    for a sync. `cache` is the number of queries remembered. Loading takes half a second; ModelNotPrepared and ModelDamaged say what to do.
    """

    def __init__(self, folder: Path, threads: int = 1, cache: int = 2048) -> None:
        self._encoder = Encoder(folder)
        self._threads = threads
        self._query_threads = ThreadPoolExecutor(threads, "embed-queries")
        self._passage_threads = ThreadPoolExecutor(threads, "embed-passages")
        self._remembered: OrderedDict[str, Future[Floats]] = OrderedDict()
        self._cache = cache
        self._lock = Lock()

    @property
    def fingerprint(self) -> str:
        return self._encoder.model.fingerprint

    @property
    def dim(self) -> int:
        return self._encoder.model.dim

    async def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of queries; equal texts, even of callers at the same time, are computed once."""
        # Shielded, because another caller may wait for the same future.
        waits = [asyncio.shield(asyncio.wrap_future(future)) for future in self._claim(texts)]
        return self._matrix(await asyncio.gather(*waits))

    async def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages, a few at a time, so that a cancelled caller stops soon."""
        loop = asyncio.get_running_loop()
        vectors: list[Floats] = []
        for start in range(0, len(texts), self._threads):
            some = texts[start : start + self._threads]
            vectors += await asyncio.gather(*(loop.run_in_executor(self._passage_threads, self._encoder.passage, text) for text in some))
        return self._matrix(vectors)

    def close(self) -> None:
        """Stop the threads; what is being computed is finished, what waits is cancelled."""
        self._query_threads.shutdown(cancel_futures=True)
        self._passage_threads.shutdown(cancel_futures=True)

    def _matrix(self, vectors: Sequence[Floats]) -> Floats:
        return np.array(vectors, np.float32).reshape(-1, self.dim)

    def _claim(self, texts: Sequence[str]) -> list[Future[Floats]]:
        with self._lock:
            futures = [self._future(clean(text)) for text in texts]
            while len(self._remembered) > self._cache:
                self._remembered.popitem(last=False)
        return futures

    def _future(self, text: str) -> Future[Floats]:
        known = self._remembered.get(text)
        if known is None or (known.done() and (known.cancelled() or known.exception())):  # a failure is tried again
            self._remembered[text] = known = self._query_threads.submit(self._encoder.query, text)
        self._remembered.move_to_end(text)
        return known


class HashEmbedder:
    """Vectors from hashed character trigrams: texts that share letters are near. Deterministic, for tests without a model."""

    GRAMS: Final = 3

    def __init__(self, dim: int = 384) -> None:
        self._dim = dim

    @property
    def fingerprint(self) -> str:
        return f"hash-{self.GRAMS}-{self._dim}"

    @property
    def dim(self) -> int:
        return self._dim

    async def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of queries."""
        return self._embed(texts)

    async def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages: the same as of queries."""
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Floats:
        return np.array([self._one(clean(text)) for text in texts], np.float32).reshape(-1, self._dim)

    def _one(self, text: str) -> Floats:
        vector = np.zeros(self._dim, np.float32)
        padded = f"  {text.casefold()} "
        for start in range(len(padded) - self.GRAMS + 1):
            number = int.from_bytes(hashlib.blake2b(padded[start : start + self.GRAMS].encode(), digest_size=8).digest())
            vector[number % self._dim] += 1 if number >> 63 else -1
        length = float(np.linalg.norm(vector))
        if not length:  # all counts cancelled out
            vector[0] = length = 1.0
        return vector / length
