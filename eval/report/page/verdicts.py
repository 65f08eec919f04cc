"""Gates and goals as sentences: does it hold, how sure is that, and the interval drawn against its limit."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from eval.report.charts import interval as chart
from eval.report.charts.svg import ceiling
from eval.report.figures import Figures
from eval.report.page.words import count, interval, percent

WORDS: Final = {(True, False): "Holds", (False, False): "Broken", (True, True): "Goal reached", (False, True): "Goal not reached"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`sign` is yes, no, short (a goal not reached) or none (not measured)."""

    name: str
    why: str
    word: str
    sign: str
    limit: str
    measured: str
    certainty: str
    picture: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    headline: str
    second: str
    sign: str
    gates: tuple[Verdict, ...]
    goals: tuple[Verdict, ...]


def summary(report: Figures) -> Summary:
    rows = [(gate["goal"], verdict(report, gate)) for gate in report.get("gates") or ()]
    rows.sort(key=lambda item: item[1].sign == "yes")  # what does not hold is read first
    gates = tuple(row for goal, row in rows if not goal)
    goals = tuple(row for goal, row in rows if goal)
    broken, reached = sum(row.sign != "yes" for row in gates), sum(row.sign == "yes" for row in goals)
    return Summary(
        headline=_headline(len(gates), broken),
        second=f"{reached} of {len(goals)} goals reached." if goals else "",
        sign="none" if not gates else "no" if broken else "yes",
        gates=gates,
        goals=goals,
    )


def _headline(gates: int, broken: int) -> str:
    if not gates:
        return "No gate was applied to this run"
    if broken:
        return f"{broken} of {gates} gates {'does' if broken == 1 else 'do'} not hold"
    return f"All {gates} gates hold" if gates > 1 else "The gate holds"


def verdict(report: Figures, gate: Figures) -> Verdict:
    row = _share(report, gate)
    told = gate["value"] is not None and bool(row["n"] if row else report["turns"])
    sign = "none" if not told else "yes" if gate["passed"] else "short" if gate["goal"] else "no"
    return Verdict(
        name=gate["name"],
        why=gate["why"],
        word="Not measured" if sign == "none" else WORDS[bool(gate["passed"]), bool(gate["goal"])],
        sign=sign,
        limit=_limit(gate),
        measured=_measured(gate, row) if told else "nothing to measure",
        certainty=_certainty(gate, row, report) if told else "what is not measured does not hold",
        picture=_picture(gate, row) if told and row else Markup(""),
    )


def limit(gate: Figures) -> tuple[str, float]:
    """("<=", 0.01) from "<= 0.01"."""
    sign, value = gate["limit"].split()
    return sign, float(value)


def _limit(gate: Figures) -> str:
    sign, value = limit(gate)
    if not gate["interval"] and sign == "<=" and value == 0:
        return "none allowed"
    return f"{'at most' if sign == '<=' else 'at least'} {percent(value) if gate['interval'] else count(value)}"


def _share(report: Figures, gate: Figures) -> Figures | None:
    """The share that is drawn: the gate's own, or that of the fear whose cases it counts."""
    if gate["interval"]:
        return {"rate": gate["value"], "wilson": gate["interval"], "n": gate["n"], "bound": gate["bound"], "few": False}
    steps = gate["figure"].split(".")
    if steps[0] != "scorers" or len(steps) < 2:
        return None
    return next((row for row in report["scorers"] if row["name"] == steps[1]), None)


def _measured(gate: Figures, row: Figures | None) -> str:
    if gate["interval"]:
        return f"{percent(gate['value'])} of {count(gate['n'])}"
    seen = count(gate["value"]) if gate["value"] else "none"
    return f"{seen} in {count(row['n'])}" if row else seen


def _certainty(gate: Figures, row: Figures | None, report: Figures) -> str:
    if gate["interval"]:
        return f"95% interval {interval(gate['interval'])}; {_against(gate)}"
    if row:
        return f"true rate below {percent(row['bound'])} (95% confidence)"
    return f"in {count(report['turns'])} turns"


def _against(gate: Figures) -> str:
    sign, at = limit(gate)
    low, high = gate["interval"]
    if low <= at <= high:
        return "the limit lies in it, so it may be chance"
    good = high < at if sign == "<=" else low > at
    return "all within the limit" if good else "all beyond the limit"


def _picture(gate: Figures, row: Figures) -> Markup:
    _, at = limit(gate)
    top = ceiling(max(row["wilson"][1], at, row["rate"], 0.0 if gate["interval"] else row["bound"]) * 1.05)
    told = f"{percent(row['rate'])}, interval {interval(row['wilson'])}, limit {_limit(gate)}"
    # A rate's gate looks at the interval; a count's at the exact bound.
    bound = None if gate["interval"] else row["bound"]
    drawn = chart.Line(title=gate["name"], told=told, value=row["rate"], band=tuple(row["wilson"]), bound=bound, limit=at)
    return chart.interval(drawn, chart.scale(top), labelled=True)
