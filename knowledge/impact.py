"""What a change of the articles does to questions with known answers: asked before and after, without an index. Pure but for `Impact`."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.confidence import Curve, curve
from knowledge.embed import Floats
from knowledge.entry import Entry
from knowledge.kept_vectors import load_vectors
from knowledge.lexical import Rows, Scores, identifiers
from knowledge.passages import Mask, PassageSet, base
from knowledge.probes import Asked, Probe, ProbeShelf, probes
from knowledge.ranking import rank
from knowledge.search import FETCH
from knowledge.trial import Trial

__all__ = [
    "Asked",
    "Change",
    "Impact",
    "Probe",
    "Report",
    "Standing",
    "View",
    "affected",
    "compare",
    "movable",
    "probes",
    "standings",
    "view",
]

Verdict = Literal["better", "worse", "other"]

TOP = 3
_BLOCK = 256  # questions in one matrix product
_CERTAIN = FETCH + 1  # one more than is fetched: the cosines of two products may differ in their last digit
_URGENCY: dict[Verdict, int] = {"worse": 0, "better": 1, "other": 2}


@dataclass(frozen=True, slots=True)
class View:
    """Passages and their vectors, row by row."""

    passages: PassageSet
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question comes out: the best articles in order, the score of the first, and whether it is replied on."""

    articles: tuple[str, ...]
    score: float
    answerable: bool

    @property
    def article(self) -> str | None:
        return self.articles[0] if self.articles else None


@dataclass(frozen=True, slots=True)
class Change:
    """A question that comes out otherwise."""

    probe: Probe
    before: Standing
    after: Standing
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """`asked` of `total` questions had their vectors already."""

    asked: int
    total: int
    changes: tuple[Change, ...]


def affected(before: PassageSet, after: PassageSet, asked: Asked, vectors: Mapping[str, Floats], today: date) -> tuple[Change, ...]:
    """The questions that come out otherwise with `after`. `vectors` are those of the passages of both, by id (kept_vectors)."""
    was, now = view(before, vectors, asked), view(after, vectors, asked)
    old = standings(was, asked, today)
    return compare(old, standings(now, asked, today, old, movable(was, now, asked)), asked.probes)


def compare(before: Sequence[Standing], after: Sequence[Standing], asked: Sequence[Probe]) -> tuple[Change, ...]:
    """Those whose best article, answerability or hold on an expected article changed; the worst news first."""
    found: list[Change] = []
    for probe, old, new in zip(asked, before, after, strict=True):
        moved = _met(probe, old) != _met(probe, new)
        if moved or old.article != new.article or old.answerable != new.answerable:
            found.append(Change(probe, old, new, _verdict(probe, old, new)))
    return tuple(sorted(found, key=lambda change: (_URGENCY[change.verdict], change.probe.id)))


def _met(probe: Probe, standing: Standing) -> bool:
    return not set(probe.expected).isdisjoint(standing.articles[:TOP])


def _verdict(probe: Probe, old: Standing, new: Standing) -> Verdict:
    was, now = _worth(probe, old), _worth(probe, new)
    if not probe.expected or was == now:
        return "other"
    return "better" if now > was else "worse"


def _worth(probe: Probe, standing: Standing) -> tuple[bool, bool, bool]:
    """Found first beats found at all; being sure is good of the right article and bad of a wrong one."""
    right = standing.article in probe.expected
    return _met(probe, standing), right, standing.answerable is right


def view(passages: PassageSet, vectors: Mapping[str, Floats], asked: Asked) -> View:
    """A passage that has no vector is near to nothing."""
    dim = asked.vectors.shape[1]
    missing = np.zeros(dim, np.float32)
    return View(passages, np.array([vectors.get(entry.id, missing) for entry in passages.entries], np.float32).reshape(-1, dim))


def standings(
    seen: View, asked: Asked, today: date, old: Sequence[Standing] | None = None, movable: Mask | None = None
) -> tuple[Standing, ...]:
    """How each question comes out for a customer of its market. With `old` and `movable`, only the movable ones are asked again."""
    found: list[Standing] = list(old or [Standing((), 0.0, False)] * len(asked.probes))
    rows = np.arange(len(asked.probes)) if movable is None else np.flatnonzero(movable)
    sure = curve()
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        for row, cosines in zip(block.tolist(), asked.vectors[block] @ seen.vectors.T, strict=True):
            found[row] = _standing(seen.passages, asked.probes[row], cosines, today, sure)
    return tuple(found)


