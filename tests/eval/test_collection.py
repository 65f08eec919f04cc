"""All cases together: everything wrong is named at once, and a case joins only if it says something new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.case import Case, Split
from eval.collection import append, survey
from eval.library import BadCases, as_line, read

TEXTS = (
    "Where is my parcel, it was promised for Monday?",
    "How do I wash the linen curtains, please?",
    "Which plug does the kettle have in Japan?",
)


def case(name: str, text: str, author: str) -> Case:
    return Case.model_validate({"id": name, "author": author, "scenario": "s", "language": "en", "turns": [{"text": text}]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good case in every split."""
    for number, (split, text) in enumerate(zip(Split, TEXTS, strict=True)):
        (tmp_path / split.value).mkdir()
        (tmp_path / split.value / "en.jsonl").write_text(as_line(case(f"case-{number}", text, f"a{number}")) + "\n")
    return tmp_path


def put(folder: Path, split: Split, line: str) -> None:
    with (folder / split.value / "en.jsonl").open("a") as file:
        file.write(line + "\n")


def test_good_cases_are_counted(folder: Path) -> None:
    found = survey(folder)
    assert found.problems == ()
    assert [(row.split, row.cases, row.turns, row.languages) for row in found.splits] == [(split, 1, 1, ("en",)) for split in Split]


def test_everything_wrong_is_told_at_once_with_its_place(folder: Path) -> None:
    put(folder, Split.DEV, '{"id": ')
    put(folder, Split.CALIBRATION, as_line(case("case-0", "Something that nobody else has asked so far", "a1")))
    put(folder, Split.SEALED, as_line(case("case-9", TEXTS[1].upper(), "a1")))
    problems = survey(folder).problems  # the unreadable split hides what it holds
    assert [any(word in problem for problem in problems) for word in ("dev/en.jsonl:2", "author a1", "sealed/case-9")] == [True] * 3
    assert len(problems) == 3
    (folder / "dev" / "en.jsonl").write_text(as_line(case("case-0", TEXTS[0], "a0")) + "\n")
    problems = survey(folder).problems
    assert [any(word in problem for problem in problems) for word in ("calibration/case-0: the id", "author a1", "sealed/case-9")] == [
        True
    ] * 3
    assert len(problems) == 3


def test_a_split_without_files_is_told(folder: Path) -> None:
    (folder / "sealed" / "en.jsonl").unlink()
    (problem,) = survey(folder).problems
    assert "no *.jsonl" in problem


def test_a_new_case_is_one_more_line(folder: Path) -> None:
    made = case("live-1", "My new lamp hums when it is dimmed, is that normal?", "c1")
    assert append(made, Split.DEV, folder=folder) == f"{folder / 'dev' / 'added.jsonl'}:1"
    second = case("live-2", "The zip of the jacket is stuck, what can I do?", "c2")
    assert append(second, Split.DEV, folder=folder).endswith("added.jsonl:2")
    assert [found for _, found in read(folder / "dev" / "added.jsonl")] == [made, second]
    assert survey(folder).problems == ()


def test_a_file_of_ones_own_is_appended_to_even_without_its_last_line_break(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(as_line(case("own-1", TEXTS[0], "a0")))
    made = case("live-1", "My new lamp hums when it is dimmed, is that normal?", "c1")
    assert append(made, Split.DEV, own, folder) == f"{own}:2"
    assert [json.loads(line)["id"] for line in own.read_text().splitlines()] == ["own-1", "live-1"]
    with pytest.raises(BadCases, match="there already"):
        append(made, Split.DEV, own, folder)


@pytest.mark.parametrize(
    ("made", "split", "word"),
    [
        (case("case-2", "My new lamp hums when it is dimmed.", "c1"), Split.DEV, "in sealed already"),
        (case("live-1", TEXTS[2].replace("?", "!"), "c1"), Split.DEV, "count it twice"),
        (case("live-1", "My new lamp hums when it is dimmed.", "a1"), Split.SEALED, "--split calibration"),
    ],
    ids=["id", "text", "author"],
)
def test_what_is_there_already_is_refused(folder: Path, made: Case, split: Split, word: str) -> None:
    with pytest.raises(BadCases, match=word):
        append(made, split, folder=folder)
    assert not (folder / split.value / "added.jsonl").exists()
