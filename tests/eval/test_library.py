"""What cannot be used is refused with file, line and cure; what can is the same every time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.case import Case, Split
from eval.library import BadCases, as_line, load, read


@pytest.fixture
def folder(tmp_path: Path, case: Callable[..., Case]) -> Path:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "en.jsonl").write_text(as_line(case()) + "\n\n" + as_line(case(id="en-2")) + "\n", encoding="utf-8")
    return tmp_path


def test_cases_are_read_back_as_they_were_written(folder: Path, case: Callable[..., Case]) -> None:
    assert load(Split.DEV, folder=folder).rows == (case(), case(id="en-2"))


def test_the_digest_follows_any_letter(folder: Path) -> None:
    before = load(Split.DEV, folder=folder).digest
    file = folder / "dev" / "en.jsonl"
    file.write_text(file.read_text().replace("where is it", "where is it?"))
    assert load(Split.DEV, folder=folder).digest != before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('"author": "x"', '"author"'),
        ('"gold": {}', '"gold": {"intents": ["coffee"]}'),
        ('"gold": {}', '"gold": {"must": ["number:many"]}'),
        ('"scenario": "s"', '"scenario": "s", "mood": "good"'),
        ('"language": "en"', '"language": "en", "now": "2026-05-20T12:00:00"'),
        ('"language": "en"', '"language": "en", "faults": ["rain"]'),
        ('"language": "en"', '"language": "en", "orders": [{"number": "1", "like": "99999"}]'),
    ],
)
def test_a_line_that_does_not_fit_is_named_with_its_cure(folder: Path, change: str, told: str) -> None:
    file = folder / "dev" / "en.jsonl"
    lines = (
        file.read_text().replace('"turns": [{"text": "order_status: where is it"}]', '"turns": [{"text": "hi", "gold": {}}]').splitlines()
    )
    file.write_text("\n".join([lines[0], "", lines[2].replace(change, told)]))
    with pytest.raises(BadCases) as error:
        load(Split.DEV, folder=folder)
    assert str(error.value).startswith("dev/en.jsonl:3: ")


def test_every_bad_line_is_named_not_only_the_first(folder: Path) -> None:
    file = folder / "dev" / "en.jsonl"
    file.write_text("{\n[]\n" + file.read_text())
    with pytest.raises(BadCases) as error:
        read(file)
    assert [problem.split(": ")[0] for problem in error.value.problems] == ["dev/en.jsonl:1", "dev/en.jsonl:2"]


def test_an_id_given_twice_names_both_places(folder: Path, case: Callable[..., Case]) -> None:
    (folder / "dev" / "fr.jsonl").write_text(as_line(case()))
    with pytest.raises(BadCases, match=r"dev/fr.jsonl:1: id 'en-1' is used in dev/en.jsonl:1"):
        load(Split.DEV, folder=folder)


def test_missing_files_and_languages_are_told(folder: Path) -> None:
    with pytest.raises(BadCases, match="no such file"):
        read(folder / "none.jsonl")
    with pytest.raises(BadCases, match=r"no \*\.jsonl"):
        load(Split.SEALED, folder=folder)
    with pytest.raises(BadCases, match="There are: en"):
        load(Split.DEV, languages=["fr"], folder=folder)


def test_bytes_that_are_no_text_are_told(folder: Path) -> None:
    (folder / "dev" / "en.jsonl").write_bytes(b"\xff\xfe{}")
    with pytest.raises(BadCases, match="UTF-8"):
        load(Split.DEV, folder=folder)
