"""Hits become a ranking of articles, each shown by its best passage in the customer's language. Pure judgement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.lexical import Rows, Scores, identifiers
from knowledge.passages import Mask, PassageSet, base

Points = npt.NDArray[np.float64]

# Reciprocal rank fusion: sum of weight / (K + rank). Measured by `python -m knowledge.calibrate`.
K = 20
WORDS = 0.5
NAMED = 2.0 / K
FIRST_INTENT, OTHER_INTENT = 0.4 / K, 0.2 / K
WORD_DEPTH = 50
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence in a hit rests on; `background` is the usual cosine of articles that are not the answer."""

    cosine: float
    background: float
    coverage: float
    worded: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage to show, by its row."""

    row: int
    signals: Signals


@dataclass(frozen=True, slots=True)
class Words:
    """Word matches of the query's own language: rows from best to worst, and the share of the query each covers."""

    rows: Rows
    coverage: Scores
    spoken: bool


def match_words(passages: PassageSet, mask: Mask, query: str, language: str) -> Words:
    """BM25 where query and passage share the language; across languages it ruins the ranking (measured)."""
    index = passages.lexical.get(base(language))
    if index is None:
        return Words(np.empty(0, np.int32), np.empty(0, np.float32), spoken=False)
    score, coverage = index.scores(query)
    score = np.where(mask[index.rows], score, 0)
    best = np.argsort(-score, kind="stable")[:WORD_DEPTH]
    best = best[score[best] > 0]
    return Words(index.rows[best], coverage[best], spoken=True)


def rank(
    passages: PassageSet,
    mask: Mask,
    dense: tuple[Rows, Scores],
    query: str,
    language: str,
    intents: Collection[str],
    k: int,
) -> list[Ranked]:
    """The `k` best articles. `dense` are rows and cosines from best to worst; rows outside `mask` are left out."""
    seen = mask[dense[0]]
    rows, cosines = dense[0][seen], dense[1][seen]
    words = match_words(passages, mask, query, language)
    named = _named(passages, mask, query)
    points = np.zeros(passages.topics)
    heard = _spread(points, passages.topic_of[rows], 1.0)
    _spread(points, passages.topic_of[words.rows], WORDS)
    points[named] += NAMED
    _favour(points, passages, mask, intents)
    near = _best(passages, rows, cosines)
    coverage = _best(passages, words.rows, words.coverage)
    background = _background(near[heard])
    order = [int(topic) for topic in np.argsort(-points, kind="stable")[:k] if points[topic] > 0]
    shown = _row_points(len(passages.entries), rows, words.rows)
    return [
        Ranked(
            _variant(passages, mask, shown, topic, language),
            Signals(float(near[topic]), background, float(coverage[topic]), words.spoken, topic in named),
        )
        for topic in order
    ]


def _spread(points: Points, topics: Rows, weight: float) -> Rows:
    """Adds each topic's share by the rank of its first hit; gives the topics in that order."""
    _, first = np.unique(topics, return_index=True)
    ordered = topics[np.sort(first)]
    points[ordered] += weight / (K + np.arange(len(ordered)))
    return ordered


def _named(passages: PassageSet, mask: Mask, query: str) -> list[int]:
    found: set[int] = set()
    for name in identifiers(query):
        rows = passages.named.get(name)
        if rows is not None:
            found.update(passages.topic_of[rows[mask[rows]]].tolist())
    return sorted(found)


def _favour(points: Points, passages: PassageSet, mask: Mask, intents: Collection[str]) -> None:
    """Articles written for the intent move up, most of all where it is their first; only those found otherwise too."""
    bonus = np.zeros(passages.topics)
    for intent in intents:
        rows = passages.intended.get(intent, np.empty(0, np.int32))
        for topic in np.unique(passages.topic_of[rows[mask[rows]]]):
            first = any(passages.entries[row].intents[:1] == (intent,) for row in _rows(passages, int(topic)))
            bonus[topic] = max(bonus[topic], FIRST_INTENT if first else OTHER_INTENT)
    points[points > 0] += bonus[points > 0]


def _rows(passages: PassageSet, topic: int) -> list[int]:
    return [row for rows in passages.variants[topic].values() for row in rows]


def _best(passages: PassageSet, rows: Rows, scores: Scores) -> Points:
    found = np.zeros(passages.topics)
    np.maximum.at(found, passages.topic_of[rows], scores)
    return found


def _background(cosines: Points) -> float:
    return float(cosines[4:20].mean()) if len(cosines) > 6 else float("nan")


def _row_points(size: int, rows: Rows, worded: Rows) -> Points:
    points = np.zeros(size)
    points[rows] += 1 / (K + np.arange(len(rows)))
    points[worded] += WORDS / (K + np.arange(len(worded)))
    return points


def _variant(passages: PassageSet, mask: Mask, shown: Points, topic: int, language: str) -> int:
    """The passage of this topic to show: the customer's language, else English, else the one that was found."""
    variants = passages.variants[topic]
    found = max(_rows(passages, topic), key=lambda row: shown[row] * mask[row])
    for name in (base(language), FALLBACK_LANGUAGE):
        visible = [row for row in variants.get(name, ()) if mask[row]]
        if not visible:
            continue
        best = max(visible, key=lambda row: shown[row])
        return best if shown[best] > 0 else _beside(passages, variants[name], found, visible)
    return found


def _beside(passages: PassageSet, translated: list[int], found: int, visible: list[int]) -> int:
    """The visible passage nearest to where the found one stands in its own language."""
    own = passages.variants[int(passages.topic_of[found])][base(passages.entries[found].language)]
    place = own.index(found) / max(1, len(own) - 1) * max(1, len(translated) - 1)
    return min(visible, key=lambda row: abs(translated.index(row) - place))
