"""Every kind in every language: whole, short, the same numbers, and nothing in it that customers must not see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from knowledge.article import Article
from knowledge.checks import warnings
from knowledge.chunk import chunks
from knowledge.links import broken
from knowledge.news import articles as module
from knowledge.news.articles import article_id, articles
from knowledge.news.wording import LANGUAGES, patterns
from knowledge.sentences import sentences

BRAND = "Lumen & Loom"
TODAY = date(2026, 6, 10)
KINDS = ("delayed_lane", "stock_out", "batch_change", "customs_change", "product_revision")


def public(found: tuple[Article, ...]) -> list[Article]:
    return [article for article in found if article.audience == "customer"]


def test_the_languages_are_those_that_the_agent_serves() -> None:
    assert set(LANGUAGES) == SUPPORTED and LANGUAGES[0] == "en"


def test_the_intents_are_those_that_the_agent_knows() -> None:
    assert {intent for intents in module.INTENTS.values() for intent in intents} <= {intent.value for intent in Intent}


def keys(language: str) -> set[str]:
    parsed = FluentParser().parse(patterns(language))
    assert not [entry for entry in parsed.body if type(entry).__name__ == "Junk"]
    return {entry.id.name for entry in parsed.body if isinstance(entry, Message)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_the_same_keys_and_no_digit(language: str) -> None:
    ours, english = keys(language), keys("en")
    assert ours == english if language == "en" else ours == {key for key in english if not key.startswith("staff-")}
    assert not [char for char in patterns(language) if char.isdigit()]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_dates_and_masks_agree_between_languages(feed: Any, kind: str) -> None:
    found = articles(feed.item(kind), BRAND)
    assert warnings(found, TODAY) == () and broken(found) == ()
    assert [article.language for article in public(found)] == list(LANGUAGES)
    assert len({article.title for article in public(found)}) == len(LANGUAGES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_short_and_one_passage(feed: Any, kind: str, language: str) -> None:
    article = next(each for each in articles(feed.item(kind), BRAND) if each.language == language)
    (only,) = chunks(article.body, article.title, language)
    assert 2 <= len(sentences(only.text, language)) <= 4
    assert only.text == article.body and "\n" not in article.body
    assert not [mark for mark in ("{", "}", "..", "。。", "  ", "\u2068") if mark in article.body + article.title]


@pytest.mark.parametrize("kind", KINDS)
def test_batches_warehouses_and_notes_are_for_operators(feed: Any, kind: str) -> None:
    found = articles(feed.item(kind, note="Supplier Ondelis Formulations says so"), BRAND)
    for article in public(found):
        words = article.title + article.body
        assert not [secret for secret in ("OD-26", "Shenzhen", "Ondelis", "dock") if secret in words]
    (staff,) = (article for article in found if article.audience == "operator")
    assert "Ondelis" in staff.body and staff.language == "en" and staff.id.endswith("-staff")


def test_operators_get_what_helps_them(feed: Any) -> None:
    (batch,) = (each for each in articles(feed.item("batch_change"), BRAND) if each.audience == "operator")
    assert "OD-26A" in batch.body and "OD-26B" in batch.body
    (stock,) = (each for each in articles(feed.item("stock_out"), BRAND) if each.audience == "operator")
    assert "Rotterdam and Shenzhen" in stock.body
    assert all(each.audience == "customer" for each in articles(feed.item("product_revision"), BRAND))


def test_dates_markets_and_products_reach_the_front_matter(feed: Any) -> None:
    for article in articles(feed.item("stock_out"), BRAND):
        assert (article.valid_from, article.valid_to) == (date(2026, 6, 1), date(2026, 8, 31))
        assert article.markets == ("DE", "FR") and article.products == ("EAR-130",) and article.owner == "supply-chain"
    assert all(article.markets == ("BR",) for article in articles(feed.item("customs_change"), BRAND))


def test_facts_that_are_not_known_are_not_told(feed: Any) -> None:
    item = feed.item("delayed_lane", reason="other", carrier=None, until=None, note="", extra_days_min=1, extra_days_max=1)
    found = articles(item, BRAND)
    assert found[0].body == (
        "Parcels from Lumen & Loom that leave our warehouse in Rotterdam currently take 1 day longer than usual to these destinations:"
        " European Union and United Kingdom. Your tracking page shows the latest scan of your parcel."
    )
    assert warnings(found, TODAY) == () and len(found) == len(LANGUAGES)
    assert "no" not in articles(feed.item("customs_change", rate=None, paid_by=None), BRAND)[0].body.split()
    plain = articles(feed.item("batch_change", old=None, allergens=[]), BRAND)
    assert warnings(plain, TODAY) == () and "instead" not in plain[0].body


@pytest.mark.parametrize("days", [(1, 2), (2, 5), (5, 21), (3, 22), (11, 60)])
def test_days_are_counted_in_every_grammar(feed: Any, days: tuple[int, int]) -> None:
    low, high = days
    found = articles(feed.item("delayed_lane", extra_days_min=low, extra_days_max=high), BRAND)
    assert warnings(found, TODAY) == () and all(f"{low}–{high}" in article.body for article in public(found))


def test_many_countries_are_summed_up(feed: Any) -> None:
    some = articles(feed.item("delayed_lane", markets=["AU", "JP", "SG", "MY"]), BRAND)[0]
    assert some.title.endswith("several countries") and "Japan" in some.body
    codes = ["AU", "JP", "SG", "MY", "TH", "VN", "PH", "ID", "BR", "MX", "KZ", "SA", "MA"]
    assert "several countries" in articles(feed.item("delayed_lane", markets=codes), BRAND)[0].body


def test_ids_that_look_alike_stay_apart(feed: Any) -> None:
    ids = ["lane/1", "lane:1", "lane-1", "LANE-1", "x" * 100, "x" * 99 + "y"]
    made = {article_id(feed.item("stock_out", id=id_)) for id_ in ids}
    assert len(made) == len(ids) and all(len(each) <= 74 for each in made)
    assert article_id(feed.item("stock_out", id="lane-1")) == "news-stock-out-lane-1"
