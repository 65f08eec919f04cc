"""Hits become a ranking of articles, each shown by its best passage in the customer's language. Pure judgement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.lexical import Rows, Scores, identifiers
from knowledge.passages import Mask, PassageSet, base

Points = npt.NDArray[np.float64]

# An article's points are its nearness plus these. Adding the share of words covered beats reciprocal rank fusion with
# BM25 in all languages tried (recall@1 on XQuAD, same language: en .976 against .954, de .963/.922, ru .950/.872,
# zh .963/.941, ar .933/.883, all at weight .1); it stays within one language, for across languages a word match means little.
# At .05 less is won at the first place (-.006 on average), but at the fifth no pair is worse than without words, and reworded
# questions are found better (stackfaq MRR .888 against .869).
WORDS = 0.05
NAMED = 0.15
PRODUCT = 0.03
FIRST_INTENT, OTHER_INTENT = 0.03, 0.02
# How much of its nearness to the common question an article has to give back. On our own questions as the agent asks them, recall@3 .949 -> .967,
# as much with the mean question of nine languages judging the tenth.
COMMON = 0.75
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence in a hit rests on; `cosine` is the article's nearness, `background` the usual one of articles that are not the answer.

    `common` is how near the article is to any question, `shop` how much the question is like those to a shop; both NaN where nobody knows.
    """

    cosine: float
    background: float
    coverage: float
    worded: bool
    named: bool
    common: float = float("nan")
    shop: float = float("nan")


