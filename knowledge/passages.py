"""The passages of one snapshot in memory: who may see which, which are translations of each other, which words they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.article import Audience, countries
from knowledge.entry import Entry
from knowledge.lexical import Rows, WordIndex, identifiers

Mask = npt.NDArray[np.bool_]

_LEVEL: dict[str, int] = {"customer": 0, "operator": 1, "internal": 2}
_CACHED_MASKS = 256
_NONE: Rows = np.empty(0, np.int32)


def base(language: str) -> str:
    """`pt` for `pt-BR`: regional variants share their words."""
    return language.casefold().replace("_", "-").partition("-")[0]


class PassageSet:
    """Immutable after it is built; rows number the passages, topics number the articles."""

    def __init__(self, snapshot: str, entries: Sequence[Entry], fingerprint: str = "") -> None:
        self.snapshot = snapshot
        self.fingerprint = fingerprint
        self.entries = tuple(entries)
        self.row_of = {entry.id: row for row, entry in enumerate(self.entries)}
        topics: dict[str, int] = {}
        self.topic_of = np.asarray([topics.setdefault(e.article, len(topics)) for e in self.entries], dtype=np.int32)
        self.topics = len(topics)
        self.variants = self._variants()
        # An edition is an article in one language.
        editions: dict[tuple[int, str], int] = {}
        pairs = zip(self.topic_of.tolist(), (base(entry.language) for entry in self.entries), strict=True)
        self.edition_of = np.asarray([editions.setdefault(pair, len(editions)) for pair in pairs], dtype=np.int32)
        self.topic_of_edition = np.asarray([topic for topic, _ in editions], dtype=np.int32)
        self.language_of_edition = np.asarray([language for _, language in editions], dtype=np.str_)
        self.words = {name: WordIndex(rows, self._texts(rows)) for name, rows in self._by_language().items()}
        self.named = _collect((name, row) for row, e in enumerate(self.entries) for name in self._names(e))
        self.made_for = _collect((sku.upper(), row) for row, e in enumerate(self.entries) for sku in e.products)
        self._for_all = np.asarray([not e.products for e in self.entries], dtype=np.bool_)
        later = _collect((intent, row) for row, e in enumerate(self.entries) for intent in e.intents)
        first = _collect((intent, row) for row, e in enumerate(self.entries) for intent in e.intents[:1])
        # Rows of articles that name an intent at all, and of those that name it first.
        self.intended = {intent: (rows, first.get(intent, rows[:0])) for intent, rows in later.items()}
        self._level = np.asarray([_LEVEL[e.audience] for e in self.entries], dtype=np.int8)
        self._from = np.asarray([(e.valid_from or date.min).toordinal() for e in self.entries], dtype=np.int32)
        self._to = np.asarray([(e.valid_to or date.max).toordinal() for e in self.entries], dtype=np.int32)
        self._masks: dict[tuple[str, str | None, date], Mask] = {}

    def mask(self, audience: Audience, market: str | None, today: date) -> Mask:
        """Which rows this reader may see today; operators see what customers see, `internal` sees all.

        Without a known market, passages of all markets count: a right must not be hidden from those who have it.
        """
        key = audience, market, today
        found = self._masks.get(key)
        if found is None:
            if len(self._masks) >= _CACHED_MASKS:
                self._masks.clear()
            day = today.toordinal()
            found = (self._level <= _LEVEL[audience]) & (self._from <= day) & (day <= self._to)
            found &= self._sold_in(market)
            self._masks[key] = found
        return found

    def about(self, mask: Mask, products: Collection[str] | None) -> tuple[Mask, Rows]:
        """What of `mask` may be shown about these SKUs, and which of its rows were written for one of them.

        None: nobody knows what it is about, so nothing is hidden.
        """
        if products is None:
            return mask, _NONE
        own = [self.made_for[sku.upper()] for sku in products if sku.upper() in self.made_for]
        rows = np.unique(np.concatenate(own)) if own else _NONE
        rows = rows[mask[rows]]
        shown = mask & self._for_all
        shown[rows] = True
        return shown, rows

    def _sold_in(self, market: str | None) -> Mask:
        wanted = set(countries((market,))) if market else None
        return np.asarray([not wanted or not e.markets or not wanted.isdisjoint(e.markets) for e in self.entries], dtype=np.bool_)

    def _variants(self) -> list[dict[str, list[int]]]:
        found: list[dict[str, list[int]]] = [{} for _ in range(self.topics)]
        for row in sorted(range(len(self.entries)), key=lambda row: self.entries[row].position):
            found[int(self.topic_of[row])].setdefault(base(self.entries[row].language), []).append(row)
        return found

    def _by_language(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(self.entries):
            found[base(entry.language)].append(row)
        return found

    def _texts(self, rows: Iterable[int]) -> Iterable[str]:
        return (self.entries[row].embedded for row in rows)

    @staticmethod
    def _names(entry: Entry) -> set[str]:
        return identifiers(f"{entry.embedded} {' '.join(entry.products)}") | {sku.upper() for sku in entry.products}


def _collect(pairs: Iterable[tuple[str, int]]) -> dict[str, Rows]:
    found: dict[str, list[int]] = defaultdict(list)
    for name, row in pairs:
        found[name].append(row)
    return {name: np.asarray(rows, dtype=np.int32) for name, rows in found.items()}
