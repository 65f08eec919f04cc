"""Several shops and warehouses as one: no order of one shop is ever told for another's, and one that is down does not silence the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from agent.commerce.connectors.client import SourceDown
from agent.commerce.connectors.routed import Branch, JoinedCatalogue, JoinedStock, RoutedEffects, RoutedOrders
from agent.domain.commerce import Availability
from agent.domain.effect import EffectState, PlannedEffect

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def shops(scene: Any) -> tuple[Any, Any]:
    """Mia has an order at each of them."""
    source = type(scene.source)
    ours, theirs = scene.order, scene.make("2042")
    return source({"1042": ours, "2001": scene.make("2001", email="eve@example.org")}, {"AU-1": 5}), source(
        {"2042": theirs}, {"AU-1": 2, "AU-3": 1}
    )


@pytest.fixture
def branches(shops: tuple[Any, Any]) -> list[Branch]:
    return [Branch(numbers=(digit,), orders=shop, effects=shop) for digit, shop in zip("12", shops, strict=True)]


async def test_a_number_says_whose_it_is(branches: list[Branch], shops: tuple[Any, Any]) -> None:
    orders = RoutedOrders(branches)
    assert (await orders.by_number("1042")) == shops[0].orders["1042"]
    assert (await orders.find("2042", "mia@example.org")) == shops[1].orders["2042"]
    assert await orders.by_number("2001") is None  # the first shop has one of that number, and it is not asked
    assert await orders.by_number("9") is None and await orders.find("", "mia@example.org") is None
    assert shops[0].asked == ["by_number"]


async def test_a_customer_of_both(branches: list[Branch], shops: tuple[Any, Any]) -> None:
    orders = RoutedOrders(branches)
    shops[1].orders["2042"] = replace(shops[1].orders["2042"], placed_at=NOW)
    assert [order.number for order in await orders.of_customer("mia@example.org")] == ["2042", "1042"]
    assert len(await orders.of_customer("mia@example.org", 1)) == 1
    shops[1].fault = SourceDown("away")
    assert [order.number for order in await orders.of_customer("mia@example.org")] == ["1042"]
    assert await orders.customer("mia@example.org")
    shops[0].fault = SourceDown("away")
    with pytest.raises(SourceDown):
        await orders.of_customer("mia@example.org")


async def test_an_effect_goes_to_its_own_shop(branches: list[Branch], shops: tuple[Any, Any]) -> None:
    effects = RoutedEffects(branches)
    done = await effects.carry_out(PlannedEffect(key="k", kind="cancel", order="2042", payload={}))
    assert done.state is EffectState.CONFIRMED and shops[1].asked == ["carry_out"] and shops[0].asked == []
    nobody = PlannedEffect(key="k", kind="cancel", order="9042", payload={})
    assert (await effects.carry_out(nobody)).error == "order_unknown" and await effects.look_up(nobody) is None


async def test_stock_is_put_together(shops: tuple[Any, Any]) -> None:
    stock = JoinedStock(shops)
    assert [(level.sku, level.on_hand) for level in await stock.levels(["AU-1", "AU-3"])] == [("AU-1", 5), ("AU-3", 1)]
    assert [(known.sku, known.available) for known in await stock.availability(["AU-3", "AU-1", "AU-7"])] == [
        ("AU-3", True),
        ("AU-1", True),
    ]
    assert [batch.id for batch in await stock.batches(["L7"])] == ["L7"] and len(await stock.traced("1042")) == 1
    shops[1].fault = SourceDown("away")
    assert [level.sku for level in await stock.levels(["AU-1", "AU-3"])] == ["AU-1"]
    with pytest.raises(SourceDown):  # "sold out" would be guessed
        await stock.availability(["AU-3"])


async def test_places_and_days_of_an_article_are_joined() -> None:
    class Told:
        def __init__(self, *known: Availability) -> None:
            self.known = known

        async def availability(self, skus: object) -> tuple[Availability, ...]:
            return self.known

    here = Availability(sku="A", available=True, warehouses=("Rotterdam",))
    gone = Availability(sku="A", available=False, restock=date(2026, 12, 1))
    later = Availability(sku="A", available=False, restock=date(2026, 12, 9))
    joined: Any = JoinedStock([Told(gone), Told(here)])  # type: ignore[list-item]
    assert await joined.availability(["A"]) == (here,)
    joined = JoinedStock([Told(later), Told(gone)])  # type: ignore[list-item]
    assert await joined.availability(["A"]) == (gone,)


async def test_products_of_all(shops: tuple[Any, Any]) -> None:
    catalogue = JoinedCatalogue(shops)
    assert [product.sku for product in await catalogue.match("earbuds")] == ["AU-1"]
    assert [product.sku for product in await catalogue.products(["AU-1", "AU-9"])] == ["AU-1"]
