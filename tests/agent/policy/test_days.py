"""Days of a parcel: how late it is, how long customs have had it, and by whose calendar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.domain.commerce import Checkpoint, OrderState
from agent.policy.days import in_customs, late, local_day, without_scan
from agent.policy.pack import packs


def scanned(make: Any, order: Any, *scans: tuple[str, int]) -> Any:
    """`scans`: (state, days ago)."""
    points = tuple(Checkpoint(at=make.now - timedelta(days=ago), state=state, place="Berlin") for state, ago in scans)
    return replace(order, shipments=(replace(order.shipment, checkpoints=points),))


@pytest.mark.parametrize(
    ("scans", "days"),
    [
        ([("picked_up", 20), ("customs", 10)], 10),
        ([("customs", 10), ("customs", 4)], 10),
        ([("customs", 18), ("departed", 17), ("customs", 2)], 2),  # out of one country, into another
        ([("customs", 18), ("in_transit", 9), ("customs", 2)], 2),
        ([("customs", 18), ("customs_cleared", 12)], 0),
        ([("customs_cleared", 12), ("arrived", 9), ("customs", 3)], 3),
        ([], 0),
    ],
)
def test_a_stay_in_customs_begins_with_its_own_first_scan(make: Any, ask: Any, scans: Any, days: int) -> None:
    request = ask("wait", "customs_hold", age=None)
    order = scanned(make, make.order(OrderState.CUSTOMS_HOLD), *scans)
    assert in_customs(packs("DE"), replace(request, order=order)) == days


def test_while_the_carriers_do_not_answer_a_parcel_is_not_taken_for_unseen(make: Any, ask: Any) -> None:
    order = scanned(make, make.order(), ("in_transit", 16))
    request = replace(ask("claim", "in_transit", age=None), order=order)
    assert without_scan(packs("DE"), request) == 16
    old = replace(order, shipments=(replace(order.shipment, read_at=make.now - timedelta(days=3)),))
    assert without_scan(packs("DE"), replace(request, order=old)) == 13


def test_of_an_order_sent_in_parts_the_parcel_that_is_under_way_is_late(make: Any) -> None:
    order = make.order(OrderState.LATE)
    (parcel,) = order.shipments
    here = replace(parcel, tracking="2", delivered_at=make.now - timedelta(days=4))
    assert late(replace(order, state=OrderState.PART_SHIPPED, shipments=(here, parcel)), make.today) == 6
    assert (
        late(replace(order, state=OrderState.PART_SHIPPED, shipments=(here,)), make.today) == 0
    )  # the rest was not sent: no parcel is late


@pytest.mark.parametrize(
    ("country", "at", "day"),
    [
        ("DE", datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "2026-03-29"),  # the night in which the clocks go forward
        ("DE", datetime(2026, 10, 25, 22, 30, tzinfo=UTC), "2026-10-25"),  # and the one after they went back
        ("US", datetime(2026, 5, 20, 3, tzinfo=UTC), "2026-05-19"),
        ("JP", datetime(2026, 5, 20, 15, tzinfo=UTC), "2026-05-21"),
        ("XX", datetime(2026, 5, 20, 23, 59), "2026-05-20"),
    ],
)
def test_a_day_is_the_customers(country: str, at: datetime, day: str) -> None:
    assert local_day(packs(country), country, at).isoformat() == day
