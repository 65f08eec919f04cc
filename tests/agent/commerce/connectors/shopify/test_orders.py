"""Orders as a shop really has them: cancelled, in parts, refunded by halves, in two currencies, in words nobody knows."""

import copy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.commerce.connectors.shopify import Shop, Shopify
from agent.commerce.connectors.shopify.order import to_order
from agent.domain.commerce import OrderState, Piece, ReturnState, Tier
from agent.domain.money import Money

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SHOP = Shop(name="harbour", tiers={"vip": Tier.BEACON})
Reads = Shopify


def refund(*parts: tuple[str, str], fakes: Any) -> Any:
    rows = [
        {"id": f"t{at}", "kind": "REFUND", "status": status, "amountSet": fakes.bag(amount), "parentTransaction": {"id": "p"}}
        for at, (amount, status) in enumerate(parts)
    ]
    return {"id": "r", "createdAt": "2026-05-18T09:00:00Z", "note": "", "totalRefundedSet": fakes.bag("0"), "transactions": {"nodes": rows}}


async def test_an_order_is_found_by_number_and_email_alone(reads: Reads) -> None:
    found = await reads.find("#1042", "Anna@Example.com ")
    assert found and (found.number, found.state, found.total, found.source) == ("1042", OrderState.PAID, Money(15980, "EUR"), "harbour")
    line = found.lines[0]
    assert (line.title, line.category, line.quantity, line.price, line.options) == (
        "Murmo Earbuds Sage",
        "audio",
        2,
        Money(7990, "EUR"),
        (("colour", "Sage"),),
    )
    assert (found.customer.tier, found.customer.language, found.customer.spent) == (Tier.BEACON, "de", Money(31000, "EUR"))
    assert (found.address.street, found.address.country, found.paid) == ("Kastanienallee 12", "DE", Money(15980, "EUR"))


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("1042", "eve@example.com"),
        ("1043", "anna@example.com"),
        ("104", "anna@example.com"),
        ("", ""),
        ("1042", ""),
        ("1042", '" OR name:"#1042'),
        ("x", "a\\b"),
    ],
)
async def test_a_stranger_finds_nothing_and_asks_as_much_as_anybody(reads: Reads, store: Any, number: str, email: str) -> None:
    assert await reads.find(number, email) is None
    assert [name for name, _ in store.log] == ["Orders"]
    assert store.log[0][1]["query"].count(":") == 2


async def test_a_longer_number_is_another_order(reads: Reads, store: Any, fakes: Any) -> None:
    store.orders.insert(0, fakes.order(10421))
    found = await reads.by_number("1042")
    assert found and found.number == "1042"
    assert await reads.by_number("999") is None


async def test_a_customer_has_only_their_own_orders_newest_first(reads: Reads, store: Any, fakes: Any) -> None:
    store.orders += [fakes.order(number) for number in (1043, 1044, 1045)] + [fakes.order(2000, "eve@example.com")]
    assert len(await reads.of_customer("anna@example.com", 3)) == 3
    assert {order.number for order in await reads.of_customer("anna@example.com")} == {"1042", "1043", "1044", "1045"}
    assert await reads.of_customer("anna@example.com", 0) == () == await reads.of_customer("")
    known = await reads.customer("anna@example.com")
    assert known and known.since == date(2024, 1, 5)
    assert await reads.customer("eve@example.net") is None


async def test_all_lines_of_a_long_order_are_read(reads: Reads, store: Any) -> None:
    mine = store.orders[0]
    more = [copy.deepcopy(mine["lineItems"]["nodes"][0]) | {"sku": f"S-{at}"} for at in range(40)]
    mine["lineItems"]["pageInfo"] = {"hasNextPage": True, "endCursor": "1"}
    mine["more"] = {"pageInfo": {"hasNextPage": False, "endCursor": "2"}, "nodes": more}
    found = await reads.by_number("1042")
    assert found and len(found.lines) == 41 and found.state is OrderState.PAID


async def test_the_number_behind_a_webhooks_id(reads: Reads) -> None:
    assert await reads.number_of("10420") == "1042"
    assert await reads.number_of("1") == ""


