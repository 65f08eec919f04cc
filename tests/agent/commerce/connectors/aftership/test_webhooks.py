"""AfterShip's webhooks: whose they are, how old, and which parcel has news."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.aftership.webhooks import parse, verify
from agent.commerce.connectors.change import BadSignature, Change, ChangeKind, Replayed

SENT = 1_795_248_000
NOW = datetime.fromtimestamp(SENT, UTC) + timedelta(minutes=1)


def signed(fakes: ModuleType, body: bytes, secret: str = "hush") -> dict[str, str]:
    return {"Aftership-Hmac-Sha256": fakes.sign(secret, body)}


def test_a_message_names_the_parcel_and_its_order(fakes: ModuleType) -> None:
    body = fakes.message(fakes.tracking(order_number="#1042"))
    verify("hush", signed(fakes, body), body, NOW)
    change = parse("carriers", {}, body, NOW)
    assert change == Change(
        source="carriers",
        kind=ChangeKind.TRACKING,
        id="JD014600",
        changed_at=datetime.fromtimestamp(SENT, UTC),
        delivery="e1",
        number="1042",
    )


def test_another_secret_or_a_changed_byte(fakes: ModuleType) -> None:
    body = fakes.message(fakes.tracking())
    for headers, content in ((signed(fakes, body, "other"), body), (signed(fakes, body), body + b" "), ({}, body)):
        with pytest.raises(BadSignature):
            verify("hush", headers, content, NOW)
    with pytest.raises(BadSignature):
        verify("", signed(fakes, body, ""), body, NOW)


@pytest.mark.parametrize("ts", [SENT - 3 * 86_400, SENT + 3_600])
def test_replays(fakes: ModuleType, ts: int) -> None:
    body = fakes.message(fakes.tracking(), ts=ts)
    with pytest.raises(Replayed):
        verify("hush", signed(fakes, body), body, NOW)


def test_a_message_without_its_time_has_its_trackings(fakes: ModuleType) -> None:
    body = fakes.message(fakes.tracking(), ts=None)
    change = parse("s", {}, body, NOW)
    assert change and change.changed_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    old = fakes.message(fakes.tracking(updated_at="2026-01-01T00:00:00+00:00"), ts=None)
    with pytest.raises(Replayed):
        verify("hush", signed(fakes, old), old, NOW)


@pytest.mark.parametrize("event", ["edd_revise", "tracking_pending_time"])
def test_other_news_of_a_parcel(fakes: ModuleType, event: str) -> None:
    assert parse("s", {}, fakes.message(fakes.tracking(), event=event), NOW)


@pytest.mark.parametrize(
    "body", [b"", b"null", b"{", b'{"event": "tracking_update", "msg": []}', b'{"event": "rma.created", "msg": {"tracking_number": "1"}}']
)
def test_what_is_of_no_interest(body: bytes) -> None:
    assert parse("s", {}, body, NOW) is None


@pytest.mark.parametrize("seed", range(5))
def test_any_order_and_any_number_of_times_give_the_same(fakes: ModuleType, seed: int) -> None:
    told = [fakes.message(fakes.tracking(), ts=SENT - hour * 60, ident=f"e{hour}") for hour in range(4)] * 100
    random.Random(seed).shuffle(told)
    newest: Any = max((parse("s", {}, body, NOW) for body in told), key=lambda change: change.changed_at)  # type: ignore[union-attr]
    assert newest.delivery == "e0"
    assert len({parse("s", {}, body, NOW).delivery for body in told}) == 4  # type: ignore[union-attr]
