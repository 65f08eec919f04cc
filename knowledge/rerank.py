"""A second look at what was found: a cross-encoder reads question and passage together. Optional, and never waited for too long."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
import structlog

from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Scores = npt.NDArray[np.float32]

_log = structlog.get_logger(__name__)

RERANKED = 12
"""Articles that are read again."""

PATIENCE = 1.0
"""Seconds; a customer is waiting."""

_QUEUE = 2  # questions at once: the next would wait for their turn longer than for an answer
_LONGEST = 2000  # characters of a question; tokens are cut by the model


class Reranker(Protocol):
    """Says how well each text answers the query; only the order of the scores means something."""

    async def scores(self, query: str, texts: Sequence[str]) -> Scores: ...


class RerankerBusy(KnowledgeError):
    """The reranker is still loading, or has too much to do. Wait, or give it a smaller model or more cores"""


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, from a folder or by its name on a hub. It loads in a thread from the start."""

    def __init__(self, model: str | Path) -> None:
        self._thread = ThreadPoolExecutor(1, "rerank")
        self._waiting = set[Future[Scores]]()
        self._model: Future[CrossEncoder] = self._thread.submit(_load, str(model))

    async def loaded(self) -> None:
        """Waits for the model; raises what kept it from loading."""
        await asyncio.wrap_future(self._model)

    async def scores(self, query: str, texts: Sequence[str]) -> Scores:
        """Raises RerankerBusy at once rather than queue."""
        if not self._model.done() or len(self._waiting) >= _QUEUE:
            raise RerankerBusy("loading" if not self._model.done() else f"{len(self._waiting)} questions wait")
        model = self._model.result()
        work = self._thread.submit(_predict, model, [(query[:_LONGEST], text) for text in texts])
        self._waiting.add(work)  # until it is done: a caller that gave up does not end the work
        work.add_done_callback(self._waiting.discard)
        return await asyncio.wrap_future(work)

    def close(self) -> None:
        """Ends the thread after what it is doing."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _load(model: str) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    return CrossEncoder(model, device="cpu")


def _predict(model: CrossEncoder, pairs: list[tuple[str, str]]) -> Scores:
    return np.asarray(model.predict(pairs, show_progress_bar=False), np.float32).reshape(len(pairs))


async def reordered(reranker: Reranker, query: str, texts: Sequence[str], patience: float = PATIENCE) -> list[int]:
    """Places of the texts from best to worst; as they stood when the reranker fails or takes too long."""
    if len(texts) < 2:
        return list(range(len(texts)))
    try:
        scores = await asyncio.wait_for(reranker.scores(query, texts), patience)
    except Exception as error:  # a model of any make: whatever it raises, the customer gets the order there was
        _log.warning("knowledge.rerank.skipped", error=type(error).__name__, why=str(error)[:200])
        return list(range(len(texts)))
    return np.argsort(-scores, kind="stable").tolist()
