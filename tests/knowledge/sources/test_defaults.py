"""Ids are stable and never shared by accident; what a source says of all its files holds unless a file says otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.article import Article, Problem
from knowledge.sources.defaults import NO_DEFAULTS, Defaults, clipped, language, slug


@pytest.mark.parametrize(
    ("text", "made"),
    [("Where is my order?", "where-is-my-order"), ("Rücksendung & Größe", "rucksendung-grosse"), ("  360-Returns  ", "360-returns")],
)
def test_a_latin_text_is_its_own_id(text: str, made: str) -> None:
    assert slug(text) == made


def test_texts_that_lose_letters_get_different_ids() -> None:
    assert slug("退货") != slug("换货")
    assert slug("size 退货").startswith("size-")
    assert slug("x" * 100) != slug("x" * 101)


@given(st.text(max_size=300), st.booleans())
def test_every_text_makes_a_valid_id(text: str, hashed: bool) -> None:
    article = Article(id=slug(text, hashed=hashed), title="t", language="en", body="b")
    assert article.id == slug(text, hashed=hashed)


def test_fields_win_over_defaults_and_empty_ones_do_not() -> None:
    defaults = Defaults.model_validate({"language": "de", "audience": "operator", "markets": "EU, UK", "owner": "ana"})
    made = defaults.article("f", 3, {"id": "a", "title": "T", "body": "B", "language": "", "owner": "ben"})
    assert isinstance(made, Article)
    assert (made.language, made.audience, made.owner) == ("de", "operator", "ben")
    assert {"GB", "DE"} <= set(made.markets)


def test_what_is_missing_is_named_with_its_line() -> None:
    assert "language" in str(NO_DEFAULTS.article("f", 7, {"id": "a", "title": "T", "body": "B"}))
    wrong = Defaults(language="en").article("f", 7, {"id": "a", "title": "T", "body": "B", "audience": "everyone"})
    assert isinstance(wrong, Problem)
    assert str(wrong).startswith("f:7: audience:")
    assert isinstance(Defaults(language="en").article("f", 7, {"id": "a", "title": "T", "body": "x" * 1_000_001}), Problem)


def test_words_of_a_language_and_a_title() -> None:
    assert [language(tag) for tag in ("de-AT", "DE", "zh_Hant", "")] == ["de", "de", "zh", ""]
    assert len(clipped("a b " * 100)) <= 200


def test_what_no_database_takes_is_left_out() -> None:
    made = Defaults(language="en").article("f", 1, {"id": "a", "title": "T\0", "body": "x\0\ud800 e\u0301", "intents": ("a\0",)})
    assert isinstance(made, Article)
    assert (made.title, made.body, made.intents) == ("T", "x \u00e9", ("a",))
