"""What is typed is kept whatever it is; what keeps it from being an article is named, field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.article import parse
from knowledge.editorial.errors import TooLarge
from knowledge.editorial.form import MAX_BODY, Text, read, typed
from knowledge.export import markdown

KEY = ("returns-eu", "en")
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=8), max_size=4)
FIELDS = st.sampled_from(["title", "audience", "markets", "valid_from", "second_reader", "source_language", "odd", "id"])


@pytest.mark.parametrize(
    ("front", "body", "fields"),
    [
        ({"title": "T"}, "B", []),
        ({"title": " T ", "valid_from": "", "review_on": "2026-12-31", "markets": ["de", " eu "]}, "B", []),
        ({}, "B", ["title"]),
        ({"title": "  "}, " \n ", ["title", "body"]),
        ({"title": "T", "audience": "everybody", "valid_to": "tomorrow"}, "B", ["audience", "valid_to"]),
        ({"title": "T", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "B", ["valid_to"]),
        ({"title": "T", "markets": ["Germany"]}, "B", ["markets"]),
        ({"title": "T", "tilte": "T"}, "B", ["tilte"]),
        ({"title": "T", "source_language": "English"}, "B", ["source_language"]),
        ({"title": ["T"], "intents": "returns"}, "B", ["title", "intents"]),
    ],
)
def test_every_fault_is_named(front: dict[str, Any], body: str, fields: list[str]) -> None:
    article, faults = read(KEY, typed(front, body))
    assert [fault.field for fault in faults] == fields
    assert (article is None) is bool(faults)
    assert all(fault.message.endswith(".") or fault.field == "intents" for fault in faults)


def test_an_article_is_where_it_is_kept_whatever_the_form_says() -> None:
    article, _ = read(KEY, Text({"id": "other", "language": "de", "title": "T", "body": "evil"}, "B"))
    assert article is not None and (article.id, article.language, article.body) == (*KEY, "B")


@given(front=st.dictionaries(FIELDS, VALUES, max_size=8), body=st.text(max_size=60))
def test_anything_typed_can_be_stored_and_read_without_an_error(front: dict[str, Any], body: str) -> None:
    text = typed(front, body)
    assert "\0" not in json.dumps(text.front, ensure_ascii=False) + text.body
    text.body.encode("utf-8")
    article, faults = read(KEY, text)
    assert (article is None) is bool(faults)
    if article:
        assert parse(markdown(article).encode(), "x.md") == article


def test_letters_no_store_takes_are_replaced() -> None:
    assert typed({"title": "a\0b\ud800"}, "e\u0301\r\n") == Text({"title": "ab?"}, "é\n")


@pytest.mark.parametrize(("front", "body"), [({}, "x" * (MAX_BODY + 1)), ({"title": "x" * 30_000}, "")])
def test_there_is_a_bound(front: dict[str, Any], body: str) -> None:
    with pytest.raises(TooLarge):
        typed(front, body)
