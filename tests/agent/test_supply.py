"""The shop is looked at: what is sold out and which lanes are slow becomes news, once, and is withdrawn when it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.demo.seed import seed
from agent.commerce.tables import SCHEMA
from agent.commerce.tables import metadata as shop
from agent.signals.supply import Due, Shelf, delayed, is_delayed, region, sold_out, watch
from knowledge.news.articles import articles
from knowledge.news.book import listing, withdraw
from knowledge.news.report import DelayedLane, StockOut
from knowledge.news.source import NewsSource
from knowledge.news.tables import news
from knowledge.tables import metadata

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
COUNTRIES = ["DE", "GB", "US", "JP", "CN", "BR", "SA"]
HOUR = timedelta(hours=1)


def due(*late: int, warehouse: str = "SZX", country: str = "BR") -> list[Due]:
    return [Due(warehouse, country, days) for days in late]


def test_only_what_no_warehouse_has_is_sold_out() -> None:
    found = sold_out([Shelf("A-1", "One", 0, TODAY), Shelf("B-2", "Two", 3, None), Shelf("C-3", "Three", -1, None)], TODAY)
    assert [(item.id, item.restock) for item in found if isinstance(item, StockOut)] == [
        ("watch:stock:A-1", TODAY),
        ("watch:stock:C-3", None),
    ]


def test_a_title_that_cannot_be_quoted_leaves_the_others() -> None:
    assert [item.id for item in sold_out([Shelf("A-1", "Buy! " * 30, 0, None), Shelf("B-2", "Two", 0, None)], TODAY)] == ["watch:stock:B-2"]


@pytest.mark.parametrize(("late", "already", "expected"), [(9, False, False), (10, False, True), (7, True, True), (6, True, False)])
def test_a_lane_begins_at_one_bound_and_ends_at_a_lower_one(late: int, already: bool, expected: bool) -> None:
    assert is_delayed([3] * late + [0] * (20 - late), already) is expected


def test_a_few_parcels_prove_nothing() -> None:
    assert not is_delayed([5] * 9, False)


def test_lanes_are_told_apart_and_an_outlier_does_not_set_the_figure() -> None:
    slow = due(2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 90, -1)
    found = delayed(
        [*slow, *due(*[0] * 30, warehouse="SZX", country="CN"), *due(*[0] * 30, warehouse="RTM", country="DE")], COUNTRIES, TODAY
    )
    (lane,) = found
    assert isinstance(lane, DelayedLane) and lane.id == "watch:lane:SZX-SZX" and lane.from_warehouse == "Shenzhen"
    assert lane.markets == ("BR", "SA") and (lane.extra_days_min, lane.extra_days_max) == (3, 6)
    assert len(articles(lane, "Lumen & Loom")) == 10
    assert (region("CN"), region("BR"), region("DE")) == ("CN", "SZX", "RTM")


def test_all_parcels_of_a_lane_years_late_are_still_an_item() -> None:
    (lane,) = delayed(due(*[700] * 12), COUNTRIES, TODAY)
    assert isinstance(lane, DelayedLane) and lane.extra_days_max == 60


@pytest.fixture
async def db(engine: AsyncEngine) -> AsyncEngine:
    assert news.metadata is metadata
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        await connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        await connection.run_sync(shop.create_all)
    await seed(engine, today=TODAY)
    return engine


class Clock:
    def now(self) -> datetime:
        return NOW


async def run(db: AsyncEngine, query: str, **values: object) -> None:
    async with db.begin() as connection:
        await connection.execute(text(query), values)


async def known(db: AsyncEngine) -> list[str]:
    return sorted(row["id"] for row in await listing(db, today=TODAY))


async def test_the_demo_shop_has_two_products_sold_out_and_no_slow_lane(db: AsyncEngine) -> None:
    assert await watch(db, NOW) == 2
    assert await known(db) == ["watch:stock:CUR-460", "watch:stock:JKT-630"]
    loaded = await NewsSource(db, Clock(), "Lumen & Loom").load()
    assert len(loaded.articles) == 20 and not loaded.problems


async def test_looking_again_changes_nothing(db: AsyncEngine) -> None:
    await watch(db, NOW)
    before = await listing(db)
    for hours in (1, 2, 24):
        assert await watch(db, NOW + hours * HOUR) == 0
    assert await listing(db) == before


async def test_news_end_when_stock_is_back_and_begin_again(db: AsyncEngine) -> None:
    await watch(db, NOW)
    await run(db, "UPDATE demo_shop.stock_level SET on_hand = on_hand + 5 WHERE sku = 'CUR-460' AND warehouse = 'RTM'")
    assert await watch(db, NOW + HOUR) == 1 and await known(db) == ["watch:stock:JKT-630"]
    await run(db, "UPDATE demo_shop.stock_level SET on_hand = committed WHERE sku = 'CUR-460'")
    assert await watch(db, NOW + 2 * HOUR) == 1 and len(await known(db)) == 2


async def test_a_new_restock_day_is_news(db: AsyncEngine) -> None:
    await watch(db, NOW)
    await run(db, "UPDATE demo_shop.stock_level SET restock = :day WHERE sku = 'CUR-460'", day=TODAY + timedelta(days=3))
    assert await watch(db, NOW + HOUR) == 1 and await watch(db, NOW + 2 * HOUR) == 0
    (row,) = [row for row in await listing(db) if row["id"].endswith("CUR-460")]
    assert row["detail"]["restock"] == "2026-05-23" and row["valid_from"] == TODAY


async def test_what_lasts_is_renewed_in_time(db: AsyncEngine) -> None:
    await watch(db, NOW)
    await run(db, "UPDATE demo_shop.stock_level SET restock = NULL")
    assert await watch(db, NOW + HOUR) == 2
    for day in range(3, 200, 4):
        await watch(db, NOW + timedelta(days=day))
    rows = [row for row in await listing(db) if row["id"].startswith("watch:stock")]
    today = TODAY + timedelta(days=199)
    assert len(rows) == 2 and all(row["valid_to"] > today and not row["withdrawn_at"] for row in rows)


async def test_what_an_editor_withdrew_stays_so_until_its_cause_is_over(db: AsyncEngine) -> None:
    await watch(db, NOW)
    await withdraw(db, "watch:stock:CUR-460", "ed@example.com", NOW)
    assert await watch(db, NOW + HOUR) == 0 and await known(db) == ["watch:stock:JKT-630"]
    await run(db, "UPDATE demo_shop.stock_level SET on_hand = on_hand + 5 WHERE sku = 'CUR-460'")
    assert await watch(db, NOW + 2 * HOUR) == 0
    await run(db, "UPDATE demo_shop.stock_level SET on_hand = committed WHERE sku = 'CUR-460'")
    assert await watch(db, NOW + 3 * HOUR) == 1 and len(await known(db)) == 2


async def test_others_news_are_left_alone(db: AsyncEngine) -> None:
    row = {"id": "erp:stock:X", "kind": "stock_out", "reported_by": "webhook", "valid_from": TODAY, "valid_to": TODAY}
    async with db.begin() as connection:
        await connection.execute(news.insert().values(row | {"markets": [], "products": [], "detail": {"sku": "X-1", "title": "X"}}))
    await watch(db, NOW)
    assert "erp:stock:X" in await known(db)


async def test_a_lane_that_slows_down_is_told_and_ends(db: AsyncEngine) -> None:
    lane = (
        "UPDATE demo_shop.shipment SET delivered_at = promised + make_interval(days => :late) WHERE promised >= :since AND promised < :today"
        " AND warehouse = 'RTM'"
    )
    since = TODAY - timedelta(days=14)
    await run(db, lane, late=4, since=since, today=TODAY)
    assert await watch(db, NOW) == 3
    (row,) = [row for row in await listing(db) if row["kind"] == "delayed_lane"]
    assert row["id"] == "watch:lane:RTM-RTM" and {"DE", "GB"} <= set(row["markets"])
    assert (row["detail"]["extra_days_min"], row["detail"]["extra_days_max"]) == (4, 4)
    await run(db, lane, late=5, since=since, today=TODAY)
    assert await watch(db, NOW + HOUR) == 0  # a day more is no news
    await run(db, lane, late=0, since=since, today=TODAY)
    assert await watch(db, NOW + 2 * HOUR) == 1 and len(await known(db)) == 2
