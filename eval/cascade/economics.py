"""What the ways cost and how right they were, and whether the cascade loses anything against asking a large model every time. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from eval.cascade.way import Turned
from eval.case import Case
from eval.judge_run import judge
from eval.scorers import SAFETY
from eval.stats import Share, clustered, paired

#: A turn with one of these is wrong: it harmed somebody, or told the customer what is not so.
WRONG = (*SAFETY, "WrongResolution", "UnsupportedClaim", "WrongLanguage")
#: A turn with one of these was only not good enough.
NEEDLESS = ("NeedlessHandoff", "NeedlessQuestion")
#: 95 % of a normal distribution.
_Z = 1.96
#: The most, in points of share, that the cascade may lose for "no loss" to be said.
MARGIN = 0.01

Name = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One turn: what it cost, and what was wrong with it. Money in micro-euro."""

    case: str
    language: str
    calls: int
    steps: tuple[str, ...]
    tokens_in: int
    tokens_out: int
    cached: int
    cost: int
    crash: bool
    wrong: bool
    needless: bool
    handed_over: bool

    @property
    def right(self) -> bool:
        return not (self.crash or self.wrong or self.needless)


Played = Mapping[Name, Judged]


def judged(cases: Sequence[Case], turned: Sequence[Turned]) -> Played:
    """By case and turn."""
    language = {case.id: case.language for case in cases}
    verdicts = {
        (played.case.id, played.index): {name for name, verdict in found.items() if verdict and verdict.wrong}
        for played, found in judge(cases, [each.record for each in turned])
    }
    return {(t.record.case, t.record.turn): _judged(t, language[t.record.case], verdicts) for t in turned}


def _judged(turned: Turned, language: str, verdicts: Mapping[Name, set[str]]) -> Judged:
    record, calls = turned.record, turned.calls
    faults = verdicts.get((record.case, record.turn), set())
    return Judged(
        case=record.case,
        language=language,
        calls=len(calls),
        steps=tuple(f"{call.step} {call.size}" for call in calls),
        tokens_in=sum(call.tokens_in for call in calls),
        tokens_out=sum(call.tokens_out for call in calls),
        cached=sum(call.tokens_cached for call in calls),
        cost=sum(call.cost for call in calls),
        crash=bool(record.crash),
        wrong=bool(faults & set(WRONG)),
        needless=bool(faults & set(NEEDLESS)),
        handed_over=record.outcome == "handoff",
    )


def figures(played: Iterable[Judged]) -> dict[str, Any]:
    """Of one way: what a turn costs, and shares of turns with 95 % intervals that take whole conversations as one."""
    rows = list(played)
    n = max(1, len(rows))
    return {
        "turns": len(rows),
        "calls": sum(row.calls for row in rows),
        "calls_a_turn": round(sum(row.calls for row in rows) / n, 3),
        "tokens_in_a_turn": round(sum(row.tokens_in for row in rows) / n),
        "tokens_out_a_turn": round(sum(row.tokens_out for row in rows) / n),
        "cached_share": round(sum(row.cached for row in rows) / max(1, sum(row.tokens_in for row in rows)), 3),
        "euro_a_thousand_turns": round(sum(row.cost for row in rows) / n / 1000, 3),
        "steps": dict(Counter(step for row in rows for step in row.steps).most_common()),
        "right": _share(rows, lambda row: row.right),
        "wrong": _share(rows, lambda row: row.wrong or row.crash),
        "needless": _share(rows, lambda row: row.needless),
        "handed_over": _share(rows, lambda row: row.handed_over),
        "crashes": sum(row.crash for row in rows),
    }


def _share(rows: Sequence[Judged], counts: Callable[[Judged], bool]) -> dict[str, Any]:
    groups: dict[str, list[bool]] = {}
    for row in rows:
        groups.setdefault(row.case, []).append(counts(row))
    low, high = clustered([(sum(group), len(group)) for group in groups.values()])
    share = Share(sum(map(sum, groups.values())), len(rows))
    return {"hits": share.hits, "share": round(share.value, 4), "interval": [round(low, 4), round(high, 4)]}


def by_language(played: Iterable[Judged]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Judged]] = {}
    for row in played:
        groups.setdefault(row.language, []).append(row)
    kept = ("turns", "calls_a_turn", "euro_a_thousand_turns")
    return {
        language: {name: value for name, value in figures(rows).items() if name in kept}
        | {name: round(sum(counts(row) for row in rows) / len(rows), 4) for name, counts in _COUNTS.items()}
        for language, rows in sorted(groups.items())
    }


_COUNTS: Mapping[str, Callable[[Judged], bool]] = {
    "right": lambda row: row.right,
    "wrong": lambda row: row.wrong or row.crash,
    "needless": lambda row: row.needless,
}


def against(one: Played, other: Played) -> dict[str, Any]:
    """`one` beside `other`, turn by turn: its share of the calls and costs, and what it lost and won."""
    names = sorted(one.keys() & other.keys())
    pairs = [(one[name], other[name]) for name in names]
    lost = sum(b.right and not a.right for a, b in pairs)
    won = sum(a.right and not b.right for a, b in pairs)
    n = max(1, len(pairs))
    delta = (won - lost) / n
    spread = _Z * sqrt(max(won + lost - (won - lost) ** 2 / n, 0.0)) / n
    worse = sum((a.wrong or a.crash) and not (b.wrong or b.crash) for a, b in pairs)
    better = sum((b.wrong or b.crash) and not (a.wrong or a.crash) for a, b in pairs)
    return {
        "calls_share": _ratio(pairs, lambda row: row.calls),
        "cost_share": _ratio(pairs, lambda row: row.cost),
        "lost": lost,
        "won": won,
        "right_difference": round(delta, 4),
        "right_difference_interval": [round(delta - spread, 4), round(delta + spread, 4)],
        "newly_wrong": worse,
        "no_longer_wrong": better,
        "p": round(paired([b.right for _, b in pairs], [a.right for a, _ in pairs]), 4),
        "no_loss": delta - spread >= -MARGIN,
    }


def _ratio(pairs: Sequence[tuple[Judged, Judged]], of: Callable[[Judged], int]) -> float:
    return round(sum(of(a) for a, _ in pairs) / max(1, sum(of(b) for _, b in pairs)), 4)
