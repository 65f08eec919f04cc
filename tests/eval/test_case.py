"""The labelled cases are whole, and a bad line is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from agent.brains.local import heads
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from eval.case import Case, load

ROWS = load().rows


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_each_language_covers_what_matters(language: str) -> None:
    rows = [row for row in ROWS if row.language == language]
    intents = Counter(intent for row in rows for intent in row.intents)
    assert all(intents[intent] >= 2 for intent in Intent)
    assert sum(len(row.intents) > 1 for row in rows) >= 12
    assert sum(row.escalate is True for row in rows) >= 12
    assert sum(row.injection for row in rows) >= 5
    assert intents[Intent.OUT_OF_SCOPE] >= 5
    assert any(row.entities for row in rows)


def test_ids_and_texts_are_unique() -> None:
    assert len({row.id for row in ROWS}) == len({(row.language, row.text) for row in ROWS}) == len(ROWS)


def test_no_case_is_an_example_the_classifiers_learn_from() -> None:
    learnt = {text.casefold().strip() for text, _ in heads.examples("intents", {intent.value for intent in Intent})}
    shared = [row.text for row in ROWS if row.text.casefold().strip() in learnt and len(row.text) > 12]
    assert shared == []


@pytest.mark.parametrize("line", ["{", '{"id": "1"}', '{"id": "1", "text": "x", "language": "en", "intents": ["nap"]}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "en.jsonl").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"en\.jsonl:1"):
        load(tmp_path)


def test_no_cases_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No cases"):
        load(tmp_path)


def test_the_digest_follows_the_letters(tmp_path: Path) -> None:
    row = Case.model_validate({"id": "1", "text": "x", "language": "en"})
    (tmp_path / "en.jsonl").write_text(row.model_dump_json() + "\n")
    first = load(tmp_path).digest
    (tmp_path / "en.jsonl").write_text(row.model_copy(update={"text": "y"}).model_dump_json() + "\n")
    assert load(tmp_path).digest != first
