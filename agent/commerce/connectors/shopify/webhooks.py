"""Shopify's webhooks: what they are about, never what they say. X-Shopify-Event-Id stays the same when a message is sent again."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from agent.commerce.connectors.change import BadSignature, Change, ChangeKind, Replayed, check_age, check_signature, header, text_of
from agent.commerce.connectors.shopify.shop import number_of

_ORDERS = frozenset(
    {
        *(
            "orders/create",
            "orders/updated",
            "orders/paid",
            "orders/cancelled",
            "orders/fulfilled",
            "orders/partially_fulfilled",
            "orders/edited",
        ),
        *("refunds/create", "order_transactions/create", "fulfillments/create", "fulfillments/update", "fulfillment_events/create"),
        *("returns/request", "returns/approve", "returns/decline", "returns/close", "returns/reopen", "returns/cancel", "returns/update"),
        *("returns/process",),
    }
)
_KINDS = {
    **dict.fromkeys(_ORDERS, ChangeKind.ORDER),
    "inventory_levels/update": ChangeKind.STOCK,
    "inventory_levels/connect": ChangeKind.STOCK,
    "inventory_levels/disconnect": ChangeKind.STOCK,
    "products/create": ChangeKind.PRODUCT,
    "products/update": ChangeKind.PRODUCT,
    "products/delete": ChangeKind.PRODUCT,
}


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raises BadSignature, Replayed. A message that does not say when it was triggered is as good as replayed."""
    check_signature(secret, body, header(headers, "x-shopify-hmac-sha256"))
    triggered = _time(header(headers, "x-shopify-triggered-at"))
    if triggered is None:
        raise Replayed()
    check_age(triggered, now)


def parse(source: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Change | None:
    """None for a topic of no interest, and for a body that names nothing."""
    topic = header(headers, "x-shopify-topic").lower()
    kind, told = _KINDS.get(topic), _object(body)
    ident = _id(kind, topic, told)
    delivery = header(headers, "x-shopify-event-id") or header(headers, "x-shopify-webhook-id")
    if kind is None or not ident or not delivery:
        return None
    changed = _time(text_of(told.get("updated_at"))) or _time(header(headers, "x-shopify-triggered-at")) or now
    # One event may be told under several topics, each of which has to be heard.
    return Change(source=source, kind=kind, id=ident, changed_at=changed, delivery=f"{topic} {delivery}", number=_number(topic, told))


def _id(kind: ChangeKind | None, topic: str, told: dict[str, Any]) -> str:
    """The order's id for all that hangs on an order."""
    if kind is ChangeKind.STOCK:
        return text_of(told.get("inventory_item_id"))
    if kind is ChangeKind.ORDER and not (topic.startswith("orders/") and topic != "orders/edited"):
        own = told.get("order_edit") if topic == "orders/edited" else told
        return _order_of(cast(dict[str, Any], own) if isinstance(own, dict) else {})
    return text_of(told.get("id"))


def _order_of(told: dict[str, Any]) -> str:
    order: Any = told.get("order")
    return text_of(told.get("order_id")) or (text_of(cast(dict[str, Any], order).get("id")) if isinstance(order, dict) else "")


def _number(topic: str, told: dict[str, Any]) -> str:
    """Orders say their name; a fulfilment's is "#1042.1", where the order's comes first."""
    name = text_of(told.get("name"))
    if topic.startswith("orders/"):
        return number_of(name)
    return number_of(name.partition(".")[0]) if topic.startswith("fulfillments/") else ""


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _object(body: bytes) -> dict[str, Any]:
    try:
        told: Any = json.loads(body)
    except ValueError:
        return {}
    return cast(dict[str, Any], told) if isinstance(told, dict) else {}


__all__ = ["BadSignature", "Change", "Replayed", "parse", "verify"]
