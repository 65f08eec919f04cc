"""What the agent may do alone, remedy by remedy, with the curve that decided it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eval.certify import ROOM
from eval.report.charts.risk_coverage import risk_coverage
from eval.report.figures import Figures
from eval.report.page.words import count, percent, plain
from eval.stats import upper_bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    name: str
    certified: bool
    told: str
    picture: Markup
    #: Some points of the curve, as a table beside the picture.
    points: Sequence[Figures]
    chosen: float | None


def remedies(certificates: Sequence[Figures] | None) -> list[Remedy] | None:
    """Certified ones first; None when nothing was calibrated."""
    if certificates is None:
        return None
    return sorted((_remedy(item) for item in certificates), key=lambda item: not item.certified)


def _remedy(item: Figures) -> Remedy:
    chosen, name = item["chosen"], plain(item["kind"])
    return Remedy(
        name=name,
        certified=chosen is not None,
        told=_allowed(item) if chosen else _refused(item),
        picture=risk_coverage(item, f"Risk and coverage: {name}") if item["served"] else Markup(""),
        points=_some([point for point in item["curve"] if point["n"]], chosen),
        chosen=chosen["minimum"] if chosen else None,
    )


def _allowed(item: Figures) -> str:
    chosen = item["chosen"]
    return (
        f"Alone when it is at least {chosen['minimum']:.2f} sure: {percent(chosen['coverage'])} of {count(item['served'])} turns, "
        f"{count(chosen['wrong'])} of {count(chosen['n'])} wrong; with 95% confidence below {percent(chosen['bound'])} "
        f"(limit {percent(item['limit'])})."
    )


def _refused(item: Figures) -> str:
    """Says what is missing: data, or being right."""
    limit = percent(item["limit"])
    if not item["served"]:
        return f"None certified: handed over. The calibration cases have no turn it resolved (limit {limit})."
    everything, needed = item["curve"][-1], needed_turns(item["limit"])
    start = f"None certified: handed over. {count(everything['wrong'])} of {count(everything['n'])} wrong at the lowest threshold"
    if item["served"] < needed:
        return f"{start}; to prove {limit} takes at least {count(needed)} turns, none of them wrong."
    return f"{start}; no threshold keeps the rate below {limit} with 95% confidence."


def needed_turns(limit: float) -> int:
    """The fewest turns with which a search for a threshold can begin."""
    counts = range(ROOM + 1, int(10 / limit))
    return counts[bisect_left(counts, True, key=lambda n: upper_bound(ROOM, n) <= limit)]


def _some(curve: list[Figures], chosen: Figures | None) -> list[Figures]:
    """Every tenth threshold, where n changes, and the certified one."""
    kept: list[Figures] = []
    for point in curve:
        tenth = round(point["minimum"] * 100) % 10 == 0
        if point is curve[0] or tenth or (chosen and point["minimum"] == chosen["minimum"]):
            kept.append(point)
    return kept