def movable(before: View, after: View, asked: Asked) -> Mask:
    """Which questions may come out otherwise: those near to a changed article, and those that share its language, names or intents.

    No estimate: whatever a ranking looks at is the same for all others.
    """
    changed = _changed(before.passages, after.passages)
    ids = {entry.id for entry in changed}
    languages = {base(entry.language) for entry in changed}
    intents = {intent for entry in changed for intent in entry.intents}
    names = _names(before.passages, ids) | _names(after.passages, ids)
    shared = [
        base(probe.language) in languages or not intents.isdisjoint(probe.intents) or not names.isdisjoint(identifiers(probe.text))
        for probe in asked.probes
    ]
    # An article is ranked by all its translations together: where one comes or goes, the others count otherwise.
    articles = _shapes(before.passages, changed) ^ _shapes(after.passages, changed)
    moved = ids, {article for article, *_ in articles}
    return np.asarray(shared, np.bool_) | _near(before, *moved, asked) | _near(after, *moved, asked)


def _changed(before: PassageSet, after: PassageSet) -> list[Entry]:
    gone = [entry for entry in before.entries if entry.id not in after.row_of]
    return gone + [entry for entry in after.entries if entry.id not in before.row_of]


def _shapes(passages: PassageSet, changed: Sequence[Entry]) -> set[tuple[object, ...]]:
    """Which translations of the changed articles there are, and who may see them."""
    articles = {entry.article for entry in changed}
    found = (entry for entry in passages.entries if entry.article in articles)
    return {(e.article, base(e.language), e.audience, e.markets, e.valid_from, e.valid_to) for e in found}


def _names(passages: PassageSet, ids: Collection[str]) -> set[str]:
    return {name for name, rows in passages.named.items() if any(passages.entries[row].id in ids for row in rows.tolist())}


def _near(seen: View, ids: Collection[str], articles: Collection[object], asked: Asked) -> Mask:
    """Whether a search fetches any of these passages, or any of these articles."""
    own = np.asarray([entry.id in ids or entry.article in articles for entry in seen.passages.entries], np.bool_)
    found = np.ones(len(asked.probes), np.bool_)
    if len(own) <= _CERTAIN:
        return found
    for start in range(0, len(asked.probes), _BLOCK):
        cosines = asked.vectors[start : start + _BLOCK] @ seen.vectors.T
        last = np.partition(cosines, -_CERTAIN, axis=1)[:, -_CERTAIN]
        found[start : start + _BLOCK] = (cosines[:, own] >= last[:, None]).any(axis=1)
    return found


def _standing(passages: PassageSet, probe: Probe, cosines: Scores, today: date, sure: Curve) -> Standing:
    if not passages.entries:
        return Standing((), 0.0, False)
    mask = passages.mask("customer", probe.market, today)
    ranked = rank(passages, mask, _nearest(passages, mask, cosines), probe.text, probe.language, probe.intents, TOP)
    if not ranked:
        return Standing((), 0.0, False)
    score = round(sure.score(ranked[0].signals), 4)
    return Standing(tuple(passages.entries[hit.row].article for hit in ranked), score, score >= sure.threshold)


def _nearest(passages: PassageSet, mask: Mask, cosines: Scores) -> tuple[Rows, Scores]:
    """As many as a search fetches, for the confidence rests on them too; all of them when too few are this customer's."""
    rows = np.argpartition(-cosines, FETCH)[:FETCH] if len(cosines) > FETCH else np.arange(len(cosines))
    if len(cosines) > FETCH and len(np.unique(passages.topic_of[rows[mask[rows]]])) < TOP:
        rows = np.arange(len(cosines))
    best = rows[np.argsort(-cosines[rows], kind="stable")].astype(np.int32)
    return best, cosines[best]


class Impact:
    """The impact of drafts on the active snapshot; what the snapshot itself says is worked out once."""

    def __init__(self, engine: AsyncEngine, fingerprint: str, shelf: ProbeShelf) -> None:
        self._engine = engine
        self._fingerprint = fingerprint
        self._shelf = shelf
        self._vectors: tuple[str, dict[str, Floats]] = "", {}
        self._before: tuple[tuple[str, int, date], tuple[Standing, ...]] | None = None

    async def of(self, trial: Trial, today: date) -> Report:
        """What the trial's draft would change."""
        asked = await self._shelf.ready()
        vectors = await self._vectors_of(trial.before_passages)
        changes = await asyncio.to_thread(self._compare, trial, asked, vectors, today)
        return Report(len(asked.probes), asked.total, changes)

    def _compare(self, trial: Trial, asked: Asked, vectors: Mapping[str, Floats], today: date) -> tuple[Change, ...]:
        before, after = view(trial.before_passages, vectors, asked), view(trial.after_passages, {**vectors, **trial.vectors}, asked)
        key = trial.before_passages.snapshot, len(asked.probes), today
        held = self._before
        if held is None or held[0] != key:
            self._before = held = key, standings(before, asked, today)
        new = standings(after, asked, today, held[1], movable(before, after, asked))
        return compare(held[1], new, asked.probes)

    async def _vectors_of(self, passages: PassageSet) -> dict[str, Floats]:
        snapshot, held = self._vectors
        if snapshot != passages.snapshot:
            held = await load_vectors(self._engine, self._fingerprint, [entry.id for entry in passages.entries])
            self._vectors = passages.snapshot, held
        return held
