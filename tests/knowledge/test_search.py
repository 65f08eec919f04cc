"""Search shows each reader what is meant for them, in their language, one passage an article."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from knowledge.article import Article
from knowledge.embed import HashEmbedder
from knowledge.entry import entries
from knowledge.errors import BadPassagesFile, IndexUnavailable
from knowledge.index import Hits, MemoryIndex, Vectors
from knowledge.passages import PassageSet
from knowledge.passages_file import Question, open_file, search_file
from knowledge.search import Knowledge, Passage
from knowledge.shelf import ActiveShelf, FixedShelf
from knowledge.sources.source import Loaded
from knowledge.sync import sync
from knowledge.tables import metadata
from knowledge.typical import Questions, typical_questions

TODAY = date(2026, 6, 1)


def article(id_: str, body: str, language: str = "en", **fields: Any) -> Article:
    return Article.model_validate({"id": id_, "title": id_, "language": language, "body": body, **fields})


async def knowledge(*articles: Article) -> Knowledge:
    found, index, embedder = entries(articles), MemoryIndex(), HashEmbedder()
    await index.add([entry.id for entry in found], await embedder.passages([entry.embedded for entry in found]))
    return Knowledge(FixedShelf(PassageSet("s1", found)), index, embedder)


async def search(known: Knowledge, query: str, language: str = "en", **how: Any) -> tuple[Passage, ...]:
    return (await known.search(query, language=language, today=TODAY, **how)).passages


async def test_each_article_is_shown_once_in_the_customers_language() -> None:
    known = await knowledge(
        article("cancel", "Cancel the order free of charge.\n\n## Later\n\nCancel the order later."),
        article("cancel", "Stornieren Sie kostenlos.\n\n## Später\n\nSpäter stornieren.", "de"),
        article("returns", "Send the parcel back within 30 days."),
    )
    german = await search(known, "cancel the order", "de")
    assert [(p.article, p.language) for p in german] == [("cancel", "de"), ("returns", "en")]
    assert german[0].text == "Stornieren Sie kostenlos."
    assert [p.language for p in await search(known, "cancel", "de-AT")] == ["de", "en"]
    assert [p.language for p in await search(known, "cancel", "fr")] == ["en", "en"]


async def test_the_translated_passage_stands_where_the_found_one_does() -> None:
    english = article("a", "Alpha.\n\n## B\n\nzebra zebra zebra\n\n## C\n\nGamma.")
    chinese = article("a", "一。\n\n## 二\n\n斑马\n\n## 三\n\n三。", "zh")
    found_entries, index, embedder = entries([english, chinese]), MemoryIndex(), HashEmbedder()
    near = [entry for entry in found_entries if entry.language == "en"]
    await index.add([entry.id for entry in near], await embedder.passages([entry.embedded for entry in near]))
    known = Knowledge(FixedShelf(PassageSet("s1", found_entries)), index, embedder)
    (found,) = await search(known, "zebra zebra zebra", "zh", k=1)
    assert (found.language, found.heading) == ("zh", "二")


async def test_internal_articles_never_reach_a_customer() -> None:
    known = await knowledge(
        article("public", "We pack the box."),
        article("playbook", "Secret supplier price of the box.", audience="internal"),
        article("desk", "How operators answer about the box.", audience="operator"),
    )
    question = "Secret supplier price of the box"
    assert [p.article for p in await search(known, question)] == ["public"]
    assert {p.article for p in await search(known, question, audience="operator")} == {"public", "desk"}
    assert (await search(known, question, audience="internal"))[0].article == "playbook"


async def test_market_and_dates_decide_what_is_valid() -> None:
    known = await knowledge(
        article("eu", "Withdraw within 14 days.", markets=["EU"]),
        article("us", "Withdraw within 20 days.", markets=["US"]),
        article("old", "Withdraw within 7 days.", valid_to="2026-05-31"),
        article("new", "Withdraw within 8 days.", valid_from="2026-06-02"),
    )
    assert [p.article for p in await search(known, "withdraw", market="DE")] == ["eu"]
    assert [p.article for p in await search(known, "withdraw", market="us")] == ["us"]
    assert {p.article for p in await search(known, "withdraw")} == {"eu", "us"}
    tomorrow = await known.search("withdraw", language="en", market="BR", today=date(2026, 6, 2))
    assert [p.article for p in tomorrow.passages] == ["new"]


async def test_a_name_is_found_in_any_language() -> None:
    others = [article(f"other{n}", f"Kopfhörer Hilfe Nummer {n}", "de") for n in range(30)]
    known = await knowledge(*others, article("e04", "Fehler E04: laden Sie das Gehäuse.", "de"))
    assert (await search(known, "what does error E04 mean", "en"))[0].article == "e04"


async def test_the_intent_favours_articles_written_for_it() -> None:
    known = await knowledge(
        article("late", "The parcel is on its way.", intents=["delivery_late"]),
        article("lost", "The parcel is on its route.", intents=["parcel_lost"]),
    )
    for intent, first in (("delivery_late", "late"), ("parcel_lost", "lost")):
        assert (await search(known, "the parcel is", intents=[intent]))[0].article == first


async def test_passages_about_other_products_are_hidden_once_the_product_is_known() -> None:
    known = await knowledge(
        article("lamp", "How to charge the thing.", products=["LL-LAMP1"]),
        article("buds", "How to charge the thing.", products=["LL-EB200", "ll-eb300"]),
        article("any", "How to charge the thing."),
    )

    async def shown(products: list[str] | None) -> list[str]:
        return [p.article for p in await search(known, "How to charge the thing", products=products)]

    assert set(await shown(None)) == {"lamp", "buds", "any"}
    assert await shown([]) == ["any"]
    assert await shown(["LL-EB300"]) == ["buds", "any"]
    assert await shown(["ll-lamp1", "unknown"]) == ["lamp", "any"]


async def test_a_product_brings_back_nothing_that_is_not_for_customers() -> None:
    known = await knowledge(article("secret", "Batch facts.", products=["LL-EB200"], audience="internal"), article("any", "Facts."))
    assert [p.article for p in await search(known, "batch facts", products=["LL-EB200"])] == ["any"]


async def test_what_all_translations_say_weighs_more_than_what_one_does() -> None:
    known = await knowledge(
        article("steady", "refund to the card", "de"),
        article("steady", "refund to the card", "fr"),
        article("chance", "refund to the card", "de"),
        article("chance", "something wholly different", "fr"),
        article("other", "shoes", "de"),
    )
    assert next(p.article for p in await search(known, "refund to the card", "es")) == "steady"


async def test_an_article_near_to_any_question_is_no_better_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder, usual = HashEmbedder(), "please help me with my order today"
    found = entries([article("hub", usual), article("gift", "a gift card for my order")])
    index = MemoryIndex()
    await index.add([entry.id for entry in found], await embedder.passages([entry.text for entry in found]))
    vector = (await embedder.queries([usual]))[0]
    asked = "please help me today: gift card"

    async def first(levelled: bool) -> str:
        known = Knowledge(FixedShelf(PassageSet("s1", found)), index, embedder, levelled=levelled)
        return (await search(known, asked))[0].article

    def met(fingerprint: str) -> Questions:
        assert fingerprint == embedder.fingerprint
        return Questions(vector, np.zeros_like(vector))

    monkeypatch.setattr("knowledge.search.typical_questions", met)
    assert (await first(levelled=False), await first(levelled=True)) == ("hub", "gift")


def test_another_model_has_no_typical_questions() -> None:
    assert typical_questions("some other model") is None


async def test_what_few_may_see_is_found_behind_what_many_may_not() -> None:
    hidden = [article(f"h{n}", "gift card rules apply", markets=["US"]) for n in range(400)]
    known = await knowledge(*hidden, article("seen", "gift card"), article("also", "something else"))
    assert {p.article for p in await search(known, "gift card rules apply", market="DE")} == {"seen", "also"}


class Away(MemoryIndex):
    """An index whose server is gone."""

    async def query(self, vector: Vectors, k: int) -> Hits:
        raise IndexUnavailable("gone")


async def test_a_product_named_while_the_index_is_away_shows_only_what_the_reader_may_see() -> None:
    """Nothing has a score then, and neither edition is in the customer's language or in one they could fall back on."""
    hidden = article("recall", "Batch 7 is scrapped in Izmir.", audience="operator", products=["LAMP-1234"])
    found = entries([hidden, article("recall", "Bitte melden Sie sich.", "de", products=["LAMP-1234"])])
    known = Knowledge(FixedShelf(PassageSet("s1", found)), Away(), HashEmbedder())
    assert [p.language for p in await search(known, "LAMP-1234", "fr")] == ["de"]


