"""Issue a goodwill coupon, one an order and never above the cap, whoever asked for more.

Payload: `percent`, or `minor` and `currency`.
"""

from datetime import datetime, timedelta
from typing import Any

from agent.commerce.currency import RATES, from_euro, in_euro
from agent.commerce.papers import Coupon
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.codes import fresh
from agent.domain.commerce import Order
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.money import Money
from agent.policy.terms import TERMS


async def coupon(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `code`, `percent` or `amount`, `minimum`, `valid_until` (ISO date)."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    worth = _worth(effect.payload)
    if worth is None:
        return refused("bad_worth")
    if not within_cap(worth):
        return refused("over_cap")
    if await books.has_coupon(order.number):
        return refused("coupon_given")
    made = _coupon(order, worth, at)
    await books.issue(made)
    return done(order=order.number, code=made.code, valid_until=made.valid_until.isoformat(), **_money_data(made))


def within_cap(worth: int | Money) -> bool:
    """`worth` is a percentage or an amount; a currency without a book rate is never within."""
    if isinstance(worth, int):
        return 0 < worth <= TERMS.coupon_cap_percent
    euro = in_euro(worth)
    return euro is not None and 0 < euro.minor <= TERMS.coupon_cap.minor


def _worth(payload: dict[str, Any]) -> int | Money | None:
    match payload:
        case {"percent": int(), "minor": int()} | {"percent": bool()} | {"minor": bool()}:
            return None
        case {"percent": int(percent)}:
            return percent
        case {"minor": int(minor), "currency": str(currency)}:
            return Money(minor, currency)
        case _:
            return None


def _coupon(order: Order, worth: int | Money, at: datetime) -> Coupon:
    currency = worth.currency if isinstance(worth, Money) else order.total.currency
    return Coupon(
        code=fresh("SORRY-", 8),
        order=order.number,
        percent=worth if isinstance(worth, int) else None,
        amount=worth if isinstance(worth, Money) else None,
        minimum=from_euro(TERMS.coupon_minimum, currency if currency in RATES else "EUR"),
        valid_until=at.date() + timedelta(days=TERMS.coupon_days),
    )


def _money_data(made: Coupon) -> dict[str, Any]:
    worth = {"amount": as_data(made.amount)} if made.amount else {"percent": made.percent}
    return {**worth, "minimum": as_data(made.minimum)}
