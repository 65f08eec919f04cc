"""Where it goes wrong: every slice against the rest, corrected for looking at so many."""

from collections.abc import Sequence

from eval.judge_run import Judged
from eval.report.figures import DIMENSIONS, Figures, of_scorer
from eval.stats import Share, corrected, differs

#: The fears that are sliced.
WATCHED = ("WrongResolution", "NeedlessHandoff", "NeedlessQuestion", "MissedEscalation", "MissedIntent", "WrongLanguage")


def slices(judged: Sequence[Judged]) -> list[Figures]:
    """One row a slice and fear: its share, and how likely such a difference from the rest is by chance. `few` slices are not tested."""
    rows = [row for name in DIMENSIONS for row in _of(judged, name)]
    tested = [row for row in rows if not row["few"]]
    for row, p in zip(tested, corrected([row["p"] for row in tested]), strict=True):
        row["p_corrected"] = p
    return rows


def crossed(judged: Sequence[Judged], left: str, right: str, name: str) -> list[Figures]:
    """A fear over two dimensions at once, as for a heat map."""
    values: dict[tuple[str, str], list[Judged]] = {}
    for item in judged:
        for a in DIMENSIONS[left](item[0]):
            for b in DIMENSIONS[right](item[0]):
                values.setdefault((a, b), []).append(item)
    return [{left: a, right: b, **of_scorer(own, name)} for (a, b), own in sorted(values.items())]


def _of(judged: Sequence[Judged], dimension: str) -> list[Figures]:
    groups: dict[str, list[Judged]] = {}
    for item in judged:
        for value in DIMENSIONS[dimension](item[0]):
            groups.setdefault(value, []).append(item)
    return [row for value in sorted(groups) for row in _rows(judged, groups[value], dimension, value)]


def _rows(everything: Sequence[Judged], own: Sequence[Judged], dimension: str, value: str) -> list[Figures]:
    rows: list[Figures] = []
    for name in WATCHED:
        mine, all_of_it = of_scorer(own, name), of_scorer(everything, name)
        if mine["n"]:
            rest = Share(all_of_it["hits"] - mine["hits"], all_of_it["n"] - mine["n"])
            rows.append(
                {
                    "dimension": dimension,
                    "value": value,
                    "scorer": name,
                    **mine,
                    "p": differs(Share(mine["hits"], mine["n"]), rest),
                    "p_corrected": None,
                }
            )
    return rows
