"""What is kept of a canonical object is that object again, whatever is in it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agent.commerce.as_json import VERSION, from_json, to_json
from agent.commerce.connectors.aftership.tracked import Tracked
from agent.domain.commerce import Availability, Batch, Checkpoint, Customer, InventoryLevel, Order, Product, Shipment, TracedLine
from tests.examples import many

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES)


@pytest.mark.parametrize(
    "kind", [Order, Customer, Product, Availability, InventoryLevel, Batch, TracedLine, Tracked, tuple[InventoryLevel, ...]]
)
def test_there_and_back_again(kind: Any) -> None:
    @settings(max_examples=many(40), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_type(kind))
    def check(value: Any) -> None:
        assume("\\x00" not in repr(value))  # NUL, which PostgreSQL takes from nobody
        kept = json.loads(json.dumps(to_json(kind, value)))
        assert from_json(kind, kept) == value

    check()


@given(TIMES, TIMES)
def test_times_keep_their_moment_and_their_zone(at: datetime, read_at: datetime) -> None:
    seen = (Checkpoint(at=at, state="", place=""),)
    shipment = Shipment(carrier="", tracking="", url="", warehouse="", shipped_at=at, promised=at.date(), checkpoints=seen, read_at=read_at)
    back = from_json(Shipment, to_json(Shipment, shipment))
    assert back == shipment and back.shipped_at.utcoffset() == at.utcoffset()


def test_what_another_version_wrote_is_not_read() -> None:
    kept = to_json(Availability, Availability(sku="A", available=True))
    assert kept["version"] == VERSION
    assert from_json(Availability, kept | {"version": VERSION + 1}) is None
    assert from_json(Availability, {"version": VERSION, "value": {"sku": "A"}}) is None
    assert from_json(Availability, {}) is None


def test_a_field_that_came_later_has_its_default() -> None:
    kept = to_json(Availability, Availability(sku="A", available=True, warehouses=("Rotterdam",)))
    del kept["value"]["restock"]
    assert from_json(Availability, kept) == Availability(sku="A", available=True, warehouses=("Rotterdam",))
