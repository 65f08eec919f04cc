"""A run can be interrupted anywhere: what was finished is not played again, what was half written is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval import runner
from eval.case import Case
from eval.record import Record


@pytest.fixture
def cases(case: Callable[..., Case]) -> list[Case]:
    return [case(id=f"en-{n}") for n in range(10)]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the cases that were really played, in one process."""
    played: list[str] = []

    def page(cases: list[Case]) -> list[list[Record]]:
        played.extend(case.id for case in cases)
        return [[Record(case=case.id, turn=0, outcome="resolve")] for case in cases]

    monkeypatch.setattr(runner, "_open", lambda plan: None)
    monkeypatch.setattr(runner, "_page", page)
    return played


def _run(cases: list[Case], file: Path, seen: list[tuple[int, int]] | None = None) -> list[Record]:
    return runner.run(None, cases, file, processes=1, progress=lambda done, total: (seen or []).append((done, total)))  # type: ignore[arg-type]


def test_records_come_in_the_order_of_the_cases(cases: list[Case], told: list[str], tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = [(-1, 10)]
    records = _run(cases, tmp_path / "run" / "dev.jsonl", seen)
    assert [record.case for record in records] == [case.id for case in cases] == told
    assert seen[-1] == (10, 10)


def test_what_is_done_is_not_played_again(cases: list[Case], told: list[str], tmp_path: Path) -> None:
    _run(cases[:4], tmp_path / "dev.jsonl")
    records = _run(cases, tmp_path / "dev.jsonl")
    assert len(records) == 10 and len(told) == 10


def test_a_half_written_line_is_played_again_and_spoils_nothing(cases: list[Case], told: list[str], tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    _run(cases, file)
    file.write_bytes(file.read_bytes()[:-20])
    assert len(_run(cases, file)) == 10 and told[10:] == ["en-9"]
    assert len(runner.kept(file)) == 10


def test_a_record_is_read_back_as_it_was(tmp_path: Path, case: Callable[..., Case], told: list[str]) -> None:
    made = Record(
        case="en-1", turn=0, outcome="ask", intents=(("stock", 0.5),), said=({"text": "hi", "sources": (("passage", "a/en/1"),)},)
    )  # type: ignore[arg-type]
    file = tmp_path / "dev.jsonl"
    file.write_text("[" + made.model_dump_json(exclude_defaults=True) + "]\n")
    assert runner.kept(file) == {"en-1": [made]}
