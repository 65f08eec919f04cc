"""Our mark on what we change in the shop, so that it can be found again: the shop itself keeps no idempotency keys."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any

from agent.commerce.connectors.woocommerce.shop import meta, record, text


def name(key: str) -> str:
    """One entry of `meta_data` a key: the shop would overwrite an entry of the same name."""
    return f"_portside_{key}"


def mark(key: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`meta_data` that says: done by us, with this result."""
    return [{"key": name(key), "value": json.dumps(data, ensure_ascii=False)}]


def marked(body: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """The result that was left with this key; None when there is no mark."""
    value = meta(body).get(name(key))
    if value is None:
        return None
    try:
        return record(json.loads(text(value)) if isinstance(value, str) else value)
    except ValueError:
        return {}


def reference(key: str) -> str:
    """What customers may see of a key, on a refund or a note. It is found again by it."""
    return f"Ref. {hashlib.sha256(key.encode()).hexdigest()[:12].upper()}"


def referred(bodies: Iterable[Mapping[str, Any]], key: str, field: str) -> dict[str, Any] | None:
    """The first of them with our mark, or with our reference in this field.

    The shop writes the mark of a refund only after the gateway has paid; the reason it writes before.
    """
    wanted = reference(key)
    return next((dict(body) for body in bodies if marked(body, key) is not None or wanted in text(body.get(field))), None)


def coupon_code(secret: str, key: str) -> str:
    """The same code for the same key, so that it is made once; nobody can guess it without the secret."""
    digest = hmac.new(secret.encode(), key.encode(), hashlib.sha256).digest()
    return f"SORRY-{base64.b32encode(digest).decode()[:10]}"
