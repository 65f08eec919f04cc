"""The store behind our ports: what it says, in our words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.domain.commerce import OrderState, ReturnState
from agent.domain.money import Money
from eval.tau import canonical
from eval.tau.database import BadStore, Database, database, digits, raw_number
from eval.tau.shop import TauShop
from eval.world import NOW

WithStatus = Callable[[str, str], Database]


@pytest.fixture
def shop(store: Database) -> TauShop:
    return TauShop(store, NOW)


async def test_an_order_is_found_by_number_and_email_together(shop: TauShop) -> None:
    found = await shop.find("#W1000001", "Ann@X.example")
    assert found and found.number == "1000001" and raw_number(found.number) == "#W1000001"
    assert await shop.find("1000001", "bob@x.example") is None
    assert await shop.find("1000009", "ann@x.example") is None
    assert await shop.by_number("1000001") == found


async def test_an_order_is_told_with_lines_payments_and_parcels(shop: TauShop) -> None:
    found = await shop.by_number("1000002")
    assert found
    assert (found.state, found.total, found.paid, found.refunded.minor) == (
        OrderState.DELIVERED,
        Money(9545, "USD"),
        Money(9545, "USD"),
        0,
    )
    assert [(line.sku, line.product, line.options, line.quantity) for line in found.lines][-1] == ("22", "2", (("color", "blue"),), 1)
    assert found.lines[0].title == "Tea Kettle (1L)"
    assert found.payments[0].id == "paypal_1" and found.payments[0].method == "paypal"
    assert found.shipment and found.shipment.tracking == "55" and found.shipment.delivered_at
    assert (found.address.street, found.address.country, found.address.region) == ("1 Elm, Apt 2", "US", "TX")


async def test_a_gift_card_says_what_it_holds(shop: TauShop, store: Database) -> None:
    found = await shop.by_number("1000001")
    assert found and (found.payments[0].method, found.payments[0].balance) == ("gift_card", Money(1799, "USD"))
    methods = {method.id: (method.kind, method.balance) for method in canonical.methods_of(store.users["ann"])}
    assert methods == {"gift_card_1": ("gift_card", Money(1799, "USD")), "paypal_1": ("paypal", None)}


@pytest.mark.parametrize(
    ("status", "state", "earlier"),
    [
        ("pending", OrderState.PAID, ()),
        ("pending (item modified)", OrderState.PAID, ("change_items",)),
        ("processed", OrderState.PACKED, ()),
        ("delivered", OrderState.DELIVERED, ()),
        ("return requested", OrderState.DELIVERED, ("return",)),
        ("exchange requested", OrderState.DELIVERED, ("exchange",)),
        ("cancelled", OrderState.CANCELLED, ()),
        ("on the moon", OrderState.UNKNOWN, ()),
    ],
)
async def test_states_become_ours(with_status: WithStatus, status: str, state: OrderState, earlier: tuple[str, ...]) -> None:
    shop = TauShop(with_status("#W1000001", status), NOW)
    found = await shop.by_number("1000001")
    assert found and found.state is state and (await shop.granted("1000001")).kinds == earlier
    assert found.raw_state == ("on the moon" if state is OrderState.UNKNOWN else "")
    assert [back.state for back in found.returns] == ([ReturnState.REQUESTED] if status == "return requested" else [])


async def test_customers_and_their_orders(shop: TauShop) -> None:
    who = await shop.customer("ANN@x.example")
    assert who and (who.name, who.country) == ("Ann Poe", "US")
    assert await shop.customer("nobody@x.example") is None
    assert [order.number for order in await shop.of_customer("ann@x.example", 2)] == ["1000001", "1000002"]
    assert await shop.of_customer("bob@x.example") == ()


async def test_articles_and_whether_they_can_be_had(shop: TauShop) -> None:
    [kettle] = await shop.products(["12", "no such"])
    assert (kettle.title, kettle.price, kettle.product, kettle.options) == (
        "Tea Kettle (2L)",
        Money(5809, "USD"),
        "1",
        (("capacity", "2L"),),
    )
    assert {each.sku: each.available for each in await shop.availability(["12", "13", "no such"])} == {"12": True, "13": False}
    assert [each.sku for each in await shop.match("a desk lamp in red", 1)] == ["21"]
    assert await shop.batches(["x"]) == () and await shop.traced("1000001") == ()


async def test_nobody_granted_anything_on_an_order_there_is_not(shop: TauShop) -> None:
    assert (await shop.granted("77")).kinds == ()


def test_numbers_keep_their_figures() -> None:
    assert [digits("#W2611340"), raw_number("2611340"), raw_number(""), digits("")] == ["2611340", "#W2611340", "", ""]


@pytest.mark.parametrize("given", [([], {}, {}), ({"k": 1}, {}, {}), ({}, {"k": []}, {}), ({}, {}, None)])
def test_a_file_of_another_kind_is_refused_by_name(given: tuple[object, object, object]) -> None:
    with pytest.raises(BadStore, match=r"(orders|users|products)\.json: .* Give the file as tau-bench has it"):
        database(*given)


async def test_an_order_that_lacks_a_field_is_refused_by_name(store: Database) -> None:
    del store.orders["#W1000001"]["items"]
    with pytest.raises(BadStore, match=r"orders\.json: #W1000001: KeyError 'items'"):
        await TauShop(store, NOW).by_number("1000001")
