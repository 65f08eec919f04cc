"""A coupon on WooCommerce: one use, for the order's own e-mail, with a code that the key alone decides."""

from datetime import timedelta
from typing import Any

from agent.commerce.connectors.woocommerce.books import WooBooks
from agent.commerce.connectors.woocommerce.marks import coupon_code, mark, marked
from agent.commerce.connectors.woocommerce.shop import records, text
from agent.commerce.remedies.books import as_data, done, refused
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.money import Money
from agent.policy.terms import TERMS


async def give(books: WooBooks, effect: PlannedEffect) -> EffectResult:
    """Data: `order`, `code`, `percent` or `amount`, `valid_until` (ISO date)."""
    body = await books.orders.raw(effect.order)
    if body is None:
        return refused("order_unknown")
    worth = _worth(effect.payload)
    if worth is None:
        return refused("bad_worth")
    if isinstance(worth, Money) and worth.currency != books.orders.shop.currency:
        return refused("other_currency")  # the shop's coupons are in its own
    email = text(_billing(body).get("email"))
    if not email:
        return refused("no_email")
    until = books.now().date() + timedelta(days=TERMS.coupon_days)
    data: dict[str, Any] = {
        "order": text(effect.order),
        "code": coupon_code(books.secret, effect.key),
        **({"amount": as_data(worth)} if isinstance(worth, Money) else {"percent": worth}),
        "valid_until": until.isoformat(),
    }
    await books.http.change("coupons", _wish(effect.key, worth, email, data))
    return done(**data)


async def given(books: WooBooks, effect: PlannedEffect) -> EffectResult | None:
    code = coupon_code(books.secret, effect.key)
    found = records(await books.http.get("coupons", code=code))
    ours = [data for body in found if text(body.get("code")).lower() == code.lower() and (data := marked(body, effect.key)) is not None]
    return done(**ours[0]) if ours else None


def _wish(key: str, worth: int | Money, email: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": data["code"],
        "discount_type": "fixed_cart" if isinstance(worth, Money) else "percent",
        "amount": str(worth.amount) if isinstance(worth, Money) else str(worth),
        "individual_use": True,
        "usage_limit": 1,
        "email_restrictions": [email],
        "date_expires_gmt": f"{data['valid_until']}T23:59:59",
        "description": data["order"],
        "meta_data": mark(key, data),
    }


def _worth(payload: dict[str, Any]) -> int | Money | None:
    match payload:
        case {"percent": bool()} | {"minor": bool()} | {"percent": _, "minor": _}:
            return None
        case {"percent": int(percent)} if 0 < percent <= 100:
            return percent
        case {"minor": int(minor), "currency": str(currency)} if minor > 0:
            return Money(minor, currency)
        case _:
            return None


def _billing(body: dict[str, Any]) -> dict[str, Any]:
    billing = body.get("billing")
    return billing if isinstance(billing, dict) else {}
