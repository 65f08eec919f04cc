"""Orders of a WooCommerce shop in our model."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.commerce.connectors.woocommerce.shop import money
from agent.domain.commerce import OrderState
from agent.domain.money import Money


async def test_an_order_is_read_whole(connected: Any) -> None:
    order = await connected.orders.find("#1042", "ada@example.COM ")
    assert (order.number, order.state, order.total, order.source) == ("1042", OrderState.PAID, Money(8970, "EUR"), "my shop")
    assert order.placed_at == datetime(2026, 11, 2, 10, tzinfo=UTC)  # not the shop's own clock
    assert [(line.sku, line.quantity, line.price.minor, line.category) for line in order.lines] == [
        ("MUG-1", 2, 3000, "kitchen"),
        ("TEE-M", 1, 2970, "fashion"),
    ]
    assert order.lines[0].options == (("size", "M"),)
    assert (order.paid, order.payments[0].id, order.payments[0].method) == (Money(8970, "EUR"), "ch_1", "card")
    assert (order.address.street, order.address.country, order.address.region) == ("Lindenstr. 1", "DE", "BE")
    assert (order.customer.name, order.customer.id) == ("Ada Moss", "7")


async def test_a_wrong_mail_an_unknown_number_and_nonsense_look_alike_and_cost_the_same(shop: Any, connected: Any) -> None:
    for number, email in (("1042", "eve@example.com"), ("9999", "ada@example.com"), ("1042", ""), ("1042", "ada@example.com\0")):
        shop.seen.clear()
        assert await connected.orders.find(number, email) is None
        assert len(shop.seen) == 1
    assert await connected.orders.find("none", "ada@example.com") is None


@pytest.mark.parametrize(
    ("status", "paid", "state", "raw"),
    [
        ("pending", False, OrderState.UNPAID, ""),
        ("on-hold", False, OrderState.UNPAID, ""),
        ("on-hold", True, OrderState.PAID, ""),
        ("failed", False, OrderState.UNPAID, ""),
        ("cancelled", True, OrderState.CANCELLED, ""),
        ("completed", True, OrderState.UNKNOWN, "completed"),  # sent or not, nobody says
        ("refunded", True, OrderState.UNKNOWN, "refunded"),  # no money went back
        ("wc-awaiting-glaze", True, OrderState.UNKNOWN, "wc-awaiting-glaze"),
        ("delivered", True, OrderState.DELIVERED, ""),
    ],
)
async def test_states(shop: Any, connected: Any, status: str, paid: bool, state: OrderState, raw: str) -> None:
    shop.orders[1042] |= {"status": status} | ({} if paid else {"date_paid_gmt": None})
    order = await connected.orders.by_number("1042")
    assert (order.state, order.raw_state) == (state, raw)
    assert order.paid.minor == (8970 if paid else 0)


async def test_a_merchant_says_what_their_own_states_mean(shop: Any, connecting: Any) -> None:
    shop.orders[1042]["status"] = "in-the-kiln"
    order = await connecting(states={"in-the-kiln": OrderState.PAID}).orders.by_number("1042")
    assert (order.state, order.raw_state) == (OrderState.PAID, "")


@pytest.mark.parametrize("status", ["trash", "checkout-draft"])
async def test_a_basket_and_a_deleted_order_are_no_order(shop: Any, connected: Any, status: str) -> None:
    shop.orders[1042]["status"] = status
    assert await connected.orders.by_number("1042") is None


async def test_parcels_come_from_the_tracking_plugins(shop: Any, connected: Any, fakes: ModuleType) -> None:
    shop.orders[1042] |= {"status": "completed", "meta_data": [fakes.tracking("JD 0146 00")]}
    order = await connected.orders.by_number("1042")
    assert order.state is OrderState.IN_TRANSIT
    assert (order.shipment.tracking, order.shipment.carrier) == ("JD014600", "dhl")
    assert (order.shipment.promised - order.shipment.shipped_at.date()).days == 10
    shop.orders[1042]["status"] = "processing"
    assert (await connected.orders.by_number("1042")).state is OrderState.PART_SHIPPED


async def test_only_money_that_the_gateway_gave_back_is_a_refund(shop: Any, connected: Any, fakes: ModuleType) -> None:
    refund = {"id": 1, "amount": "30.00", "date_created_gmt": "2026-11-05T08:00:00", "line_items": [fakes.returned(11, 1)]}
    shop.refunds[1042] = [refund | {"refunded_payment": True}, refund | {"id": 2, "amount": "", "total": "-59.70", "line_items": []}]
    shop.orders[1042] |= {"status": "refunded", "refunds": [{"id": 1, "total": "-30.00"}, {"id": 2, "total": "-59.70"}]}
    order = await connected.orders.by_number("1042")
    assert [(each.amount.minor, each.succeeded) for each in order.refunds] == [(3000, True), (5970, False)]
    assert [line.returned for line in order.lines] == [1, 0]
    assert (order.state, order.refunded.minor) == (OrderState.UNKNOWN, 8970)
    shop.refunds[1042][1]["refunded_payment"] = True
    assert (await connected.orders.by_number("1042")).state is OrderState.REFUNDED


async def test_a_numbering_plugin_is_followed_to_the_exact_number(shop: Any, connecting: Any, fakes: ModuleType) -> None:
    shop.orders = {5: fakes.order(5, number="LL-1042"), 6: fakes.order(6, number="LL-10420")}
    orders = connecting(renumbered=True, prefix="LL-").orders
    assert (await orders.find("1042", "ada@example.com")).number == "1042"
    assert await orders.by_number("104") is None


async def test_the_customers_orders_newest_first_and_nobody_elses(shop: Any, connected: Any, fakes: ModuleType) -> None:
    shop.orders[1050] = fakes.order(1050, date_created_gmt="2026-11-09T10:00:00")
    shop.orders[1051] = fakes.order(1051, billing={"email": "not-ada@example.com"})
    assert [order.number for order in await connected.orders.of_customer("ADA@example.com")] == ["1050", "1042"]
    assert await connected.orders.of_customer("", 5) == ()
    assert (await connected.orders.customer("ada@example.com")).id == "7"  # from the order: no account
    shop.customers.append(
        {"id": 8, "email": "ada@example.com", "first_name": "Ada", "last_name": "M", "date_created_gmt": "2020-01-01T00:00:00"}
    )
    account = await connected.orders.customer("ada@example.com")
    assert (account.id, account.since.year) == ("8", 2020)


@pytest.mark.parametrize("fault", ["500", "503", "garbage", "half", "slow", "drop", "429"])
async def test_a_shop_that_fails_twice_is_down_and_once_is_asked_again(shop: Any, connected: Any, fault: str) -> None:
    shop.always = fault
    with pytest.raises(SourceDown):
        await connected.orders.by_number("1042")
    shop.always = ""
    if fault in {"500", "503", "drop"}:
        shop.fail(fault)
        assert await connected.orders.by_number("1042")


async def test_a_wrong_key_is_told_from_an_outage(connecting: Any) -> None:
    with pytest.raises(SourceRefused, match="401"):
        await connecting(secret="old").orders.by_number("1042")


@pytest.mark.parametrize(
    "broken", [{"total": "a lot"}, {"date_created_gmt": None}, {"line_items": [{"quantity": 1, "id": 1}]}, {"total": "NaN"}]
)
async def test_an_order_that_cannot_be_read_is_never_half_read(shop: Any, connected: Any, broken: dict[str, Any]) -> None:
    shop.orders[1042] |= broken
    with pytest.raises(SourceDown, match="cannot be read"):
        await connected.orders.by_number("1042")


async def test_odd_shapes_are_forgiven(shop: Any, connected: Any) -> None:
    shop.orders[1042] |= {"meta_data": {}, "refunds": None, "shipping": [], "customer_id": "0", "new_field": [1]}
    order = await connected.orders.by_number("1042")
    assert (order.customer.id, order.address.city) == ("guest", "Berlin")


def test_money_follows_its_currency() -> None:
    assert money("1200", "JPY") == Money(1200, "JPY")
    assert money("12.5", "EUR") == Money(1250, "EUR")
    assert money("-10.00", "EUR") == Money(-1000, "EUR")
    assert money("1.5", "KWD").amount == Decimal("1.5")  # however many decimals we keep of it
