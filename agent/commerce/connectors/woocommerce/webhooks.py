"""WooCommerce's webhooks: signature, age, and what changed."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent.commerce.connectors.change import Change, ChangeKind, check_age, check_signature, header
from agent.commerce.connectors.woocommerce.shop import gmt, record, text
from agent.commerce.keys import order_number

#: What the shop sends once when a webhook is saved: unsigned, and it changes nothing.
_PING = re.compile(rb"webhook_id=\d{1,20}")
_KINDS = {"order": ChangeKind.ORDER, "product": ChangeKind.STOCK}
_EVENTS = frozenset({"created", "updated", "deleted", "restored"})


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raises BadSignature, Replayed.

    WooCommerce signs no time of sending. An order tells when it was changed, which is its age; a product's stock changes without that, so
    that an old product message only costs one reading.
    """
    if _PING.fullmatch(body):
        return
    check_signature(secret, body, header(headers, "x-wc-webhook-signature"))
    kind, event = _topic(headers)
    changed = gmt(_read(body).get("date_modified_gmt"))
    if kind is ChangeKind.ORDER and event != "deleted" and changed:
        check_age(changed, now)


def parse(source: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Change | None:
    """None for a ping and for topics that are of no interest. A deleted order tells nothing but its id."""
    kind, event = _topic(headers)
    told = _read(body)
    if kind is None or event not in _EVENTS or not (ident := text(told.get("id"))):
        return None
    return Change(
        source=source,
        kind=kind,
        id=(text(told.get("sku")) or ident) if kind is ChangeKind.STOCK else ident,
        changed_at=gmt(told.get("date_modified_gmt")) or now if kind is ChangeKind.ORDER else now,
        delivery=_delivery(headers, body),
        number=order_number(text(told.get("number"))) if kind is ChangeKind.ORDER else "",
    )


def _delivery(headers: Mapping[str, str], body: bytes) -> str:
    """The shop's own id is made of the webhook and the second: two messages of one second share it, so the content belongs to it."""
    return f"{header(headers, 'x-wc-webhook-delivery-id')[:64]}-{hashlib.sha256(body).hexdigest()[:16]}"


def _topic(headers: Mapping[str, str]) -> tuple[ChangeKind | None, str]:
    resource, _, event = header(headers, "x-wc-webhook-topic").partition(".")
    return _KINDS.get(resource), event


def _read(body: bytes) -> dict[str, Any]:
    try:
        return record(json.loads(body))
    except ValueError:
        return {}