@dataclass(frozen=True, slots=True)
class Common:
    """What is known beforehand: rows and cosines to the usual question, best first, and how much this one is like those to a shop."""

    rows: Rows
    cosines: Scores
    shop: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage to show, by its row. `beside` is the article's opening, or the next best passage when the opening is shown: an
    opening holds the rule, a section the case, and a question may be about either. None when the article has no other passage.
    """

    row: int
    signals: Signals
    beside: int | None = None


def rank(
    passages: PassageSet,
    mask: Mask,
    dense: tuple[Rows, Scores],
    query: str,
    language: str,
    intents: Collection[str],
    k: int,
    own: Rows | None = None,
    common: Common | None = None,
) -> list[Ranked]:
    """The `k` best articles. `dense` are rows and cosines from best to worst; rows outside `mask` are left out.

    `own` are rows written for the products in question.
    """
    seen = mask[dense[0]]
    rows, cosines = dense[0][seen], dense[1][seen]
    floor = float(cosines[-1]) if len(cosines) else 0.0  # what was not fetched is no nearer than the last that was
    near = _nearness(passages, mask, (rows, cosines), floor, language)
    worded, covered = _words(passages, mask, query, language)
    coverage = _best(passages, worded, covered, 0.0)
    named = _named(passages, mask, query)
    usual = _commonness(passages, mask, common, language)
    points = near - COMMON * np.nan_to_num(usual) + WORDS * coverage + _bonus(passages, mask, named, intents, own)
    met = np.unique(np.concatenate([passages.topic_of[rows], passages.topic_of[worded], np.asarray(named, np.int32)]))
    best = met[np.argsort(-points[met], kind="stable")[:k]].tolist()
    background = _background(passages, rows, near)
    shown = _row_points(len(passages.entries), (rows, cosines), floor, (worded, covered))
    found: list[Ranked] = []
    for topic in best:
        row = _variant(passages, mask, shown, topic, language)
        signals = Signals(
            cosine=float(near[topic]),
            background=background,
            coverage=float(coverage[topic]),
            worded=base(language) in passages.words,
            named=topic in named,
            common=float(usual[topic]),
            shop=common.shop if common else float("nan"),
        )
        found.append(Ranked(row, signals, _beside_of(passages, mask, shown, row)))
    return found


def _beside_of(passages: PassageSet, mask: Mask, shown: Points, row: int) -> int | None:
    own = passages.variants[int(passages.topic_of[row])][base(passages.entries[row].language)]
    others = [other for other in own if other != row and mask[other]]
    if not others:
        return None
    opening = others[0] if passages.entries[others[0]].position < passages.entries[row].position else None
    return opening if opening is not None and opening == own[0] else max(others, key=lambda other: shown[other])


def _words(passages: PassageSet, mask: Mask, query: str, language: str) -> tuple[Rows, Scores]:
    index = passages.words.get(base(language))
    if index is None:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    coverage = index.coverage(query)
    met = mask[index.rows] & (coverage > 0)
    return index.rows[met], coverage[met]


def _named(passages: PassageSet, mask: Mask, query: str) -> list[int]:
    found: set[int] = set()
    for name in identifiers(query):
        rows = passages.named.get(name)
        if rows is not None:
            found.update(passages.topic_of[rows[mask[rows]]].tolist())
    return sorted(found)


def _bonus(passages: PassageSet, mask: Mask, named: list[int], intents: Collection[str], own: Rows | None) -> Points:
    """Articles that hold a name of the question, those made for its product, and those for its intent, most where it is their first."""
    bonus = np.zeros(passages.topics)
    for intent in intents:
        for rows, points in zip(passages.intended.get(intent, ()), (OTHER_INTENT, FIRST_INTENT), strict=False):
            topics = passages.topic_of[rows[mask[rows]]]
            bonus[topics] = np.maximum(bonus[topics], points)
    bonus[named] += NAMED
    if own is not None:
        bonus[np.unique(passages.topic_of[own])] += PRODUCT
    return bonus


def _nearness(passages: PassageSet, mask: Mask, dense: tuple[Rows, Scores], floor: float, language: str) -> Points:
    """Of each article: halfway between its edition in the customer's language, else its nearest, and the mean of all its editions.

    Translations say the same in other words, so their mean is steadier than any of them. The gain is small: on 454 questions of our own in
    ten languages, recall@1 .789 -> .800 and recall@3 .912 -> .919.
    """
    editions = np.full(len(passages.topic_of_edition), floor)
    np.maximum.at(editions, passages.edition_of[dense[0]], dense[1])
    visible = np.zeros(len(editions), np.bool_)
    visible[passages.edition_of[mask]] = True
    topics, cosines = passages.topic_of_edition[visible], editions[visible]
    nearest = np.full(passages.topics, floor)
    np.maximum.at(nearest, topics, cosines)
    several = np.bincount(topics, minlength=passages.topics)
    mean = np.where(several > 0, np.bincount(topics, cosines, passages.topics) / np.maximum(several, 1), floor)
    spoken = passages.language_of_edition[visible] == base(language)
    nearest[topics[spoken]] = cosines[spoken]
    return (mean + nearest) / 2


def _commonness(passages: PassageSet, mask: Mask, common: Common | None, language: str) -> Points:
    """How near each article is to any question; NaN where nobody knows."""
    if common is None:
        return np.full(passages.topics, np.nan)
    seen = mask[common.rows]
    rows, cosines = common.rows[seen], common.cosines[seen]
    return _nearness(passages, mask, (rows, cosines), float(cosines[-1]) if len(cosines) else 0.0, language)


def _best(passages: PassageSet, rows: Rows, scores: Scores, floor: float) -> Points:
    found = np.full(passages.topics, floor)
    np.maximum.at(found, passages.topic_of[rows], scores)
    return found


def _background(passages: PassageSet, rows: Rows, near: Points) -> float:
    """The mean cosine of the 5th to 20th article; unknown where there are only a few."""
    cosines = np.sort(near[np.unique(passages.topic_of[rows])])[::-1]
    return float(cosines[4:20].mean()) if len(cosines) > 6 else float("nan")


def _row_points(size: int, dense: tuple[Rows, Scores], floor: float, words: tuple[Rows, Scores]) -> Points:
    """Points of each passage; zero where neither vector nor words found it."""
    points = np.zeros(size)
    points[dense[0]] = dense[1]
    near = points[words[0]]
    points[words[0]] = np.where(near > 0, near, floor) + WORDS * words[1]
    return points


def _variant(passages: PassageSet, mask: Mask, shown: Points, topic: int, language: str) -> int:
    """The passage of this topic to show: the customer's language, else English, else the one that was found."""
    variants = passages.variants[topic]
    everyone = (row for rows in passages.variants[topic].values() for row in rows)
    found = max((row for row in everyone if mask[row]), key=lambda row: shown[row])
    for name in (base(language), FALLBACK_LANGUAGE):
        visible = [row for row in variants.get(name, ()) if mask[row]]
        if not visible:
            continue
        best = max(visible, key=lambda row: shown[row])
        return best if shown[best] > 0 else _nearest(passages, variants[name], found, visible)
    return found


def _nearest(passages: PassageSet, translated: list[int], found: int, visible: list[int]) -> int:
    """The visible passage nearest to where the found one stands in its own language."""
    own = passages.variants[int(passages.topic_of[found])][base(passages.entries[found].language)]
    place = own.index(found) / max(1, len(own) - 1) * max(1, len(translated) - 1)
    return min(visible, key=lambda row: abs(translated.index(row) - place))