@pytest.mark.parametrize(
    ("money", "goods", "state"),
    [
        ("PENDING", "UNFULFILLED", OrderState.UNPAID),
        ("AUTHORIZED", "UNFULFILLED", OrderState.PAID),
        ("PAID", "ON_HOLD", OrderState.PAID),
        ("PAID", "IN_PROGRESS", OrderState.PACKED),
        ("PAID", "PARTIALLY_FULFILLED", OrderState.PART_SHIPPED),
        ("PAID", "FULFILLMENT_NOT_REQUIRED", OrderState.UNKNOWN),
        ("PAID", "BEAMED_UP", OrderState.UNKNOWN),
        ("IN_ESCROW", "UNFULFILLED", OrderState.UNKNOWN),
        ("", "", OrderState.UNKNOWN),
    ],
)
def test_states(fakes: Any, money: str, goods: str, state: OrderState) -> None:
    found = to_order(fakes.order(displayFinancialStatus=money, displayFulfillmentStatus=goods), SHOP, NOW)
    assert found and found.state is state
    assert found.raw_state == (f"{money}/{goods}" if state is OrderState.UNKNOWN else "")


@pytest.mark.parametrize(
    ("parcels", "state"),
    [
        (["IN_TRANSIT"], OrderState.IN_TRANSIT),
        (["DELIVERED"], OrderState.DELIVERED),
        (["DELIVERED", "IN_TRANSIT"], OrderState.IN_TRANSIT),
        (["DELAYED"], OrderState.LATE),
        (["NOT_DELIVERED"], OrderState.UNKNOWN),
        (["SOMETHING_NEW"], OrderState.UNKNOWN),
    ],
)
def test_states_on_the_way(fakes: Any, parcels: list[str], state: OrderState) -> None:
    sent = [fakes.sent(number, each) for number, each in enumerate(parcels)]
    found = to_order(fakes.order(displayFulfillmentStatus="FULFILLED", fulfillments=sent), SHOP, NOW)
    assert found and found.state is state and len(found.shipments) == len(parcels)


def test_late_only_against_a_date_that_the_carrier_gave(fakes: Any) -> None:
    def state(day: str | None) -> tuple[OrderState, date]:
        sent = fakes.sent(estimatedDeliveryAt=day)
        found = to_order(fakes.order(displayFulfillmentStatus="FULFILLED", fulfillments=[sent]), SHOP, NOW)
        assert found and found.shipment
        return found.state, found.shipment.promised

    assert state("2026-05-19T20:00:00Z") == (OrderState.LATE, date(2026, 5, 19))
    assert state("2026-05-20T20:00:00Z") == (OrderState.IN_TRANSIT, date(2026, 5, 20))
    assert state(None) == (OrderState.IN_TRANSIT, date(2026, 5, 21))  # the shop's usual ten days, which are no promise to be late against


def test_parcels_one_for_each_number(fakes: Any) -> None:
    two = [{"company": "DHL", "number": "A", "url": "u"}, {"company": "DHL", "number": "B", "url": ""}]
    sent = [fakes.sent(1, trackingInfo=two), fakes.sent(2, trackingInfo=[]), fakes.sent(3, status="CANCELLED")]
    found = to_order(fakes.order(displayFulfillmentStatus="PARTIALLY_FULFILLED", fulfillments=sent), SHOP, NOW)
    assert found and [each.tracking for each in found.shipments] == ["A", "B", ""]
    first = found.shipments[0]
    assert (first.warehouse, first.skus, first.checkpoints[0].place, first.state) == (
        "Rotterdam",
        ("EAR-130",),
        "Rotterdam, NL",
        "IN_TRANSIT",
    )


def test_cancelled_and_test_orders(fakes: Any) -> None:
    gone = to_order(fakes.order(cancelledAt="2026-05-11T00:00:00Z", displayFulfillmentStatus="FULFILLED"), SHOP, NOW)
    trial = to_order(fakes.order(test=True), SHOP, NOW)
    assert gone and gone.state is OrderState.CANCELLED
    assert trial and (trial.state, trial.raw_state) == (OrderState.UNKNOWN, "test order")


