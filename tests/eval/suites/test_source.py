"""Reading a suite's file: what does not fit is refused with its place and cure; samples are even and the same every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.suites.source import BadRows, Source, TextRow, read, sample

Write = Callable[..., Path]


class Labelled(TextRow):
    label: bool


def test_a_good_file_is_read_and_other_fields_are_ignored(write: Write) -> None:
    rows = read(write({"text": "a", "label": True, "colour": "red"}, {"text": "b", "label": False, "lang": "de"}), Labelled)
    assert [(row.id, row.text, row.lang, row.label) for row in rows] == [("r0", "a", "en", True), ("r1", "b", "de", False)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "x", "text": "a"}', "f.jsonl:2: label: Field required. This suite needs id, text, label."),
        ('{"id": "x", "text": "a", "label": "perhaps"}', "f.jsonl:2: label: "),
        ('{"id": "x", "text": "", "label": true}', "f.jsonl:2: text: "),
        ('{"id": "x", "text": "a"', "f.jsonl:2: line: Invalid JSON"),
        ("[1, 2]", "f.jsonl:2: line: "),
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "f.jsonl"
    file.write_text('{"id": "ok", "text": "a", "label": true}\n' + line)
    with pytest.raises(BadRows) as raised:
        read(file, Labelled)
    assert str(raised.value).startswith(told)


def test_a_foreign_file_is_not_listed_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    file.write_text("hello\n" * 1000)
    with pytest.raises(BadRows) as raised:
        read(file, Labelled)
    assert len(str(raised.value).splitlines()) == 10


@pytest.mark.parametrize(("content", "told"), [(None, "no such file"), (b"", "no line in it"), (b"\xff\xfe\x00", "UTF-8")])
def test_no_file_an_empty_one_and_no_text_say_what_to_do(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "f.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadRows, match=told):
        read(file, Labelled)


def test_a_sample_is_even_full_and_the_same_every_time() -> None:
    rows = ["a"] * 95 + ["b"] * 3 + ["c"] * 50
    chosen = sample(list(enumerate(rows)), 21, lambda row: row[1])
    assert [sum(name == group for _, name in chosen) for group in "abc"] == [9, 3, 9]
    assert chosen == sample(list(enumerate(rows)), 21, lambda row: row[1])
    assert sample(rows, None, lambda row: row) == rows


def test_files_beside_the_given_one_come_before_the_reference(tmp_path: Path) -> None:
    reference, own = tmp_path / "reference", tmp_path / "own"
    for folder in (reference, own):
        folder.mkdir()
    (reference / "docs.jsonl").touch()
    source = Source(folder=reference, file=own / "f.jsonl", limit=None)
    assert source.beside("f_docs.jsonl", "docs.jsonl") == reference / "docs.jsonl"
    (own / "f_docs.jsonl").touch()
    assert source.beside("f_docs.jsonl", "docs.jsonl") == own / "f_docs.jsonl"
    with pytest.raises(BadRows, match=r"users\.json.*Put it beside"):
        source.beside("users.json")


def test_the_digest_changes_with_any_letter(write: Write) -> None:
    def digest(text: str) -> str:
        file = write({"text": text, "label": True})
        source = Source(folder=file.parent, file=file, limit=None)
        source.rows(Labelled)
        return source.digest

    assert digest("a") == digest("a") != digest("b")


def test_broken_json_of_a_whole_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    file.write_text('{\n"a": }')
    with pytest.raises(BadRows, match=r"orders\.json:2"):
        Source(folder=tmp_path, file=file, limit=None).json(file)
