"""Articles load, or say by file and line what keeps them from it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.article import Article, Problem, parse
from knowledge.errors import SourceFailed
from knowledge.sources.folder import FolderSource

GOOD = """---
id: returns
title: Returns
language: en
intents: [return_request, refund_request]
markets: [UK, EU]
valid_from: 2026-01-01
---

You can return within 30 days.
"""


def test_an_article_is_typed() -> None:
    article = parse(GOOD.encode(), "en/returns.md")
    assert isinstance(article, Article)
    assert article.intents == ("return_request", "refund_request")
    assert {"GB", "DE", "FR"} <= set(article.markets)
    assert article.audience == "customer"
    assert article.body == "You can return within 30 days."


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem() -> None:
    assert isinstance(parse(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "f.md"), Article)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("no front matter", 1, "front matter"),
        (GOOD.replace("title: Returns", "title: [Returns"), 4, "YAML"),
        (GOOD.replace("title: Returns", "title: a\ntitle: b"), 2, "twice"),
        (GOOD.replace("title: Returns", "title: &t x\nowner: *t"), 4, "aliases"),
        (GOOD.replace("language: en", "language: English"), 4, "language"),
        (GOOD.replace("language: en", "language: en\nlanguge: en"), 5, "languge"),
        (GOOD.replace("2026-01-01", "2026-01-01\nvalid_to: 2025-01-01"), 1, "valid_to lies before"),
        (GOOD.replace("You can return within 30 days.", ""), 1, "body"),
        (GOOD.replace("30", "3\0"), 10, "NUL"),
        ("---\n" + "[" * 5000 + "\n---\nbody", 1, "YAML"),
        ("---\n- a\n---\nbody", 1, "key: value"),
    ],
)
def test_a_broken_article_names_its_line_and_cure(text: str, line: int, word: str) -> None:
    problem = parse(text.encode(), "en/x.md")
    assert isinstance(problem, Problem)
    assert word in problem.message
    assert (problem.file, problem.line) == ("en/x.md", line)


def test_a_wrong_encoding_names_its_line() -> None:
    problem = parse(GOOD.replace("30 days", "30 Tage für").encode("latin-1"), "x.md")
    assert isinstance(problem, Problem)
    assert (problem.line, "UTF-8" in problem.message) == (10, True)


def test_a_folder_gives_the_good_and_reports_the_rest(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "returns.md").write_text(GOOD)
    (tmp_path / "en" / "returns-copy.md").write_text(GOOD)
    (tmp_path / "en" / "huge.md").write_text(GOOD + "x" * 1_000_001)
    (tmp_path / "en" / "README.md").write_text("for editors")
    (tmp_path / "en" / "notes.txt").write_text("not an article")
    (tmp_path / "en" / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "en" / "self.md").symlink_to(tmp_path / "en" / "self.md")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "out").symlink_to("/usr", target_is_directory=True)
    os.mkfifo(tmp_path / "en" / "pipe.md")
    loaded = FolderSource(tmp_path).read()
    assert [article.id for article in loaded.articles] == ["returns"]
    said = {Path(problem.file).name: problem.message for problem in loaded.problems}
    assert set(said) == {"returns.md", "huge.md", "gone.md", "self.md", "loop", "out", "pipe.md"}
    assert "stands already" in said["returns.md"]
    assert "larger" in said["huge.md"]


def test_a_missing_folder_fails_as_a_source(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="not a folder"):
        FolderSource(tmp_path / "none").read()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(GOOD)
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "returns.md").symlink_to(secret)
    loaded = FolderSource(tmp_path / "kb").read()
    assert loaded.articles == ()
    assert "out of" in loaded.problems[0].message
