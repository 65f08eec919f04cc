"""What a WooCommerce shop cannot tell about itself, and the lenient reading of what it does tell."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, cast

from agent.domain.commerce import OrderState
from agent.domain.money import Money, exponent

_TAG = re.compile(r"<[^>]*>")
_API = "wp-json/wc/v3"


@dataclass(frozen=True, slots=True, kw_only=True)
class WooShop:
    """`name` is the source's in every fact. Plugins add states of their own: `states` says what they mean here."""

    name: str
    currency: str  # products and coupons come without one
    prefix: str = ""  # before the digits of an order number
    renumbered: bool = False  # a plugin numbers the orders, so that number and id differ
    states: Mapping[str, OrderState] = field(default_factory=dict[str, OrderState])
    transit_days: int = 10  # promised when neither shop nor carrier promises anything
    location: str = "store"
    language: str = ""
    gram_per_weight: int = 1000  # the shop's unit of weight, kg unless changed there


def api(address: str) -> str:
    """The base of the REST API of the shop at `address`."""
    return f"{address.rstrip('/')}/{_API}"


def record(value: Any) -> dict[str, Any]:
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def records(value: Any) -> list[dict[str, Any]]:
    """WooCommerce sends an empty list where an empty object is meant, and the other way round."""
    return [record(each) for each in cast(list[Any], value) if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """One line of plain text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(html.unescape(_TAG.sub(" ", str(value))).split())


def whole(value: Any) -> int:
    """0 for what is no number."""
    try:
        return int(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):
        return 0


def gmt(value: Any) -> datetime | None:
    """A `_gmt` field: UTC without saying so. The fields beside it are in the shop's own zone, which nobody tells us."""
    try:
        at = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def money(value: Any, currency: str) -> Money:
    """A decimal text in minor units. Raises ValueError for what is no amount: an order is not guessed at."""
    try:
        amount = Decimal(str(value)).scaleb(exponent(currency))
    except InvalidOperation:
        raise ValueError("no amount of money") from None
    if not amount.is_finite():
        raise ValueError("no amount of money")
    return Money(int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)), currency)


def meta(body: Mapping[str, Any]) -> dict[str, Any]:
    """`meta_data` by key; the last one counts."""
    return {text(each.get("key")): each.get("value") for each in records(body.get("meta_data"))}
