"""Reports on a real PostgreSQL: replaced, reordered, withdrawn, and gone at the next sync when they are over."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.embed import HashEmbedder
from knowledge.index import MemoryIndex
from knowledge.news.book import listing, reclaim, report, withdraw
from knowledge.news.source import NewsSource
from knowledge.news.tables import news
from knowledge.search import Knowledge
from knowledge.sources.source import Loaded
from knowledge.sync import sync

BRAND = "Lumen & Loom"
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


async def outcomes(db: AsyncEngine, *items: Any, now: datetime = NOW) -> list[str]:
    return [each.outcome for each in await report(db, items, "erp", now)]


async def titles(db: AsyncEngine, clock: Any, language: str = "en") -> list[str]:
    loaded = await NewsSource(db, clock, BRAND).load()
    assert not loaded.problems
    return [each.title for each in loaded.articles if each.language == language and each.audience == "customer"]


async def test_what_is_reported_is_loaded_in_all_languages(db: AsyncEngine, feed: Any, clock: Any) -> None:
    assert await outcomes(db, *(feed.item(kind) for kind in feed.kinds)) == ["stored"] * 5
    loaded = await NewsSource(db, clock, BRAND).load()
    assert len(loaded.articles) == 5 * 10 + 3 and not loaded.problems


async def test_the_same_again_is_no_change_and_another_replaces_it(db: AsyncEngine, feed: Any, clock: Any) -> None:
    item = feed.item("stock_out")
    assert await outcomes(db, item, item) == ["stored", "unchanged"]
    assert await outcomes(db, feed.item("stock_out", title="Murmo Earbuds Rose"), now=NOW + timedelta(hours=1)) == ["stored"]
    assert len(await listing(db)) == 1
    assert await titles(db, clock) == ["Is Murmo Earbuds Rose sold out, and when is it back in stock?"]


async def test_an_older_report_that_comes_late_changes_nothing(db: AsyncEngine, feed: Any, clock: Any) -> None:
    new = feed.item("stock_out", title="New", at="2026-06-10T11:00:00Z")
    old = feed.item("stock_out", title="Old", at="2026-06-10T10:00:00Z")
    assert await outcomes(db, new, old) == ["stored", "outdated"]
    assert await outcomes(db, old, new) == ["outdated", "unchanged"]
    assert await titles(db, clock) == ["Is New sold out, and when is it back in stock?"]


async def test_a_clock_that_runs_ahead_locks_nobody_out(db: AsyncEngine, feed: Any) -> None:
    ahead = feed.item("stock_out", title="Ahead", at="2031-01-01T00:00:00Z")
    assert await outcomes(db, ahead) == ["stored"]
    assert await outcomes(db, feed.item("stock_out", title="Now"), now=NOW + timedelta(minutes=1)) == ["stored"]


async def test_a_redelivery_does_not_revive_what_was_withdrawn(db: AsyncEngine, feed: Any, clock: Any) -> None:
    item = feed.item("stock_out", at="2026-06-10T10:00:00Z")
    await outcomes(db, item)
    assert await withdraw(db, item.id, "ed@example.com", NOW)
    assert not await withdraw(db, item.id, "ed@example.com", NOW)
    assert not await withdraw(db, "nothing", "ed@example.com", NOW)
    assert await outcomes(db, item) == ["outdated"] and await titles(db, clock) == []
    again = feed.item("stock_out", at="2026-06-10T13:00:00Z")
    assert await outcomes(db, again, now=NOW + timedelta(hours=2)) == ["stored"]
    assert len(await titles(db, clock)) == 1


async def test_only_withdrawn_news_change_hands(db: AsyncEngine, feed: Any) -> None:
    await outcomes(db, feed.item("stock_out"), feed.item("batch_change"))
    await withdraw(db, "erp-stock_out", "ed@example.com", NOW)
    await reclaim(db, ["erp-stock_out", "erp-batch_change"], "watch")
    assert {row["id"]: row["reported_by"] for row in await listing(db)} == {"erp-stock_out": "watch", "erp-batch_change": "erp"}


async def test_what_is_over_or_too_long_is_not_taken(db: AsyncEngine, feed: Any) -> None:
    past = feed.item("stock_out", valid_to="2026-06-09")
    long = feed.item("stock_out", valid_from="2026-09-01", valid_to="2027-01-31")
    assert await outcomes(db, past, long) == ["over", "too_long"]
    assert await listing(db) == ()


async def test_twenty_reporters_at_once_leave_the_newest(db: AsyncEngine, feed: Any) -> None:
    items = [feed.item("stock_out", title=f"Nr {n}", at=(NOW - timedelta(minutes=n)).isoformat()) for n in range(20)]
    await asyncio.gather(*(outcomes(db, item) for item in reversed(items)))
    (row,) = await listing(db)
    assert row["detail"]["title"] == "Nr 0"


async def test_the_list_shows_what_is_open(db: AsyncEngine, feed: Any) -> None:
    await outcomes(db, feed.item("stock_out"), feed.item("batch_change", id="a_b:1"), feed.item("batch_change", id="axb:1"))
    await withdraw(db, "erp-stock_out", "ed", NOW)
    assert len(await listing(db)) == 3 and len(await listing(db, today=NOW.date())) == 2
    assert [row["id"] for row in await listing(db, prefix="a_b")] == ["a_b:1"]
    assert await listing(db, today=date(2026, 9, 1)) == ()


async def test_a_row_that_cannot_be_read_is_a_problem_and_the_rest_is_loaded(db: AsyncEngine, feed: Any, clock: Any) -> None:
    await outcomes(db, feed.item("stock_out"), feed.item("customs_change"), feed.item("batch_change"))
    async with db.begin() as connection:
        await connection.execute(update(news).where(news.c.id == "erp-customs_change").values(detail={"country": "Atlantis"}))
        await connection.execute(update(news).where(news.c.id == "erp-batch_change").values(detail=["a", "list"]))
    loaded = await NewsSource(db, clock, BRAND).load()
    assert len(loaded.problems) == 2 and len(loaded.articles) == 11
    assert "withdraw it" in str(loaded.problems[0]) and "Atlantis" not in str(loaded.problems)


class Folder:
    """Other articles, as many as a knowledge base has: one that loses half of its passages refuses the sync."""

    name = "corpus"

    async def load(self) -> Loaded:
        return Loaded(tuple(Article(id=f"other-{n}", title=f"Other {n}", language="de", body=f"Etwas anderes {n}.") for n in range(40)))


def news_alone(found: Iterable[str]) -> set[str]:
    return {each for each in found if each.startswith("news-")}


async def find(db: AsyncEngine, index: MemoryIndex, question: str, day: date, **where: Any) -> set[str]:
    found = await Knowledge(db, index, HashEmbedder(), ttl=0).search(question, language="en", today=day, k=10, **where)
    return news_alone(each.article for each in found.passages)


async def test_news_are_found_from_their_day_in_their_market_until_they_are_over(db: AsyncEngine, feed: Any, clock: Any) -> None:
    index, source = MemoryIndex(), [NewsSource(db, clock, BRAND), Folder()]
    soon = feed.item("stock_out", id="soon", valid_from="2026-06-20", valid_to="2026-06-25")
    await outcomes(db, feed.item("stock_out"), soon, feed.item("customs_change"))
    await sync(db, index, HashEmbedder(), source)
    today, ask = NOW.date(), "Is Murmo Earbuds sold out customs Brazil"
    assert await find(db, index, ask, today, market="DE") == {"news-stock-out-erp-stock-out-" + digest("erp-stock_out")}
    assert "news-stock-out-soon" in await find(db, index, ask, date(2026, 6, 20), market="FR")
    assert await find(db, index, ask, today, market="US") == set()
    assert all("customs" in each for each in await find(db, index, ask, today, market="BR"))
    staff = {each for each in await find(db, index, ask, today, market="DE", audience="operator") if each.endswith("-staff")}
    assert len(staff) == 1
    await withdraw(db, "erp-stock_out", "ed", NOW)
    clock.at = datetime(2026, 6, 26, tzinfo=UTC)
    done = await sync(db, index, HashEmbedder(), source)
    assert done.changed and done.articles == 10 + 40
    assert await find(db, index, ask, date(2026, 6, 21), market="DE") == set()


def digest(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()[:8]


async def test_the_articles_of_a_row_stay_the_same_between_syncs(db: AsyncEngine, feed: Any, clock: Any) -> None:
    index, source = MemoryIndex(), [NewsSource(db, clock, BRAND)]
    await outcomes(db, *(feed.item(kind) for kind in feed.kinds))
    await sync(db, index, HashEmbedder(), source)
    clock.at += timedelta(days=1)
    again = await sync(db, index, HashEmbedder(), source)
    assert not again.changed and again.embedded == 0


async def test_a_row_of_an_unknown_kind_does_not_stop_a_sync(db: AsyncEngine, feed: Any, clock: Any) -> None:
    await outcomes(db, feed.item("stock_out"))
    row = {"id": "odd", "kind": "rumour", "valid_from": date(2026, 6, 1), "valid_to": date(2026, 7, 1)}
    async with db.begin() as connection:
        await connection.execute(insert(news).values(row | {"markets": [], "products": [], "detail": {}, "reported_by": "x"}))
        assert await connection.scalar(text("select count(*) from knowledge_news")) == 2
    done = await sync(db, MemoryIndex(), HashEmbedder(), [NewsSource(db, clock, BRAND)])
    assert done.articles == 11 and len(done.problems) == 1
