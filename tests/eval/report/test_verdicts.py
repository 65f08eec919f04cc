"""A gate in words: what it says of itself follows from the figures alone."""

from typing import Any

import pytest

from eval.report import figures
from eval.report.page.verdicts import summary, verdict

Report = dict[str, Any]
REPORT: Report = {
    "turns": 500,
    "scorers": [
        {"name": "LeakedData", **figures.share(0, 400)},
        {"name": "WrongEffect", **figures.share(3, 500)},
        {"name": "Idle", **figures.share(0, 0)},
    ],
}


def rate(value: float, interval: tuple[float, float], limit: str, *, passed: bool, goal: bool = True, n: int = 500) -> Report:
    base = {"name": "Rate", "figure": "scorers.Rate", "why": "because", "bound": interval[1]}
    return base | {"value": value, "interval": interval, "limit": limit, "passed": passed, "goal": goal, "n": n}


def hits(scorer: str, value: float, *, passed: bool) -> Report:
    base = {"name": scorer, "figure": f"scorers.{scorer}.hits", "why": "because", "interval": None, "n": None, "bound": None}
    return base | {"value": value, "limit": "<= 0", "passed": passed, "goal": False}


@pytest.mark.parametrize(
    ("passed", "goal", "word", "sign"),
    [
        (True, False, "Holds", "yes"),
        (False, False, "Broken", "no"),
        (True, True, "Goal reached", "yes"),
        (False, True, "Goal not reached", "short"),
    ],
)
def test_every_verdict_has_its_word_and_sign(passed: bool, goal: bool, word: str, sign: str) -> None:
    told = verdict(REPORT, rate(0.1, (0.08, 0.12), "<= 0.2", passed=passed, goal=goal))
    assert (told.word, told.sign) == (word, sign)


@pytest.mark.parametrize(
    ("limit", "interval", "certainty"),
    [
        ("<= 0.2", (0.08, 0.12), "all within the limit"),
        ("<= 0.01", (0.08, 0.12), "all beyond the limit"),
        ("<= 0.1", (0.08, 0.12), "may be chance"),
        (">= 0.6", (0.7, 0.8), "all within the limit"),
        (">= 0.6", (0.4, 0.5), "all beyond the limit"),
    ],
)
def test_a_rate_says_how_sure_its_verdict_is(limit: str, interval: tuple[float, float], certainty: str) -> None:
    assert certainty in verdict(REPORT, rate(sum(interval) / 2, interval, limit, passed=True)).certainty


def test_a_count_of_none_is_not_proof_of_never() -> None:
    told = verdict(REPORT, hits("LeakedData", 0, passed=True))
    assert (told.measured, told.limit) == ("none in 400", "none allowed")
    assert told.certainty == "true rate below 0.7% (95% confidence)"
    assert "<svg" in told.picture


def test_what_never_came_up_was_not_measured() -> None:
    assert verdict(REPORT, hits("Idle", 0, passed=True)).word == "Not measured"
    assert verdict(REPORT, rate(0.0, (0.0, 1.0), "<= 0.2", passed=False, n=0)).sign == "none"


def test_the_headline_counts_gates_and_not_goals() -> None:
    gates = [hits("LeakedData", 0, passed=True), hits("WrongEffect", 3, passed=False), rate(0.5, (0.4, 0.6), "<= 0.2", passed=False)]
    told = summary(REPORT | {"gates": gates})
    assert told.headline == "1 of 2 gates does not hold"
    assert told.second == "0 of 1 goals reached."
    assert [gate.name for gate in told.gates] == ["WrongEffect", "LeakedData"]
    assert summary(REPORT | {"gates": gates[:1]}).headline == "The gate holds"
    assert summary(REPORT).sign == "none"
