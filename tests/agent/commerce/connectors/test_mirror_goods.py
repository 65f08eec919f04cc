"""What is kept of stock, batches and products."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from agent.commerce.connectors.change import ChangeKind
from agent.commerce.connectors.client import SourceDown

START = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
Scene = Any  # fakes/kept.py


async def test_stock_is_kept_by_article(scene: Scene) -> None:
    levels = await scene.stock.levels(["AU-1", "AU-9"])
    assert [level.on_hand for level in levels] == [5]
    assert await scene.stock.levels(["AU-9", "AU-1", "AU-2"]) and scene.source.asked == ["levels AU-1,AU-9", "levels AU-2"]
    scene.source.pieces["AU-1"] = 4
    await scene.tell("d1", kind=ChangeKind.STOCK, id="AU-1")
    assert (await scene.stock.levels(["AU-1", "AU-2"]))[0].on_hand == 4 and scene.source.asked[-1] == "levels AU-1"
    await scene.tell("d2", kind=ChangeKind.STOCK, id="AU-77")
    await scene.stock.levels(["AU-1"])
    assert len(scene.source.asked) == 3  # of an article nobody asked about
    await scene.tell("d3", kind=ChangeKind.STOCK, id="49148385")
    await scene.stock.levels(["AU-1"])
    assert len(scene.source.asked) == 4  # an id that only the shop knows
    scene.down()
    scene.later(120)
    (old,) = await scene.stock.levels(["AU-1"])
    assert old.stale and old.on_hand == 4 and old.read_at == START
    with pytest.raises(SourceDown):
        await scene.stock.levels(["AU-1", "AU-3"])


async def test_what_was_on_the_shelf_long_ago_is_promised_to_nobody(scene: Scene) -> None:
    assert (await scene.stock.availability(["AU-2", "AU-1"]))[1].available
    scene.down()
    scene.later(1800)
    assert len(await scene.stock.availability(["AU-1", "AU-2"])) == 2
    scene.later(1801)
    with pytest.raises(SourceDown):
        await scene.stock.availability(["AU-1"])


async def test_batches_and_traces_outlive_an_outage(scene: Scene) -> None:
    batches, traced = await scene.stock.batches(["L7"]), await scene.stock.traced("#1042")
    scene.down()
    scene.later(10_000)
    assert await scene.stock.batches(["L7"]) == batches and await scene.stock.traced("1042") == traced


async def test_products_are_found_among_the_known_while_the_shop_is_down(scene: Scene) -> None:
    assert await scene.catalogue.match("my earbuds") and await scene.catalogue.products(["AU-1", "AU-1"])
    scene.down()
    assert [product.sku for product in await scene.catalogue.match("where are my murmo earbuds")] == ["AU-1"]
    assert await scene.catalogue.match("a blanket") == ()
