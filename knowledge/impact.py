"""What a change of the articles does to questions with known answers: asked before and after, without an index. Pure but for `Impact`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.confidence import Curve, curve
from knowledge.embed import Floats
from knowledge.kept_vectors import load_vectors
from knowledge.lexical import Rows, Scores
from knowledge.passages import Mask, PassageSet
from knowledge.probes import Asked, Probe, ProbeShelf, probes
from knowledge.ranking import Common, rank
from knowledge.search import COMMON_FETCH, FETCH
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
    "probes",
    "standings",
    "view",
]

Verdict = Literal["better", "worse", "other"]

TOP = 3
_BLOCK = 256  # questions in one matrix product
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
    return compare(standings(was, asked, today), standings(now, asked, today), asked.probes)


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


def standings(seen: View, asked: Asked, today: date) -> tuple[Standing, ...]:
    """How each question comes out for a customer of its market."""
    found: list[Standing] = []
    sure = curve()
    usual = _usual(seen, asked)
    for start in range(0, len(asked.probes), _BLOCK):
        block = asked.vectors[start : start + _BLOCK]
        for probe, vector, cosines in zip(asked.probes[start : start + _BLOCK], block, block @ seen.vectors.T, strict=True):
            common = Common(*usual, float(vector @ asked.typical.shop)) if asked.typical and usual else None
            found.append(_standing(seen.passages, probe, cosines, common, today, sure))
    return tuple(found)


def _usual(seen: View, asked: Asked) -> tuple[Rows, Scores] | None:
    """Rows and cosines to the usual question, best first: what search asks the index once a snapshot."""
    if asked.typical is None:
        return None
    cosines = seen.vectors @ asked.typical.usual
    rows = np.argsort(-cosines, kind="stable")[:COMMON_FETCH].astype(np.int32)
    return rows, cosines[rows]


def _standing(passages: PassageSet, probe: Probe, cosines: Scores, common: Common | None, today: date, sure: Curve) -> Standing:
    if not passages.entries:
        return Standing((), 0.0, False)
    mask = passages.mask("customer", probe.market, today)
    dense = _nearest(passages, mask, cosines)
    ranked = rank(passages, mask, dense, probe.text, probe.language, probe.intents, TOP, common=common)
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
        return compare(held[1], standings(after, asked, today), asked.probes)

    async def _vectors_of(self, passages: PassageSet) -> dict[str, Floats]:
        snapshot, held = self._vectors
        if snapshot != passages.snapshot:
            held = await load_vectors(self._engine, self._fingerprint, [entry.id for entry in passages.entries])
            self._vectors = passages.snapshot, held
        return held
