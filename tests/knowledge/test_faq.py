"""Which help pages come first, for whom, and why."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.embed import HashEmbedder
from knowledge.faq import COMMON, NEXT, TOPICS, Asked, Visitor, rank, readable, related, shorten, summary, titled, topic
from knowledge.faq_shelf import FaqShelf
from knowledge.index import MemoryIndex
from knowledge.sources.source import Loaded
from knowledge.sync import sync
from knowledge.tables import metadata
from knowledge.variants import Variant, variant_of

TODAY = date(2026, 6, 1)
VISITOR = Visitor("en", TODAY)


def variant(id_: str, *intents: str, language: str = "en", source: str = "corpus", **more: Any) -> Variant:
    fields = {"title": f"About {id_}", "body": f"What to know about {id_}.", "intents": intents} | more
    return variant_of(Article.model_validate({"id": id_, "language": language, **fields}), source)


def shelf(*variants: Variant) -> dict[str, dict[str, Variant]]:
    found: dict[str, dict[str, Variant]] = {}
    for one in variants:
        found.setdefault(one.article.id, {})[one.article.language] = one
    return found


ARTICLES = shelf(
    variant("tracking", "order_status"),
    variant("delivery", "shipping_info", "order_status"),
    variant("returns", "return_request", "refund_request"),
    variant("damaged", "damaged", "refund_request"),
    variant("customs", "customs", "shipping_info"),
    variant("coupons", "coupon"),
    variant("earbuds", "product_question"),
    variant("withdrawal", "withdrawal", "return_request", markets=("EU",)),
)


def order(visitor: Visitor, asked: Asked | None = None, articles: dict[str, dict[str, Variant]] = ARTICLES) -> list[tuple[str, str]]:
    return [(item.variant.article.id, item.why) for item in rank(articles, visitor, asked or Asked(), 50)]


@pytest.mark.parametrize(
    ("state", "first"),
    [("in_transit", "tracking"), ("delivered", "returns"), ("customs_hold", "customs"), ("packed", "tracking")],
)
def test_the_state_of_an_order_decides_what_comes_first(state: str, first: str) -> None:
    assert order(replace(VISITOR, states=(state,)))[0] == (first, "order")


def test_the_newest_order_counts_more_than_the_ones_before() -> None:
    found = order(replace(VISITOR, states=("customs_hold", "delivered")))
    assert [name for name, why in found if why == "order"] == ["customs", "returns", "tracking"]


def test_without_orders_nothing_is_about_them() -> None:
    assert {why for _, why in order(VISITOR)} == {"popular"}


def test_what_is_asked_unusually_often_now_comes_before_what_is_always_asked() -> None:
    asked = Asked(now={"coupon": 12, "order_status": 40}, usual={"coupon": 2.0, "order_status": 39.0})
    assert order(VISITOR, asked)[0] == ("coupons", "asked_now")
    assert ("tracking", "asked_now") not in order(VISITOR, asked)


def test_one_or_two_visitors_do_not_make_a_fashion() -> None:
    assert "asked_now" not in {why for _, why in order(VISITOR, Asked(now={"coupon": 2}))}


def test_an_article_that_names_the_market_comes_before_general_ones_and_is_hidden_elsewhere() -> None:
    assert order(replace(VISITOR, market="DE"))[0] == ("withdrawal", "market")
    assert "withdrawal" not in dict(order(replace(VISITOR, market="US")))
    assert dict(order(VISITOR))["withdrawal"] == "popular", "a right is not hidden from those whose country is unknown"


def test_what_replies_rest_on_most_is_popular_and_experience_speaks_before_there_are_any() -> None:
    assert order(VISITOR)[0] == ("tracking", "popular")
    assert order(VISITOR, Asked(used={"earbuds": 30}))[0] == ("earbuds", "popular")


def test_news_that_concern_the_visitor_come_first_and_those_that_do_not_come_last() -> None:
    lane = variant("news-lane", "order_status", source="news", markets=("DE",))
    mine = variant("news-batch", "product_question", source="news", products=("SKU-1",))
    other = variant("news-stock", "order_status", source="news", products=("SKU-2",))
    articles = ARTICLES | shelf(lane, mine, other)
    found = order(replace(VISITOR, market="DE", states=("in_transit",), products=frozenset({"SKU-1"})), articles=articles)
    assert found[:3] == [("news-batch", "order"), ("news-lane", "market"), ("tracking", "order")]
    assert found[-1] == ("news-stock", "popular")


def test_many_news_leave_room_for_help() -> None:
    lanes = shelf(*(variant(f"news-{n}", source="news", markets=("DE",)) for n in range(9)))
    assert [why for _, why in order(replace(VISITOR, market="DE"), articles=ARTICLES | lanes)[:3]].count("market") == 3
    assert order(replace(VISITOR, market="DE"), articles=ARTICLES | lanes)[2] == ("withdrawal", "market")


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": "operator"},
        {"audience": "internal"},
        {"valid_to": date(2026, 5, 31)},
        {"valid_from": date(2026, 6, 2)},
        {"markets": ("US",)},
    ],
)
def test_only_what_is_for_customers_valid_today_and_meant_for_their_market_is_shown(hidden: dict[str, Any]) -> None:
    assert order(replace(VISITOR, market="DE"), articles=shelf(variant("one", **hidden))) == []


def test_the_visitors_language_then_english_then_the_one_it_was_written_in() -> None:
    both = shelf(variant("one"), variant("one", language="de"))["one"]
    german = replace(VISITOR, language="de")
    assert [readable(both, who).article.language for who in (german, replace(VISITOR, language="fr"))] == ["de", "en"]  # type: ignore[union-attr]
    italian = shelf(variant("two", language="it", source_language="it"))["two"]
    assert readable(italian, german) is italian["it"]
    assert readable(shelf(variant("three", language="pt-BR"))["three"], replace(VISITOR, language="pt")) is not None


def test_a_hidden_translation_does_not_hide_the_english_article() -> None:
    found = readable(
        shelf(variant("one"), variant("one", language="de", valid_to=date(2026, 1, 1)))["one"], replace(VISITOR, language="de")
    )
    assert found is not None and found.article.language == "en"


def test_titles_are_found_while_the_last_word_is_typed() -> None:
    articles = shelf(
        variant("a", title="Return an item"), variant("b", title="Items you cannot return"), variant("c", title="商品の返品について")
    )
    assert [v.article.id for v in titled(articles, "retu", VISITOR, 5)] == ["a", "b"]
    assert [v.article.id for v in titled(articles, "item ret", VISITOR, 5)] == ["a", "b"]
    assert [v.article.id for v in titled(articles, "返品", VISITOR, 5)] == ["c"]
    assert titled(articles, "turn", VISITOR, 5) == () == titled(articles, "  ", VISITOR, 5)


def test_a_summary_is_the_first_paragraph_without_marks() -> None:
    assert summary("# Title\n\n- a list\n\nYou *may* see [the terms](/terms) **now**.\n\nMore.") == "You may see the terms now."
    assert shorten("One two three four five six.", 16) == "One two three…"
    assert shorten("A sentence ends here. Another one goes on", 30) == "A sentence ends here."
    assert summary("") == ""


@pytest.mark.parametrize("piece", ["* a", "<![CDATA[", "[a](", "![", "`_"])
def test_a_hostile_first_paragraph_holds_nobody_up(piece: str) -> None:
    """Summaries are made for every request of the help pages."""
    started = time.process_time()
    summary(piece * 20_000)
    assert time.process_time() - started < 0.2


def test_related_articles_share_the_matter() -> None:
    found = related(ARTICLES, ARTICLES["returns"]["en"], VISITOR)
    assert [v.article.id for v in found] == ["withdrawal", "damaged"]


def test_every_topic_has_its_articles_and_the_rest_is_help() -> None:
    assert [topic(ARTICLES[name]["en"]) for name in ("tracking", "returns", "damaged", "coupons")] == [
        "orders",
        "returns",
        "trouble",
        "payment",
    ]
    assert (topic(variant("x", source="news")), topic(variant("y")), topic(variant("z", "human"))) == ("news", "help", "help")
    known = frozenset[str]().union(*TOPICS.values())
    assert {*COMMON, *(intent for intents in NEXT.values() for intent in intents)} <= known


class Two:
    """Two articles, one of them not for customers."""

    name = "two"

    def __init__(self, body: str) -> None:
        self.body = body

    async def load(self) -> Loaded:
        return Loaded((variant("open", body=self.body).article, variant("inside", audience="internal").article), ())


async def test_the_shelf_holds_what_customers_may_read_and_follows_the_pointer(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    held = FaqShelf(engine, ttl=0)
    assert (await held.current()).articles == {}
    for body in ("Once.", "Twice."):
        await sync(engine, MemoryIndex(), HashEmbedder(), [Two(body)])
        articles = (await held.current()).articles
        assert (list(articles), articles["open"]["en"].article.body) == (["open"], body)
    assert await held.current() is await held.current()
