"""What a carrier says of a parcel, in our model."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.aftership.tracked import to_tracked
from agent.commerce.connectors.aftership.zones import alpha2, moment
from agent.domain.commerce import OrderState


def read(fakes: ModuleType, **changed: Any) -> Any:
    return to_tracked(fakes.tracking(**changed), {"dhl-germany": "Deutsche Post DHL"})


def test_a_tracking_is_read_whole(fakes: ModuleType) -> None:
    told = read(fakes)
    assert (told.number, told.carrier, told.tag, told.hint) == ("JD014600", "Deutsche Post DHL", "InTransit", OrderState.IN_TRANSIT)
    assert [(scan.at, scan.state, scan.place) for scan in told.checkpoints] == [
        (datetime(2026, 11, 18, 8, tzinfo=UTC), "label_created", "Leipzig"),  # no zone: the place's
        (datetime(2026, 11, 19, 20, 30, tzinfo=UTC), "in_transit", "Leipzig"),
    ]
    assert (told.estimated, told.promised, told.delivered_at, told.zone_unknown) == (date(2026, 11, 23), None, None, 0)


@pytest.mark.parametrize(
    ("tag", "subtag", "hint"),
    [
        ("Pending", "Pending_001", None),
        ("InfoReceived", "InfoReceived_001", None),
        ("OutForDelivery", "OutForDelivery_001", OrderState.IN_TRANSIT),
        ("AttemptFail", "AttemptFail_001", OrderState.IN_TRANSIT),
        ("AvailableForPickup", "AvailableForPickup_001", OrderState.IN_TRANSIT),
        ("Delivered", "Delivered_005", OrderState.DELIVERED),
        ("Exception", "Exception_004", OrderState.CUSTOMS_HOLD),
        ("Exception", "Exception_013", None),  # lost, says the carrier: policy judges
        ("Exception", "Exception_021", None),
        ("Expired", "Expired_001", None),
        ("Teleported", "", None),
    ],
)
def test_tags_hint_at_the_order_and_nothing_more(fakes: ModuleType, tag: str, subtag: str, hint: OrderState | None) -> None:
    told = read(fakes, tag=tag, subtag=subtag)
    assert (told.hint, told.tag) == (hint, tag)


@pytest.mark.parametrize(
    ("subtag", "state"),
    [("Exception_013", "lost"), ("Exception_012", "damaged"), ("Exception_010", "returning"), ("Exception_099", "exception")],
)
def test_scans_say_what_happened(fakes: ModuleType, subtag: str, state: str) -> None:
    told = read(fakes, checkpoints=[fakes.scan("2026-11-18T09:00:00Z", "Exception", subtag)])
    assert told.checkpoints[0].state == state


def test_the_scan_of_the_delivery_is_the_delivery(fakes: ModuleType) -> None:
    scans = [fakes.scan("2026-11-19T10:00:00+01:00", "Delivered", "Delivered_001"), fakes.scan("2026-11-18T10:00:00+01:00", "InTransit")]
    assert read(fakes, tag="Delivered", checkpoints=scans).delivered_at == datetime(2026, 11, 19, 9, tzinfo=UTC)
    told = read(fakes, tag="Delivered", checkpoints=[], shipment_delivery_date="2026-11-19T10:00:00")
    assert told.delivered_at == datetime(2026, 11, 19, 9, tzinfo=UTC)
    assert read(fakes, tag="Exception", checkpoints=scans).delivered_at is None  # and came back later


def test_scans_are_sorted_and_told_once(fakes: ModuleType) -> None:
    scans = [
        fakes.scan("2026-11-19T10:00:00Z", "InTransit"),
        fakes.scan("2026-11-18T10:00:00Z", "InTransit"),
        fakes.scan("2026-11-19T10:00:00Z", "InTransit"),
    ]
    assert [scan.at.day for scan in read(fakes, checkpoints=scans).checkpoints] == [18, 19]


def test_a_time_without_a_zone_and_a_place_is_taken_for_utc_and_that_is_said(fakes: ModuleType) -> None:
    scans = [fakes.scan("2026-11-18T09:00:00", "InTransit", country=None), fakes.scan("2026-11-18T10:00:00", "InTransit", country="USA")]
    told = read(fakes, checkpoints=scans)
    assert ([scan.at.hour for scan in told.checkpoints], told.zone_unknown) == ([9, 10], 2)
    assert read(fakes, checkpoints=[fakes.scan(None, "InTransit")]).checkpoints[0].at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert read(fakes, checkpoints=[fakes.scan("soon", "InTransit", created_at=None)]).checkpoints == ()


@pytest.mark.parametrize(
    ("raw", "country", "region", "expected"),
    [
        ("2026-07-01T09:00:00", "DEU", "", "2026-07-01T07:00:00+00:00"),  # summer
        ("2026-12-01T09:00:00", "DEU", "", "2026-12-01T08:00:00+00:00"),
        ("2026-10-25T02:30:00", "DEU", "", "2026-10-25T00:30:00+00:00"),  # the hour that comes twice: the first
        ("2026-12-01T09:00:00", "CHN", "", "2026-12-01T01:00:00+00:00"),
        ("2026-12-01T09:00:00", "JP", "", "2026-12-01T00:00:00+00:00"),
        ("2026-12-01T09:00:00", "USA", "CA", "2026-12-01T17:00:00+00:00"),
        ("2026-12-01T09:00:00", "GBR", "", "2026-12-01T09:00:00+00:00"),
        ("2026-12-01T09:00:00-05:00", "JPN", "", "2026-12-01T14:00:00+00:00"),  # what is said counts
        ("2026-12-01", "DEU", "", "2026-12-01T11:00:00+00:00"),
    ],
)
def test_a_time_without_a_zone_is_the_places(raw: str, country: str, region: str, expected: str) -> None:
    assert moment(raw, country, region) == (datetime.fromisoformat(expected), False)


@pytest.mark.parametrize(("country", "region"), [("", ""), ("USA", ""), ("RUS", ""), ("XXX", ""), ("Germany", "")])
def test_a_place_that_is_not_sure_has_no_zone(country: str, region: str) -> None:
    assert moment("2026-12-01T09:00:00", country, region) == (datetime(2026, 12, 1, 9, tzinfo=UTC), True)


def test_country_codes_of_three_letters() -> None:
    assert [alpha2(code) for code in ("DEU", "de", "GBR", "HKG", "ZZZZ")] == ["DE", "DE", "GB", "HK", ""]


def test_promises_are_days_or_spans(fakes: ModuleType) -> None:
    assert read(fakes, order_promised_delivery_date="2026-11-25T18:00:00+01:00").promised == date(2026, 11, 25)
    assert read(fakes, order_promised_delivery_date={"start": "2026-11-24", "end": "2026-11-26"}).promised == date(2026, 11, 26)
    assert read(fakes, latest_estimated_delivery=None).estimated == date(2026, 11, 24)
    assert read(
        fakes, latest_estimated_delivery=None, aftership_estimated_delivery_date=None, expected_delivery="2026-11-27"
    ).estimated == date(2026, 11, 27)


@pytest.mark.parametrize(
    "broken", [{"checkpoints": None}, {"checkpoints": ["x", None, {}]}, {"tag": 7}, {"slug": None}, {"updated_at": "?"}]
)
def test_odd_shapes_are_forgiven(fakes: ModuleType, broken: dict[str, Any]) -> None:
    assert read(fakes, **broken).number == "JD014600"


def test_older_versions_names_are_understood(fakes: ModuleType) -> None:
    scan = fakes.scan("2026-11-18T09:00:00", "InTransit") | {"country_region": None, "country_iso3": "JPN"}
    assert read(fakes, checkpoints=[scan]).checkpoints[0].at.hour == 0
    assert to_tracked({"slug": "dhl"}, {}) is None
