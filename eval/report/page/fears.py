"""The table of fears, how often each came true, and how far sureness can be trusted."""

from dataclasses import dataclass

from markupsafe import Markup

from eval.report.charts import interval as chart
from eval.report.charts.reliability import reliability
from eval.report.charts.svg import ceiling
from eval.report.figures import Figures
from eval.report.page.words import interval, measured, percent, plain
from eval.scorers import SAFETY


@dataclass(frozen=True, slots=True, kw_only=True)
class Fear:
    name: str
    title: str
    told: str
    figures: Figures
    safety: bool
    shown: int
    picture: Markup


@dataclass(frozen=True, slots=True)
class Table:
    axis: Markup
    rows: tuple[Fear, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    picture: Markup
    told: str


def table(report: Figures) -> Table:
    rows = report["scorers"]
    top = ceiling(max((row["wilson"][1] for row in rows if row["n"] and not row["few"]), default=1.0))
    x = chart.scale(top, root=True)
    return Table(chart.axis(top, root=True), tuple(_fear(report, row, x) for row in rows))


def _fear(report: Figures, row: Figures, x: chart.Scale) -> Fear:
    name, pair = row["name"], row.get("clustered")
    drawn = chart.Line(
        title=plain(name),
        told=f"{measured(row)}, Wilson {interval(row['wilson'])}, exact bound {percent(row['bound'])}",
        value=row["rate"],
        band=tuple(row["wilson"]),
        clustered=tuple(pair) if pair else None,
        bound=row["bound"],
        few=row["few"],
    )
    return Fear(
        name=name,
        title=plain(name),
        told=" ".join(row["fear"].split()),
        figures=row,
        safety=name in SAFETY,
        shown=len(report["failures"].get(name, ())),
        picture=chart.interval(drawn, x) if row["n"] else Markup(""),
    )


def calibration(report: Figures) -> Calibration:
    bins, error = report["reliability"]["bins"], report["reliability"]["error"]
    return Calibration(reliability(bins), _told(bins, error))


def _told(bins: list[Figures], error: float) -> str:
    n = sum(item["n"] for item in bins)
    if not n:
        return "The agent resolved nothing alone, so there is nothing to compare."
    gap = sum((item["sure"] - item["rate"]) * item["n"] for item in bins) / n
    side = "surer than it is right" if gap > 0 else "less sure than it is right"
    return (
        f"On average the agent is {abs(gap) * 100:.1f} points {side}; the mean gap over the bins is {error * 100:.1f} points (n = {n:,})."
    )
