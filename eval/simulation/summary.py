"""How reliably the goals were met: pass^k over seeds, by goal and by language, and the talks that failed."""

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

from eval.simulation.play import Played
from eval.stats import Share, pass_k

#: Failing talks that are given in full.
MOST_FAILURES = 200


def summary(played: Sequence[Played], seeds: int) -> dict[str, Any]:
    """Ready for JSON. Talks that the customer spoiled are counted apart, and in no rate."""
    told = [item for item in played if not item.spoiled]
    return {
        "seeds": seeds,
        "all": _figures(told, seeds),
        "goals": _groups("goal", told, seeds, lambda item: item.who.goal.id),
        "by_language": {row.pop("language"): row for row in _groups("language", told, seeds, lambda item: item.who.language)},
        "failures": [_failure(item) for item in told if item.why][:MOST_FAILURES],
        "spoiled": [{**_about(item), "why": item.spoiled} for item in played if item.spoiled],
    }


def _groups(name: str, played: Sequence[Played], seeds: int, key: Callable[[Played], str]) -> list[dict[str, Any]]:
    groups: dict[str, list[Played]] = {}
    for item in played:
        groups.setdefault(key(item), []).append(item)
    return [{name: group, **_figures(items, seeds)} for group, items in groups.items()]


def _figures(played: Sequence[Played], seeds: int) -> dict[str, Any]:
    """`demanded`: customers who had to ask for a person. `turns`: mean number of their messages until the end."""
    share = Share(sum(item.passed for item in played), len(played))
    low, high = share.interval
    ends: dict[str, int] = {}
    for item in played:
        ends[item.end.value] = ends.get(item.end.value, 0) + 1
    return {
        "tries": share.n,
        "passed": share.hits,
        "pass_k": _pass_k(played, seeds),
        "wilson": [round(low, 4), round(high, 4)],
        "turns": round(fmean(item.turns for item in played), 2) if played else 0.0,
        "demanded": sum(item.demanded for item in played),
        "ends": ends,
    }


def _pass_k(played: Sequence[Played], seeds: int) -> dict[str, float]:
    """Mean over tasks, a task being one goal in one language. A task with fewer tries than k says nothing about k."""
    tasks: dict[tuple[str, str], list[bool]] = {}
    for item in played:
        tasks.setdefault((item.who.goal.id, item.who.language), []).append(item.passed)
    found: dict[str, float] = {}
    for k in range(1, seeds + 1):
        rates = [pass_k(sum(tries), len(tries), k) for tries in tasks.values() if len(tries) >= k]
        if rates:
            found[str(k)] = round(fmean(rates), 4)
    return found


def _failure(item: Played) -> dict[str, Any]:
    return {
        **_about(item),
        "temper": item.who.temper.value,
        "end": item.end.value,
        "why": "; ".join(item.why),
        "talk": [{"who": speaker, "text": text} for speaker, text in item.talk],
    }


def _about(item: Played) -> dict[str, Any]:
    return {"goal": item.who.goal.id, "language": item.who.language, "seed": item.who.seed}
