"""Webhooks: signed, fresh, told once, in any order; what they say is never believed, only where to look."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.commerce.connectors.change import ChangeKind
from agent.commerce.connectors.shopify.webhooks import BadSignature, Replayed, parse, verify

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
ORDER = {
    "id": 10420,
    "admin_graphql_api_id": "gid://shopify/Order/10420",
    "name": "#1042",
    "order_number": 1042,
    "updated_at": "2026-05-20T13:59:00+02:00",
}


def test_a_signed_message_is_taken(store: Any) -> None:
    headers, body = store.webhook("orders/updated", ORDER, NOW)
    verify("hush", headers, body, NOW)
    verify("hush", {name.lower(): value for name, value in headers.items()}, body, NOW)


@pytest.mark.parametrize("secret", ["", "wrong", "hush "])
def test_a_wrong_secret(store: Any, secret: str) -> None:
    headers, body = store.webhook("orders/updated", ORDER, NOW)
    with pytest.raises(BadSignature):
        verify(secret, headers, body, NOW)


@pytest.mark.parametrize("signature", ["", "x", "%%%", "äöü", "AAAA", None])
def test_a_signature_that_is_none(store: Any, signature: str | None) -> None:
    headers, body = store.webhook("orders/updated", ORDER, NOW)
    headers |= {"X-Shopify-Hmac-Sha256": headers["X-Shopify-Hmac-Sha256"] if signature is None else signature}
    with pytest.raises(BadSignature):
        verify("hush", headers, body if signature is not None else body.replace(b"1042", b"1043"), NOW)


def test_the_raw_bytes_are_signed_not_what_they_mean(store: Any) -> None:
    headers, body = store.webhook("orders/updated", ORDER, NOW)
    with pytest.raises(BadSignature):
        verify("hush", headers, json.dumps(json.loads(body), separators=(",", ":")).encode(), NOW)


@pytest.mark.parametrize("age", [timedelta(hours=49), timedelta(minutes=-6)])
def test_the_window(store: Any, age: timedelta) -> None:
    headers, body = store.webhook("orders/updated", ORDER, NOW - age)
    with pytest.raises(Replayed):
        verify("hush", headers, body, NOW)
    verify("hush", headers, body, NOW - age)


@pytest.mark.parametrize("at", ["", "yesterday", "2026-05-20T12:00:00"])
def test_a_message_without_a_time(store: Any, at: str) -> None:
    headers, body = store.webhook("orders/updated", ORDER, NOW)
    with pytest.raises(Replayed):
        verify("hush", headers | {"X-Shopify-Triggered-At": at}, body, NOW)


@pytest.mark.parametrize(
    ("topic", "told", "kind", "ident", "number"),
    [
        ("orders/updated", ORDER, ChangeKind.ORDER, "10420", "1042"),
        ("orders/edited", {"order_edit": {"id": 1, "order_id": 10420}}, ChangeKind.ORDER, "10420", ""),
        ("fulfillments/create", {"id": 5, "order_id": 10420, "name": "#1042.1"}, ChangeKind.ORDER, "10420", "1042"),
        ("fulfillments/update", {"id": 5, "order_id": 10420, "name": "#1042.2"}, ChangeKind.ORDER, "10420", "1042"),
        ("refunds/create", {"id": 7, "order_id": 10420}, ChangeKind.ORDER, "10420", ""),
        ("returns/approve", {"id": 8, "order": {"id": 10420}}, ChangeKind.ORDER, "10420", ""),
        ("inventory_levels/update", {"inventory_item_id": 271, "location_id": 1, "available": 3}, ChangeKind.STOCK, "271", ""),
        ("products/update", {"id": 13}, ChangeKind.PRODUCT, "13", ""),
    ],
)
def test_topics(store: Any, topic: str, told: Any, kind: ChangeKind, ident: str, number: str) -> None:
    headers, body = store.webhook(topic, told, NOW, "e-7")
    change = parse("harbour", headers, body, NOW)
    assert change and (change.source, change.kind, change.id, change.number) == ("harbour", kind, ident, number)
    assert change.delivery == f"{topic} e-7"
    assert change.changed_at == (NOW - timedelta(minutes=1) if "updated_at" in told else NOW)


@pytest.mark.parametrize(
    ("topic", "body"),
    [
        ("app/uninstalled", b'{"id": 1}'),
        ("", b'{"id": 1}'),
        ("orders/updated", b"{}"),
        ("orders/updated", b"[]"),
        ("orders/updated", b"\xff"),
        ("orders/updated", b'{"id": true}'),
        ("orders/edited", b'{"order_edit": 3}'),
        ("returns/close", b'{"order": null}'),
        ("orders/updated", b""),
    ],
)
def test_what_is_of_no_interest(store: Any, topic: str, body: bytes) -> None:
    headers, _ = store.webhook(topic, {}, NOW)
    assert parse("harbour", headers, body, NOW) is None


def test_a_hundred_duplicates_in_any_order_come_to_the_same(store: Any) -> None:
    told = [(f"e-{at}", ORDER | {"updated_at": (NOW + timedelta(seconds=at)).isoformat()}) for at in range(5)]
    sent = [store.webhook("orders/updated", body, NOW, event) for event, body in told * 20]
    random.Random(4).shuffle(sent)
    changes = [change for headers, body in sent if (change := parse("harbour", headers, body, NOW))]
    assert len({change.delivery for change in changes}) == 5  # by the event, although every delivery has an id of its own
    assert max(changes, key=lambda change: change.changed_at).changed_at == NOW + timedelta(seconds=4)


def test_one_event_under_two_topics_is_heard_twice(store: Any) -> None:
    both = [store.webhook(topic, ORDER, NOW, "e-1") for topic in ("orders/updated", "orders/paid")]
    assert len({change.delivery for headers, body in both if (change := parse("harbour", headers, body, NOW))}) == 2
