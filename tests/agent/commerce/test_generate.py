"""The demo shop grows the same from the same seed, and everything in it fits together."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from agent.commerce.demo.catalogue import BAD_BATCH, SOLD_OUT
from agent.commerce.demo.generate import DemoData, generate
from agent.commerce.demo.journeys import SENT
from agent.domain.commerce import Order, OrderState, Tier
from agent.policy.terms import TERMS

DAYS = [date(2026, 11, 21) + timedelta(days=offset) for offset in range(7)]


@pytest.fixture(params=DAYS, ids=str, scope="module")
def data(request: pytest.FixtureRequest) -> DemoData:
    return generate(7, request.param)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def by_number(data: DemoData, number: str) -> Order:
    return next(order for order in data.orders if order.number == number)


def test_counts(data: DemoData) -> None:
    assert (len(data.products), len(data.customers), len(data.orders), len(data.stock)) == (28, 300, 800, 112)
    assert Counter(product.category for product in data.products) == dict.fromkeys(("audio", "textiles", "beauty", "fashion"), 7)
    assert len({customer.country for customer in data.customers}) == 14
    assert {order.state for order in data.orders} == set(OrderState) - {OrderState.PART_SHIPPED, OrderState.UNKNOWN}
    assert sum(customer.tier is Tier.BEACON for customer in data.customers) == 6


def test_ids_are_unique(data: DemoData) -> None:
    assert len({order.number for order in data.orders}) == 800
    assert len({customer.email for customer in data.customers}) == 300
    tracking = [order.shipment.tracking for order in data.orders if order.shipment]
    assert len(set(tracking)) == len(tracking)
    assert len({slip.number for slip in data.returns}) == len(data.returns)
    assert len({batch.id for batch in data.batches}) == len(data.batches)


def test_the_same_arguments_give_the_same_shop() -> None:
    first = generate(7, DAYS[0])
    generate.cache_clear()
    assert generate(7, DAYS[0]) == first
    assert generate(8, DAYS[0]) != first


def test_one_batch_is_quietly_bad(data: DemoData) -> None:
    bad = [batch for batch in data.batches if batch.complaint_rate >= 0.02]
    assert [batch.id for batch in bad] == [BAD_BATCH]
    assert 0.11 < bad[0].complaint_rate < 0.13


def test_emails_are_reserved_and_the_plain_ones_are_the_fixed_orders(data: DemoData) -> None:
    domains = {customer.email.partition("@")[2] for customer in data.customers}
    assert domains == {"example.org", "example.net", "example.com"}
    assert all(customer.email.isascii() and customer.email == customer.email.casefold() for customer in data.customers)


def test_nothing_lies_in_the_future(data: DemoData) -> None:
    end = midnight(data.today)
    for order in data.orders:
        assert order.placed_at < end
        assert all(refund.at < end for refund in order.refunds)
        assert not order.shipment or all(checkpoint.at < end for checkpoint in order.shipment.checkpoints)
    assert all(slip.at < end for slip in data.returns)
    assert all(day > data.today for day in data.restocks.values())


def test_shipments_fit_the_state(data: DemoData) -> None:
    for order in data.orders:
        assert (order.shipment is not None) == (order.state in SENT)
        if not order.shipment:
            continue
        scans = [checkpoint.at for checkpoint in order.shipment.checkpoints]
        assert scans == sorted(scans) and order.placed_at <= scans[0]
        arrived = order.state in {OrderState.DELIVERED, OrderState.PART_RETURNED, OrderState.REFUNDED}
        assert (order.shipment.delivered_at is not None) == arrived
        assert (order.shipment.checkpoints[-1].state == "delivered") == arrived


def test_late_lost_and_on_time_are_what_the_terms_say(data: DemoData) -> None:
    for order in data.orders:
        if not order.shipment:
            continue
        late = data.today > order.shipment.promised + timedelta(days=TERMS.late_days)
        lost = data.today >= order.shipment.checkpoints[-1].at.date() + timedelta(days=TERMS.lost_days)
        match order.state:
            case OrderState.LATE:
                assert late and not lost
            case OrderState.LOST:
                assert lost
            case OrderState.IN_TRANSIT:
                assert not late and not lost
            case OrderState.CUSTOMS_HOLD:
                assert order.shipment.checkpoints[-1].state == "customs" and not lost
            case _:
                pass


def test_refunds_and_returns_fit_the_state(data: DemoData) -> None:
    slips = {slip.number: slip for slip in data.returns}
    for order in data.orders:
        paid_back = sum(refund.amount.minor for refund in order.refunds if refund.succeeded)
        pieces, back = sum(line.quantity for line in order.lines), sum(line.returned for line in order.lines)
        if order.state is OrderState.REFUNDED:
            assert paid_back == order.total.minor and back == pieces
        elif order.state is OrderState.PART_RETURNED:
            assert 0 < paid_back < order.total.minor and 0 < back < pieces
        else:
            assert paid_back == 0 and back == 0
        if order.open_return:
            assert order.state is OrderState.DELIVERED and slips[order.open_return].order == order.number


def test_no_warehouse_has_promised_more_than_it_has(data: DemoData) -> None:
    assert all(level.on_hand >= level.committed for level in data.stock)
    free = {level.sku for level in data.stock if level.on_hand > level.committed}
    assert {product.sku for product in data.products} - free == set(SOLD_OUT)


@pytest.mark.parametrize(
    ("number", "email", "state"),
    [
        ("1042", "anna@example.com", "in_transit"),
        ("1043", "li.wei@example.com", "in_transit"),
        ("1044", "marie@example.com", "paid"),
        ("1045", "john@example.com", "delivered"),
        ("1046", "carmen@example.com", "late"),
        ("1047", "giulia@example.com", "customs_hold"),
        ("1048", "joao@example.com", "packed"),
        ("1049", "fatima@example.com", "in_transit"),
        ("1050", "yuki@example.com", "delivered"),
        ("1051", "ivan@example.com", "lost"),
        ("1052", "vip@example.com", "delivered"),
        ("1053", "emma@example.com", "unpaid"),
        ("1054", "oliver@example.com", "paid"),
        ("1055", "sofia@example.com", "refunded"),
        ("1056", "kenji@example.com", "part_returned"),
        ("1057", "hans@example.com", "delivered"),
        ("1058", "anna2@example.com", "paid"),
    ],
)
def test_the_fixed_orders(data: DemoData, number: str, email: str, state: str) -> None:
    order = by_number(data, number)
    assert (order.customer.email, order.state) == (email, state)


def test_the_dates_documents_rely_on(data: DemoData) -> None:
    def shipment(number: str):
        found = by_number(data, number).shipment
        assert found
        return found

    def ago(at: datetime | None) -> int:
        assert at
        return (data.today - at.date()).days

    assert (shipment("1042").promised - data.today).days == 2
    assert (data.today - shipment("1046").promised).days == 5
    assert [ago(shipment(number).delivered_at) for number in ("1045", "1050", "1057")] == [5, 3, 40]
    assert ago(shipment("1051").checkpoints[-1].at) == 18
    assert shipment("1047").warehouse == "SZX"
    assert {line.batch for line in by_number(data, "1045").lines} >= {BAD_BATCH}
