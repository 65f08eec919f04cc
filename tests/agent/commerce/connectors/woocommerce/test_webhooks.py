"""WooCommerce's webhooks: whose they are, how old, and what changed."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.change import BadSignature, Change, ChangeKind, Replayed
from agent.commerce.connectors.woocommerce.webhooks import parse, verify

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_an_order_message(fakes: ModuleType) -> None:
    headers, body = fakes.message("order.updated", fakes.order())
    verify("hush", headers, body, NOW)
    change = parse("my shop", headers, body, NOW)
    assert change is not None
    assert (change.kind, change.id, change.number, change.source) == (ChangeKind.ORDER, "1042", "1042", "my shop")
    assert change.changed_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize("secret", ["", "other"])
def test_another_secret_or_a_changed_byte(fakes: ModuleType, secret: str) -> None:
    headers, body = fakes.message("order.updated", fakes.order())
    with pytest.raises(BadSignature):
        verify(secret, headers, body, NOW)
    for spoilt in (body + b" ", body.replace(b"89.70", b"08.97")):
        with pytest.raises(BadSignature):
            verify("hush", headers, spoilt, NOW)
    for signature in ("", "é", "not base64!", headers["X-WC-Webhook-Signature"][:-4]):
        with pytest.raises(BadSignature):
            verify("hush", {**headers, "X-WC-Webhook-Signature": signature}, body, NOW)


def test_headers_may_come_in_any_case(fakes: ModuleType) -> None:
    headers, body = fakes.message("order.created", fakes.order())
    lower = {name.lower(): value for name, value in headers.items()}
    verify("hush", lower, body, NOW)
    assert parse("s", lower, body, NOW) == parse("s", headers, body, NOW)


@pytest.mark.parametrize("changed", ["2026-11-17T00:00:00", "2026-11-21T00:00:00"])
def test_an_old_order_message_and_one_of_tomorrow_are_replays(fakes: ModuleType, changed: str) -> None:
    headers, body = fakes.message("order.updated", fakes.order(date_modified_gmt=changed))
    with pytest.raises(Replayed):
        verify("hush", headers, body, NOW)


def test_a_product_message_tells_of_stock_whatever_its_date(fakes: ModuleType) -> None:
    headers, body = fakes.message("product.updated", fakes.product(501, "MUG-1", date_modified_gmt="2020-01-01T00:00:00"))
    verify("hush", headers, body, NOW)
    change = parse("s", headers, body, NOW)
    assert change and (change.kind, change.id, change.changed_at) == (ChangeKind.STOCK, "MUG-1", NOW)


def test_a_deleted_order_tells_its_id_alone(fakes: ModuleType) -> None:
    headers, body = fakes.message("order.deleted", {"id": 1042})
    verify("hush", headers, body, NOW)
    change = parse("s", headers, body, NOW)
    assert change and (change.id, change.number, change.changed_at) == ("1042", "", NOW)


def test_the_first_ping_is_let_through_and_changes_nothing() -> None:
    verify("hush", {}, b"webhook_id=12", NOW)
    assert parse("s", {}, b"webhook_id=12", NOW) is None
    with pytest.raises(BadSignature):
        verify("hush", {}, b"webhook_id=12&order=1", NOW)


@pytest.mark.parametrize("topic", ["coupon.created", "customer.updated", "action.woocommerce_add_to_cart", "order.exploded", "", "order"])
def test_topics_of_no_interest(fakes: ModuleType, topic: str) -> None:
    headers, body = fakes.message(topic, fakes.order())
    verify("hush", headers, body, NOW)
    assert parse("s", headers, body, NOW) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b'{"id": true}', b"\xff"])
def test_signed_nonsense_is_ignored(fakes: ModuleType, content: bytes) -> None:
    headers, body = fakes.message("order.updated", content)
    verify("hush", headers, body, NOW)
    assert parse("s", headers, body, NOW) is None


def test_two_messages_of_one_second_share_the_shops_id_but_not_ours(fakes: ModuleType) -> None:
    first = fakes.message("order.updated", fakes.order(status="processing"))
    second = fakes.message("order.updated", fakes.order(status="completed"))
    ids = {parse("s", *message, NOW).delivery for message in (first, second, first)}  # type: ignore[union-attr]
    assert len(ids) == 2


@pytest.mark.parametrize("seed", range(5))
def test_any_order_and_any_number_of_times_give_the_same(fakes: ModuleType, seed: int) -> None:
    told = [fakes.message("order.updated", fakes.order(date_modified_gmt=f"2026-11-20T0{hour}:00:00")) for hour in range(4)]
    newest: dict[str, Change] = {}
    seen: set[str] = set()
    for headers, body in fakes.sent(told, times=100, seed=seed):
        change: Any = parse("s", headers, body, NOW)
        if change.delivery in seen:
            continue
        seen.add(change.delivery)
        known = newest.get(change.id)
        newest[change.id] = change if known is None or change.changed_at > known.changed_at else known
    assert newest["1042"].changed_at.hour == 3 and len(seen) == 4
