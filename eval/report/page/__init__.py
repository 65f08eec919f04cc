"""The report as one self-contained HTML page: no script, no other file. Whatever comes from cases and models is escaped."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.report.charts.share_bar import share_bar
from eval.report.charts.spread import hatch, spread
from eval.report.figures import Figures
from eval.report.page import beside, certified, fears, matrix, sliced, talk, verdicts, words

TEMPLATES = Path(__file__).parent / "templates"


def page(report: Figures) -> str:
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            verdict=verdicts.summary(report),
            remedies=certified.remedies(report.get("certificates")),
            fears=fears.table(report),
            calibration=fears.calibration(report),
            matrices=matrix.matrices(report),
            slices=sliced.tables(report),
            standing_out=sliced.standing_out(report),
            crossed=sliced.crossed(report),
            ungrounded=talk.failing(report, "UnsupportedClaim"),
            failing=[found for name in report["failures"] if name != "UnsupportedClaim" and (found := talk.failing(report, name))],
            baseline=beside.baseline(report),
            suites=beside.suites(report),
            simulation=beside.simulation(report),
            judge=beside.judge(report),
            identity_words=words.IDENTITY,
            share_bar=share_bar,
            spread=spread,
            hatch=hatch(),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update({name: getattr(words, name) for name in words.__all__})
    return made
