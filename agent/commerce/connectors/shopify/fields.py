"""Lenient access to what Shopify sends: a missing or odd field gives the empty value, never an exception."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, cast

from agent.domain.money import Money, exponent

Node = dict[str, Any]


def node(source: Any, *path: str) -> Node:
    """The object at the end of the path; {} when there is none."""
    for name in path:
        source = cast(Node, source).get(name) if isinstance(source, dict) else None
    return cast(Node, source) if isinstance(source, dict) else {}


def nodes(source: Any, name: str) -> list[Node]:
    """The objects of a connection ("nodes") or of a plain list."""
    found: Any = cast(Node, source).get(name) if isinstance(source, dict) else None
    if isinstance(found, dict):
        found = cast(Node, found).get("nodes")
    return [cast(Node, each) for each in cast(list[Any], found) if isinstance(each, dict)] if isinstance(found, list) else []


def text(source: Any, name: str) -> str:
    value: Any = cast(Node, source).get(name) if isinstance(source, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def number(source: Any, name: str) -> int:
    value: Any = cast(Node, source).get(name) if isinstance(source, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def when(source: Any, name: str) -> datetime | None:
    """Aware, or None."""
    try:
        at = datetime.fromisoformat(text(source, name))
    except ValueError:
        return None
    return at if at.tzinfo else None


def money(source: Any, name: str, side: str = "presentmentMoney") -> Money | None:
    """Of a MoneyBag, as the customer saw it; `side` "shopMoney" as the shop books it."""
    return amount(node(source, name, side))


def amount(source: Node) -> Money | None:
    """Of {"amount": "79.90", "currencyCode": "EUR"}."""
    currency = text(source, "currencyCode")
    return minor(str(source.get("amount", "")), currency) if currency else None


def minor(decimals: str, currency: str) -> Money | None:
    try:
        value = Decimal(decimals)
        return Money(int(value.scaleb(exponent(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)), currency)
    except (InvalidOperation, ValueError, OverflowError):
        return None


def names(errors: Iterable[Node]) -> str:
    """The codes of user errors; a field's name where an error has no code. Their sentences are not ours to pass on."""
    return " ".join(dict.fromkeys(text(error, "code") or ".".join(map(str, error.get("field") or ["refused"])) for error in errors))
