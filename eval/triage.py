"""Every case read by a brain and judged by every scorer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agent.bootstrap import make_brain, open_embedder
from agent.domain.triage import Triage
from agent.ports import Brain
from agent.settings import Settings
from eval.case import Case
from eval.interval import Share
from eval.scorers import SCORERS, Scorer

#: Texts that are embedded together.
PAGE = 64
ALL = "all"


@dataclass(frozen=True, slots=True)
class Reading:
    """A case and how it was read; a crash has no reading and is counted apart, never as a wrong answer."""

    case: Case
    read: Triage | None
    crash: str = ""


def prepared_brain() -> Brain:
    """The brain of these settings. Raises NotReady with its cure."""
    settings = Settings.model_validate({})
    return make_brain(settings, open_embedder(settings))


async def read_all(brain: Brain, cases: Sequence[Case], progress: Callable[[int], None] = lambda done: None) -> list[Reading]:
    """Without a hint of the language: each case is a conversation's first message."""
    done: list[Reading] = []
    for start in range(0, len(cases), PAGE):
        done += await _page(brain, cases[start : start + PAGE])
        progress(len(done))
    return done


async def _page(brain: Brain, cases: Sequence[Case]) -> list[Reading]:
    try:
        read = await brain.triage_texts([case.text for case in cases], [None] * len(cases))
    except Exception as error:  # any crash is a result of the evaluation
        if len(cases) == 1:
            return [Reading(cases[0], None, f"{type(error).__name__}: {error}")]
        return [reading for case in cases for reading in await _page(brain, [case])]
    return [Reading(case, found) for case, found in zip(cases, read, strict=True)]


def failed(readings: Sequence[Reading], scorer: Scorer) -> Iterator[Reading]:
    """The readings this scorer judges and finds wrong."""
    return (item for item in readings if item.read and scorer.applies(item.case) and scorer.fails(item.case, item.read))


def by_language(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """The readings of each language, and of all under "all"."""
    groups: dict[str, list[Reading]] = {}
    for item in readings:
        groups.setdefault(item.case.language.value, []).append(item)
    return {**groups, ALL: list(readings)}


def shares(readings: Sequence[Reading]) -> dict[str, Share]:
    """Per scorer, the share of the judged cases that is wrong."""
    read = [item for item in readings if item.read]
    return {scorer.name: Share(sum(1 for _ in failed(read, scorer)), sum(scorer.applies(item.case) for item in read)) for scorer in SCORERS}


def figures(readings: Sequence[Reading]) -> dict[str, Any]:
    """JSON-ready: language -> crashes and, per scorer, wrong, n, rate and its 95 % interval."""
    return {
        language: {
            "cases": len(group),
            "crashes": sum(1 for item in group if not item.read),
            **{name: _row(share) for name, share in shares(group).items()},
        }
        for language, group in by_language(readings).items()
    }


def _row(share: Share) -> dict[str, Any]:
    return {"wrong": share.hits, "n": share.n, "rate": round(share.value, 4), "interval": [round(end, 4) for end in share.interval]}