async def test_words_alone_still_find_when_the_index_is_away() -> None:
    found = entries([article("a", "Parcels travel six days."), article("b", "Socks are made of wool.")])
    known = Knowledge(FixedShelf(PassageSet("s1", found)), Away(), HashEmbedder())
    result = await known.search("wool socks", language="en", today=TODAY)
    assert ([p.article for p in result.passages], result.answerable) == (["b"], False)


async def test_scores_fall_and_stay_between_0_and_1() -> None:
    known = await knowledge(*(article(f"a{n}", f"Fact {n} on parcel number {n}.") for n in range(9)))
    scores = [p.score for p in await search(known, "parcel number 4")]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("query", ["", "   ", "\0", "\ud800", "?" * 20_000, "' OR 1=1 --", "🙂", "َ"])
async def test_odd_queries_do_no_harm(query: str) -> None:
    known = await knowledge(article("a", "Text."))
    assert len(await search(known, query, language="??")) <= 1


async def test_nothing_published_means_nothing_found(db: AsyncEngine) -> None:
    known = Knowledge(db, MemoryIndex(), HashEmbedder())
    result = await known.search("anything", language="en", today=TODAY)
    assert (result.passages, result.answerable, result.snapshot) == ((), False, "")


@pytest.fixture
async def db(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


@dataclass
class Clock:
    """Time that a test turns."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Editable:
    """A source of articles."""

    articles: list[Article] = field(default_factory=list[Article])
    name: str = "editable"

    async def load(self) -> Loaded:
        return Loaded(tuple(self.articles))


async def test_a_new_snapshot_is_seen_after_the_pause_and_not_asked_for_before(db: AsyncEngine) -> None:
    clock, source = Clock(), Editable([article("a", "One.")])
    await sync(db, MemoryIndex(), HashEmbedder(), [source])
    shelf = ActiveShelf(db, ttl=1.0, clock=clock)
    first = await shelf.current()
    source.articles = [article("a", "Two.")]
    await sync(db, MemoryIndex(), HashEmbedder(), [source])
    assert await shelf.current() is first
    clock.now = 1.1
    second, same = await asyncio.gather(shelf.current(), shelf.current())
    assert second.entries[0].text == "Two."
    assert same in (first, second)
    clock.now = 2.2
    assert await shelf.current() is second


async def test_the_last_snapshot_serves_while_the_database_is_away(db: AsyncEngine) -> None:
    clock = Clock()
    await sync(db, MemoryIndex(), HashEmbedder(), [Editable([article("a", "One.")])])
    shelf = ActiveShelf(db, ttl=1.0, clock=clock)
    held = await shelf.current()
    clock.now = 5
    shelf._engine = create_async_engine("postgresql+psycopg://nobody@127.0.0.1:9/none")  # pyright: ignore[reportPrivateUsage]
    assert await shelf.current() is held


async def test_a_file_is_searched_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_bytes(
        b'{"id": 1, "text": "Parcels travel six days.", "language": "en", "more": true}\n'
        b"not json\n\n"
        b'{"id": "1", "text": "again", "language": "en"}\n'
        b'{"id": "1", "text": "Pakete reisen sechs Tage.", "language": "de"}\n'
        b'{"id": "2", "text": "Socks are made of wool.", "language": "en"}\n'
        b'{"id": "3"}\n\xff\n'
    )
    opened = await open_file(file, HashEmbedder())
    assert [problem.line for problem in opened.problems] == [2, 4, 7, 8]
    questions = [Question("wool socks", "en"), Question("Parcels travel six days", "de", k=1)]
    wool, parcels = await search_file(file, questions, HashEmbedder())
    assert [p.article for p in wool.passages] == ["2", "1"]
    assert [(p.article, p.language) for p in parcels.passages] == [("1", "de")]


async def test_a_file_without_a_passage_names_the_cure(tmp_path: Path) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("{}\n")
    with pytest.raises(BadPassagesFile, match="`id`, `text` and `language`"):
        await open_file(file, HashEmbedder())
