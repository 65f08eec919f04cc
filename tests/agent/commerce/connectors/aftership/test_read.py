"""Reading trackings, and the shop's orders with the carriers' scans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.aftership import Enriched
from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.domain.commerce import Address, Checkpoint, Customer, Line, Order, OrderState, Shipment, Tier
from agent.domain.money import Money

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PARCEL = Shipment(
    carrier="DHL",
    tracking="JD014600",
    url="",
    warehouse="store",
    shipped_at=datetime(2026, 11, 17, tzinfo=UTC),
    promised=date(2026, 11, 22),
)
ORDER = Order(
    number="1042",
    customer=Customer(id="7", email="ada@example.com", name="Ada", country="DE", language="de", tier=Tier.DRIFT),
    state=OrderState.IN_TRANSIT,
    placed_at=datetime(2026, 11, 15, tzinfo=UTC),
    total=Money(100, "EUR"),
    lines=(Line(sku="MUG-1", title="Mug", category="", quantity=1, price=Money(100, "EUR")),),
    address=Address(name="Ada", street="x 1", city="Berlin", postcode="1", country="DE"),
    shipments=(PARCEL,),
    read_at=datetime(2026, 11, 20, 11, tzinfo=UTC),
)


class Shop:
    def __init__(self, order: Order) -> None:
        self.order = order

    async def find(self, number: str, email: str) -> Order | None:
        return self.order if (number, email) == ("1042", "ada@example.com") else None

    async def by_number(self, number: str) -> Order | None:
        return self.order if number == "1042" else None

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        return (self.order, replace(self.order, number="1043", shipments=()))

    async def customer(self, email: str) -> Customer | None:
        return self.order.customer


async def seen(connecting: Any, order: Order = ORDER) -> Order:
    found = await Enriched(Shop(order), connecting()).find("1042", "ada@example.com")
    assert found
    return found


async def test_trackings_by_number_with_the_carriers_name(ship: Any, connecting: Any, fakes: ModuleType) -> None:
    reader = connecting()
    told = await reader.track(["JD 0146 00", "NONE", "JD014600", "a,b", ""])
    assert list(told) == ["JD014600"] and told["JD014600"].carrier == "Deutsche Post DHL"
    assert ship.seen[0][2]["tracking_numbers"] == "JD014600,NONE"
    await reader.track(["JD014600"])
    assert [path for _, path, _, _ in ship.seen].count("/tracking/2026-07/couriers") == 1
    assert await reader.track([]) == {}


async def test_many_numbers_are_asked_for_fifty_at_a_time(ship: Any, connecting: Any, fakes: ModuleType) -> None:
    ship.trackings = [fakes.tracking(f"N{index}") for index in range(120)]
    assert len(await connecting().track([f"N{index}" for index in range(120)])) == 120
    asked = [query for _, path, query, _ in ship.seen if path.endswith("trackings")]
    assert [len(query["tracking_numbers"].split(",")) for query in asked] == [50, 50, 20]


async def test_of_two_carriers_with_one_number_the_livelier_counts(ship: Any, connecting: Any, fakes: ModuleType) -> None:
    ship.trackings.append(fakes.tracking(slug="postnl-3s", updated_at="2026-11-20T09:00:00+00:00"))
    ship.trackings.append(fakes.tracking(slug="old-one", updated_at=None))
    assert (await connecting().track(["JD014600"]))["JD014600"].slug == "postnl-3s"


async def test_without_the_list_of_carriers_their_slug_is_spelt_out(ship: Any, connecting: Any) -> None:
    ship.couriers = []
    assert (await connecting().track(["JD014600"]))["JD014600"].carrier == "Dhl Germany"


@pytest.mark.parametrize("fault", ["500", "429", "garbage", "half", "slow", "drop"])
async def test_a_carrier_that_is_down_leaves_the_shops_view_with_its_age(ship: Any, connecting: Any, fault: str) -> None:
    ship.always = fault
    with pytest.raises(SourceDown):
        await connecting().track(["JD014600"])
    assert await seen(connecting) == ORDER


async def test_a_wrong_key_is_said_and_costs_the_customer_nothing(connecting: Any) -> None:
    with pytest.raises(SourceRefused):
        await connecting("old").track(["JD014600"])
    assert await Enriched(Shop(ORDER), connecting("old")).by_number("1042") == ORDER


@pytest.mark.parametrize("whole", [[], {}, {"data": None}, {"meta": {"code": 200}, "data": {}}])
async def test_an_answer_of_another_shape_is_an_outage(ship: Any, connecting: Any, whole: Any) -> None:
    ship.whole = whole
    with pytest.raises(SourceDown):
        await connecting().track(["JD014600"])


async def test_the_shops_order_gets_the_carriers_scans(connecting: Any) -> None:
    order = await seen(connecting)
    (parcel,) = order.shipments
    assert (parcel.carrier, parcel.url) == ("DHL", "https://carrier.example/JD014600")
    assert (parcel.state, parcel.source, parcel.read_at, len(parcel.checkpoints)) == ("InTransit", "aftership", NOW, 2)
    assert (parcel.promised, order.state, order.read_at) == (PARCEL.promised, OrderState.IN_TRANSIT, ORDER.read_at)


async def test_scans_that_are_kept_while_the_carriers_do_not_answer_have_the_age_of_their_reading(connecting: Any) -> None:
    told = await connecting().track(["JD014600"])

    class Kept:
        async def track(self, numbers: Any) -> Any:
            return {number: replace(each, read_at=NOW - timedelta(hours=3)) for number, each in told.items()}

    order = await Enriched(Shop(ORDER), Kept()).by_number("1042")
    assert order and order.shipments[0].read_at == NOW - timedelta(hours=3)


async def test_a_stranger_gets_nothing_and_asks_no_carrier(ship: Any, connecting: Any) -> None:
    assert await Enriched(Shop(ORDER), connecting()).find("1042", "eve@example.com") is None
    assert ship.seen == []


async def test_many_orders_are_one_question(ship: Any, connecting: Any) -> None:
    first, second = await Enriched(Shop(ORDER), connecting()).of_customer("ada@example.com")
    assert first.shipments[0].state == "InTransit" and second.shipments == ()
    assert [path for _, path, _, _ in ship.seen].count("/tracking/2026-07/trackings") == 1


async def test_the_shops_newer_scans_stay(connecting: Any) -> None:
    newer = (Checkpoint(at=datetime(2026, 11, 20, 9, tzinfo=UTC), state="out_for_delivery", place="Berlin"),)
    order = await seen(connecting, replace(ORDER, shipments=(replace(PARCEL, checkpoints=newer),)))
    assert order.shipments[0].checkpoints == newer


@pytest.mark.parametrize(
    ("state", "tag", "subtag", "expected"),
    [
        (OrderState.IN_TRANSIT, "Delivered", "", OrderState.DELIVERED),
        (OrderState.LATE, "Delivered", "", OrderState.DELIVERED),
        (OrderState.IN_TRANSIT, "Exception", "Exception_004", OrderState.CUSTOMS_HOLD),
        (OrderState.CUSTOMS_HOLD, "InTransit", "", OrderState.IN_TRANSIT),
        (OrderState.IN_TRANSIT, "Exception", "Exception_013", OrderState.IN_TRANSIT),  # lost is policy's judgement
        (OrderState.LATE, "InTransit", "", OrderState.LATE),
        (OrderState.DELIVERED, "InTransit", "", OrderState.IN_TRANSIT),  # the shop said so when it sent it
        (OrderState.DELIVERED, "Expired", "", OrderState.DELIVERED),
        (OrderState.CANCELLED, "Delivered", "", OrderState.CANCELLED),
        (OrderState.REFUNDED, "InTransit", "", OrderState.REFUNDED),
        (OrderState.PART_SHIPPED, "Delivered", "", OrderState.PART_SHIPPED),
        (OrderState.UNKNOWN, "Delivered", "", OrderState.UNKNOWN),
    ],
)
async def test_what_a_scan_changes_in_the_order(
    ship: Any, connecting: Any, fakes: ModuleType, state: OrderState, tag: str, subtag: str, expected: OrderState
) -> None:
    ship.trackings = [fakes.tracking(tag=tag, subtag=subtag, checkpoints=[fakes.scan("2026-11-19T10:00:00Z", tag, subtag)])]
    assert (await seen(connecting, replace(ORDER, state=state))).state is expected


async def test_an_order_of_two_parcels_is_delivered_with_the_second(ship: Any, connecting: Any, fakes: ModuleType) -> None:
    two = replace(ORDER, shipments=(PARCEL, replace(PARCEL, tracking="JD2")))
    done = {"tag": "Delivered", "checkpoints": [fakes.scan("2026-11-19T10:00:00Z", "Delivered")]}
    ship.trackings = [fakes.tracking(**done), fakes.tracking("JD2")]
    assert (await seen(connecting, two)).state is OrderState.IN_TRANSIT
    ship.trackings[1] |= done
    assert (await seen(connecting, two)).state is OrderState.DELIVERED
