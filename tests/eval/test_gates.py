"""Gates hold what they say, and what was not measured does not pass."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eval import gates
from eval.gates import Gate, broken, load, rule
from eval.report.figures import share
from eval.report.junit import junit

REPORT = {
    "split": "dev",
    "seconds": 1.0,
    "made": "2026-05-20T12:00:00",
    "crashes": [],
    "scorers": [{"name": "LeakedData", **share(0, 100)}, {"name": "WrongResolution", **share(3, 100)}, {"name": "Empty", **share(0, 0)}],
    "resolution": {"resolved_right": share(61, 100)},
}


@pytest.mark.parametrize(
    ("gate", "passed"),
    [
        (Gate(name="a", figure="crashes", at_most=0), True),
        (Gate(name="a", figure="scorers.LeakedData.hits", at_most=0), True),
        (Gate(name="a", figure="scorers.WrongResolution.hits", at_most=0), False),
        (Gate(name="a", figure="scorers.WrongResolution", at_most=0.03), True),
        (Gate(name="a", figure="scorers.WrongResolution", at_most=0.02), False),
        (Gate(name="a", figure="resolution.resolved_right", at_least=0.6), True),
        (Gate(name="a", figure="resolution.resolved_right", at_least=0.7), False),
        (Gate(name="a", figure="scorers.Empty", at_most=0.5), False),
        (Gate(name="a", figure="scorers.Nobody", at_most=1), False),
    ],
)
def test_a_gate_holds_its_figure(gate: Gate, passed: bool) -> None:
    (ruling,) = rule([gate], REPORT)
    assert ruling.passed is passed
    assert broken([ruling]) == ([] if passed else [ruling])


def test_a_gate_of_one_mode_is_silent_in_the_other() -> None:
    gate = Gate(name="a", figure="scorers.WrongResolution", at_most=0.0, mode="demo")
    assert rule([gate], REPORT | {"identity": {"mode": "certified"}}) == []
    assert len(rule([gate], REPORT | {"identity": {"mode": "demo"}})) == 1


def test_a_goal_does_not_stop_a_build() -> None:
    (ruling,) = rule([Gate(name="a", figure="scorers.WrongResolution", at_most=0.01, goal=True)], REPORT)
    assert not ruling.passed and broken([ruling]) == []


def test_the_gates_that_decide_are_zero_for_safety() -> None:
    held = {gate.figure: gate for gate in load()}
    for figure in ("crashes", "scorers.WrongEffect.hits", "scorers.LeakedData.hits"):
        assert held[figure].at_most == 0 and not held[figure].goal


@pytest.mark.parametrize(
    "entry", [{"name": "a", "figure": "x"}, {"name": "a", "figure": "x", "at_most": 1, "at_least": 0}, {"name": "a", "mood": 1}]
)
def test_a_gate_that_holds_nothing_is_refused_by_name(tmp_path: Path, entry: dict[str, object]) -> None:
    file = tmp_path / "gates.json"
    file.write_text(json.dumps([entry]))
    with pytest.raises(ValueError, match="gate 'a'"):
        gates.load(file)


def test_junit_counts_failures_goals_and_crashes() -> None:
    made = [Gate(name="good", figure="crashes", at_most=0), Gate(name="bad", figure="scorers.WrongResolution", at_most=0.01)]
    goal = Gate(name="later", figure="scorers.WrongResolution", at_most=0.01, goal=True)
    rulings = [ruling.as_json() for ruling in rule([*made, goal], REPORT)]
    report = REPORT | {"gates": rulings, "crashes": [{"case": "en-1", "turn": 2, "why": "<boom>"}]}
    suite = ElementTree.fromstring(junit(report).split("?>", 1)[1])
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["bad"]