def test_refunded_is_only_said_when_the_money_went(fakes: Any) -> None:
    def read(*parts: tuple[str, str], total: str = "159.80") -> Any:
        raw = fakes.order(displayFinancialStatus="REFUNDED", refunds=[refund(*parts, fakes=fakes)], totalRefundedSet=fakes.bag(total))
        return to_order(raw, SHOP, NOW)

    done, half, failed = (
        read(("100.00", "SUCCESS"), ("59.80", "SUCCESS")),
        read(("100.00", "SUCCESS"), ("59.80", "PENDING")),
        read(("159.80", "FAILURE"), total="0.00"),
    )
    assert (done.state, done.refunded) == (OrderState.REFUNDED, Money(15980, "EUR"))
    assert (half.state, half.refunded) == (OrderState.PAID, Money(15980, "EUR"))
    assert [each.succeeded for each in half.refunds] == [True, False]
    assert (failed.state, failed.refunded) == (OrderState.PAID, Money(0, "EUR"))


def test_refunds_beyond_those_read_still_count(fakes: Any) -> None:
    found = to_order(fakes.order(refunds=[refund(("10.00", "SUCCESS"), fakes=fakes)], totalRefundedSet=fakes.bag("30.00")), SHOP, NOW)
    assert found and found.refunded == Money(3000, "EUR")
    assert [(each.amount.minor, each.succeeded) for each in found.refunds] == [(1000, True), (2000, False)]


def test_two_currencies(fakes: Any) -> None:
    money = fakes.bag("25800", "JPY", "158.28", "EUR")
    found = to_order(fakes.order(totalPriceSet=money, totalRefundedSet=fakes.bag("0", "JPY"), presentmentCurrencyCode="JPY"), SHOP, NOW)
    assert found and (found.total, found.shop_total) == (Money(25800, "JPY"), Money(15828, "EUR"))


def test_payments(fakes: Any) -> None:
    def row(own: str, kind: str, status: str = "SUCCESS", gateway: str = "paypal", parent: str | None = None) -> Any:
        return {
            "id": own,
            "kind": kind,
            "status": status,
            "gateway": gateway,
            "amountSet": fakes.bag("10.00"),
            "parentTransaction": {"id": parent} if parent else None,
        }

    rows = [
        row("1", "AUTHORIZATION"),
        row("2", "CAPTURE", parent="1"),
        row("3", "SALE", "FAILURE"),
        row("4", "SALE", gateway="gift_card"),
        row("5", "REFUND", parent="4"),
        row("6", "AUTHORIZATION", gateway="what"),
    ]
    found = to_order(fakes.order(transactions=rows), SHOP, NOW)
    assert found and [(each.id, each.method, each.succeeded) for each in found.payments] == [
        ("2", "paypal", True),
        ("3", "paypal", False),
        ("4", "gift_card", True),
        ("6", "other", False),
    ]
    assert found.paid == Money(2000, "EUR")


def test_returns(fakes: Any) -> None:
    def row(name: str, status: str) -> Any:
        lines = [{"quantity": 1, "fulfillmentLineItem": {"lineItem": {"sku": "EAR-130"}}}]
        return {"id": name, "name": name, "status": status, "createdAt": "2026-05-15T00:00:00Z", "returnLineItems": {"nodes": lines}}

    found = to_order(
        fakes.order(returns={"nodes": [row("a", "CANCELED"), row("b", "CLOSED"), row("c", "OPEN"), row("d", "NEW_WORD")]}), SHOP, NOW
    )
    assert found and [(each.number, each.state) for each in found.returns] == [
        ("b", ReturnState.CLOSED),
        ("c", ReturnState.LABELLED),
        ("d", ReturnState.REQUESTED),
    ]
    assert found.open_return == "c" and found.returns[0].pieces == (Piece("EAR-130", 1),)


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("2026-05-01T00:00:00Z"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nodes", "amount", "id", "presentmentMoney", "currencyCode"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.data())
def test_whatever_a_field_holds_an_order_is_read_or_left_out(fakes: Any, data: st.DataObject) -> None:
    raw = fakes.order(fulfillments=[fakes.sent()])
    for name in data.draw(st.lists(st.sampled_from(sorted(raw)), max_size=4)):
        raw[name] = data.draw(_JUNK)
    found = to_order(raw, SHOP, NOW)
    assert found is None or found.number
