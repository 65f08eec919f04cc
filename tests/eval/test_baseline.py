"""Two runs side by side: the turns that broke are named, and chance is told from change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval import baseline
from eval.case import Case
from eval.identity import Identity
from eval.judge_run import judge
from eval.record import Record

IDENTITY = Identity(
    commit="a", source="b", data="c", brain="local", embedding="e", heads="h", prompts="p", knowledge="k", thresholds="t", mode="demo"
)


@pytest.fixture
def run(case: Callable[..., Case]) -> Callable[[str], list]:
    """Judged turns of four conversations; a letter a turn: r = resolved rightly, h = handed over for nothing."""

    def make(outcomes: str) -> list:
        cases = [case(id=f"en-{n}", gold={"outcomes": ["resolve"]}) for n in range(len(outcomes))]
        ends = {"r": "resolve", "h": "handoff"}
        return judge(cases, [Record(case=c.id, turn=0, outcome=ends[letter]) for c, letter in zip(cases, outcomes, strict=True)])

    return make


def test_what_broke_and_what_was_mended_is_named(run: Callable[[str], list], tmp_path: Path) -> None:
    file = baseline.write(tmp_path / "dev-demo.json", IDENTITY, run("rrhh"))
    before = baseline.load(file)
    assert before
    found = baseline.compare(before, run("hrrr"))
    row = next(row for row in found["rows"] if row["scorer"] == "NeedlessHandoff")
    assert (row["before"], row["after"], row["n"]) == (2, 1, 4)
    assert [item["case"] for item in found["broke"] if item["scorer"] == "NeedlessHandoff"] == ["en-0"]
    assert [item["case"] for item in found["mended"] if item["scorer"] == "NeedlessHandoff"] == ["en-2", "en-3"]


def test_cases_the_baseline_has_not_seen_are_left_out(run: Callable[[str], list], tmp_path: Path) -> None:
    before = baseline.load(baseline.write(tmp_path / "b.json", IDENTITY, run("rr")))
    assert before and baseline.compare(before, run("rrhh"))["compared"] == 2


def test_a_file_that_is_no_baseline_is_refused_with_its_cure(tmp_path: Path) -> None:
    assert baseline.load(tmp_path / "none.json") is None
    (tmp_path / "dev-demo.json").write_text("{}")
    with pytest.raises(ValueError, match="run --split dev --baseline"):
        baseline.load(tmp_path / "dev-demo.json")


def test_an_identity_is_a_key_that_the_commit_does_not_change() -> None:
    from dataclasses import replace

    assert replace(IDENTITY, commit="z").key == IDENTITY.key != replace(IDENTITY, heads="z").key
