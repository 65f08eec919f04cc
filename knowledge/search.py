"""A question becomes passages with sources: over-fetch by vector, mask, add word matches, one passage an article."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Audience
from knowledge.confidence import Curve, curve
from knowledge.embed import Embedder
from knowledge.entry import Entry
from knowledge.errors import IndexUnavailable
from knowledge.index import VectorIndex, Vectors
from knowledge.lexical import Rows, Scores
from knowledge.passages import Mask, PassageSet
from knowledge.ranking import Common, Ranked, rank
from knowledge.rerank import RERANKED, Reranker, reordered
from knowledge.shelf import ActiveShelf, Shelf
from knowledge.typical import typical_questions

_log = structlog.get_logger(__name__)

# Hits fetched before masking; every article brings a hit in each of its languages.
FETCH = 160
COMMON_FETCH = 1000
_WIDER = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """Evidence for a reply; `score` is how likely it answers the question, 0..1. `beside` belongs to it: another passage of its article."""

    id: str
    article: str
    language: str
    title: str
    heading: str
    text: str
    score: float
    intents: tuple[str, ...] = ()
    beside: Passage | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Passages from best to worst, one an article; `answerable` says whether the best is good enough to reply on."""

    passages: tuple[Passage, ...]
    answerable: bool
    snapshot: str


class Knowledge:
    """The knowledge base as a reader sees it; safe for any number of concurrent searches."""

    def __init__(
        self,
        shelf: AsyncEngine | Shelf,
        index: VectorIndex,
        embedder: Embedder,
        *,
        ttl: float = 1.0,
        reranker: Reranker | None = None,
        levelled: bool = True,
    ) -> None:
        """A database means its active snapshot, looked up again after `ttl` seconds. Not `levelled` where questions are not those to a shop."""
        self._shelf = ActiveShelf(shelf, ttl) if isinstance(shelf, AsyncEngine) else shelf
        self._index = index
        self._embedder = embedder
        self._reranker = reranker
        self._levelled = levelled
        self._curve = curve()
        self._usual: tuple[str, tuple[Rows, Scores]] | None = None

    async def search(
        self,
        query: str,
        *,
        language: str,
        today: date,
        market: str | None = None,
        audience: Audience = "customer",
        k: int = 5,
        vector: Vectors | None = None,
        intents: Collection[str] = (),
        products: Collection[str] | None = None,
    ) -> SearchResult:
        """The `k` best articles for a question, in the customer's language where they have it, else English.

        `vector` is the question's embedding when the caller has it already; `intents` favours articles written for them.
        `products` are the SKUs in question: passages about other products are hidden; None hides none.
        """
        passages = await self._shelf.current()
        if not passages.entries or not query.strip() or k < 1:
            return SearchResult((), False, passages.snapshot)
        if vector is None:
            vector = np.asarray((await self._embedder.queries([query]))[0], np.float32)
        mask, own = passages.about(passages.mask(audience, market, today), products)
        try:
            dense = await self._fetch(passages, mask, vector, max(k, RERANKED if self._reranker else 0))
        except IndexUnavailable as error:
            # Words alone still find something for an operator; the score says that it is no basis for a reply.
            _log.warning("knowledge.index.unavailable", error=str(error))
            dense = np.empty(0, np.int32), np.empty(0, np.float32)
        deep = max(k, RERANKED) if self._reranker else k
        ranked = rank(passages, mask, dense, query, language, intents, deep, own, await self._commonly(passages, vector))
        if self._reranker:
            order = await reordered(self._reranker, query, [passages.entries[hit.row].embedded for hit in ranked])
            ranked = [ranked[at] for at in order][:k]
        return _result(passages, ranked, self._curve)

    async def _commonly(self, passages: PassageSet, vector: Vectors) -> Common | None:
        """What is known before any question: asked once a snapshot."""
        questions = typical_questions(self._embedder.fingerprint) if self._levelled else None
        if questions is None:
            return None
        usual = self._usual  # another search may renew it while this one waits
        if usual is None or usual[0] != passages.snapshot:
            try:
                self._usual = usual = passages.snapshot, known(passages, await self._index.query(questions.usual, COMMON_FETCH))
            except IndexUnavailable:
                return None  # asked again next time
        return Common(*usual[1], float(vector @ questions.shop))

    async def _fetch(self, passages: PassageSet, mask: Mask, vector: Vectors, k: int) -> tuple[Rows, Scores]:
        """Rows and cosines from best to worst. Filters in the index are slow: fetch more and mask here."""
        count, everything = max(FETCH, 16 * k), 4 * len(passages.entries) + FETCH
        enough = min(k, len(np.unique(passages.topic_of[mask])))
        while True:
            hits = await self._index.query(vector, count)
            rows, scores = known(passages, hits)
            articles = len(np.unique(passages.topic_of[rows[mask[rows]]]))
            if articles >= enough or len(hits) < count or count >= everything:
                return rows, scores
            count = min(count * _WIDER, everything)


def known(passages: PassageSet, hits: list[tuple[str, float]]) -> tuple[Rows, Scores]:
    """The hits that belong to this snapshot; the index holds those of older and coming ones too."""
    found = [(row, score) for id_, score in hits if (row := passages.row_of.get(id_)) is not None]
    return np.asarray([row for row, _ in found], np.int32), np.asarray([score for _, score in found], np.float32)


def _result(passages: PassageSet, ranked: list[Ranked], curve: Curve) -> SearchResult:
    shown: list[Passage] = []
    for hit in ranked:
        score = curve.score(hit.signals)
        # Falling along the ranking, which also knows about intents and names.
        score = round(min([score, *(passage.score for passage in shown[-1:])]), 4)
        beside = None if hit.beside is None else _passage(passages.entries[hit.beside], score)
        shown.append(_passage(passages.entries[hit.row], score, beside))
    return SearchResult(tuple(shown), bool(shown) and shown[0].score >= curve.threshold, passages.snapshot)


def _passage(entry: Entry, score: float, beside: Passage | None = None) -> Passage:
    return Passage(entry.id, entry.article, entry.language, entry.title, entry.heading, entry.text, score, entry.intents, beside)
