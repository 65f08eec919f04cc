"""Prompts then and now: laid out, played beside one another, told apart turn by turn; the record of what was evaluated."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from typer.testing import CliRunner

from agent.graph import build
from eval import prompt_diff, prompt_versions
from eval.case import Case
from eval.commands import prompts as command
from eval.judge_run import judge
from eval.prompt_versions import FOLDER, Evaluated, faults, lay_out, present, record, recorded
from eval.record import Record
from eval.stage import Stage
from prompts import load

GREET = (
    "---\nversion: 1\nmodel_class: small\noutput: {text: what is said}\nvariables: {note: untrusted}\n---\n%s\n<!-- user -->\n{{ note }}"
)
NONE = Evaluated(day="2026-11-22")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "triage.md").write_text((FOLDER / "triage.md").read_text() + "\nBe brief.")
    (folder / "judge.md").write_text((FOLDER / "judge.md").read_text())
    (folder / "write.md").write_text("no front matter")
    (folder / "greet.md").write_text(GREET % "Greet.")
    return folder


def test_another_folder_is_laid_out_with_todays_where_it_has_none(theirs: Path, tmp_path: Path) -> None:
    found = {change.name: change for change in lay_out(str(theirs), tmp_path / "out")}
    assert {name: found[name].state for name in ("triage", "judge", "write", "greet", "translate")} == {
        "triage": "changed",
        "judge": "same",
        "write": "unreadable",
        "greet": "gone",
        "translate": "new",
    }
    laid = present(tmp_path / "out")
    assert laid.keys() == present().keys() | {"greet"}
    assert laid["triage"].hash == found["triage"].before != found["triage"].after
    assert laid["write"].hash == present()["write"].hash


def test_a_commit_is_laid_out(tmp_path: Path) -> None:
    if subprocess.run(["git", "rev-parse", "HEAD"], cwd=FOLDER, capture_output=True, check=False).returncode:
        pytest.skip("not a git checkout")
    assert {change.name for change in lay_out("HEAD", tmp_path / "out")} >= {"triage", "translate"}


@pytest.mark.parametrize("against", ["no-such-thing", "--output=/tmp/x", "HEAD:prompts"])
def test_what_is_neither_folder_nor_commit_is_named(against: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither a folder nor a commit"):
        lay_out(against, tmp_path / "out")


class Prompted:
    """Reads with the words of the triage prompt: the one that is to be brief takes every cancellation for a greeting."""

    name = "prompted"

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def triage(self, turn: Any) -> Any:
        told = dict(load("triage").render(intents=[], flags=[], history="", message="", into=""))
        brief = "Be brief." in told["user"]
        heard = tuple(replace(said, text=said.text.replace("cancel_order", "greeting") if brief else said.text) for said in turn.messages)
        return await self._inner.triage(replace(turn, messages=heard))


async def test_what_a_prompt_changes_is_told_turn_by_turn(
    theirs: Path, tmp_path: Path, stage: Stage, case: Callable[..., Case], own: tuple[str, str]
) -> None:
    lay_out(str(theirs), tmp_path / "out")
    stage = replace(stage, brain=Prompted(stage.brain), graph=build(InMemorySaver()))
    number, mail = own
    cases = [
        case("cancel_order: please", gold={"outcomes": ["ask"], "intents": ["cancel_order"]}, id="en-1"),
        case(f"order_status: {number} {mail}", gold={"outcomes": ["resolve"], "intents": ["order_status"]}, id="en-2"),
        case("crash", gold={"outcomes": ["ask"]}, id="en-3"),
    ]
    steps: list[tuple[int, int]] = []
    before, asked = await prompt_diff.played(stage, cases, tmp_path / "out", lambda done, total: steps.append((done, total)))
    after, _ = await prompt_diff.played(stage, cases, FOLDER)
    assert asked == {"triage"} and steps[-1] == (3, 3)
    assert [record.crash[:12] for record in before] == ["", "", "RuntimeError"]
    found = prompt_diff.compare(judge(cases, before), judge(cases, after))
    assert found["turns"] == 2 and found["changed"]["intents"] == 1 and found["changed"]["reply"] == 1
    row = next(row for row in found["rows"] if row["scorer"] == "MissedIntent")
    assert (row["before"], row["after"], row["broke"], row["mended"]) == (1, 0, 0, 1)
    assert ("en-1", "MissedIntent") in {(item["case"], item["scorer"]) for item in found["mended"]} and not found["broke"]
    assert {(row["dimension"], row["value"]) for row in found["slices"]} >= {("language", "en"), ("intent", "cancel_order")}
    back = prompt_diff.compare(judge(cases, after), judge(cases, before))
    assert [item["case"] for item in back["broke"] if item["scorer"] == "MissedIntent"] == ["en-1"] and not back["mended"]


def test_costs_are_summed_and_failures_of_the_model_counted() -> None:
    records = [
        Record(case="a", turn=0, usage={"calls": 2, "tokens_in": 900, "cost": 0.25}),
        Record(case="b", turn=0, usage={"calls": 1, "tokens_out": 50, "cost": 0.5}, brain="local (model failed: Timeout)"),
    ]
    assert prompt_diff.costs(records) == {"calls": 3, "tokens_in": 900, "tokens_out": 50, "cost": 0.75, "turns": 2, "failed": 1}


def test_a_text_that_was_not_evaluated_is_named_with_its_cure(theirs: Path, tmp_path: Path) -> None:
    file, now = tmp_path / "prompts.json", present()
    assert len(faults(now, recorded(file))) == len(now)
    record(now, {}, NONE, file=file)
    assert faults(now, recorded(file)) == []
    known = recorded(file) | {"old": NONE, "triage": replace(recorded(file)["triage"], hash="0" * 12)}
    told = faults(now, known)
    assert len(told) == 2 and all("python -m eval prompts --record" in fault for fault in told)


def test_only_what_a_model_was_asked_with_counts_as_played(tmp_path: Path) -> None:
    file, now = tmp_path / "prompts.json", present()
    record(now, {}, replace(NONE, model="tiny", split="dev", turns=9), {"triage"}, file)
    found = recorded(file)
    assert (found["triage"].model, found["triage"].turns, found["triage"].hash) == ("tiny", 9, now["triage"].hash)
    assert (found["judge"].model, found["judge"].turns) == ("none", 0)
    assert record(now, found, NONE, file=file) == []
    assert recorded(file) == found


def test_a_changed_text_needs_another_version(tmp_path: Path) -> None:
    file, now = tmp_path / "prompts.json", present()
    known = {"triage": Evaluated(version=now["triage"].version, hash="0" * 12)}
    with pytest.raises(ValueError, match=r"prompts/triage\.md above"):
        record(now, known, NONE, file=file)
    assert "triage" in record(now, {"triage": Evaluated(version=0, hash="0" * 12)}, NONE, file=file)


def test_a_broken_record_is_refused_with_its_cure(tmp_path: Path) -> None:
    file = tmp_path / "prompts.json"
    for text in ("{", "[]", '{"triage": {"colour": 1}}'):
        file.write_text(text)
        with pytest.raises(ValueError, match="--record"):
            recorded(file)


def test_the_command_checks_and_says_what_to_set_without_a_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, theirs: Path) -> None:
    import typer

    monkeypatch.setattr(prompt_versions, "RECORD", tmp_path / "prompts.json")
    for name in ("PORTSIDE_MODEL_SMALL", "PORTSIDE_MODEL_LARGE"):
        monkeypatch.setenv(name, "")
    app = typer.Typer()
    app.command()(command.prompts)
    assert CliRunner().invoke(app, ["--check"]).exit_code == 1
    done = CliRunner().invoke(app, ["--against", str(theirs), "--record"])
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(app, ["--check"]).exit_code == 0
