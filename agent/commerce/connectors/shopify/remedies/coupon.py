"""Give a code for the next order: one use, for this customer alone. Payload: `percent`, or `minor` and `currency`."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from agent.commerce.connectors.shopify import mutations, queries
from agent.commerce.connectors.shopify.case import Case, Plain
from agent.commerce.connectors.shopify.fields import Node, node, nodes, text
from agent.commerce.connectors.shopify.shop import quoted
from agent.commerce.currency import RATES, from_euro
from agent.commerce.remedies.books import as_data, done, refused
from agent.commerce.remedies.coupon import within_cap
from agent.domain.effect import EffectResult
from agent.domain.money import Money
from agent.policy.terms import TERMS


class Coupon(Plain):
    async def prepare(self, case: Case) -> Node | EffectResult:
        worth = _worth(case)
        if worth is None or not within_cap(worth):
            return refused("bad_worth" if worth is None else "over_cap")
        return _plan(case, worth)

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `code`, `percent` or `amount`, `minimum`, `valid_until` (ISO date)."""
        await case.admin.mutate(mutations.COUPON, basicCodeDiscount=_discount(case, plan))
        return done(**plan)

    async def found(self, case: Case) -> EffectResult | None:
        plan = node(case.claim, "plan")
        title = _title(case)
        data = await case.admin.query(queries.COUPON_MADE, code=text(plan, "code"), title=f"title:{quoted(title)}")
        titles = [text(node(data, "codeDiscountNodeByCode", "codeDiscount"), "title")]
        titles += [text(node(each, "discount"), "title") for each in nodes(data, "discountNodes")]
        return done(**plan) if title in titles else None


def _plan(case: Case, worth: int | Money) -> Node:
    """In the shop's own currency: a code is worth the same in every market, and what is told of it must be what it is worth."""
    currency = worth.currency if isinstance(worth, Money) else _shop_total(case).currency
    given = {"amount": as_data(worth)} if isinstance(worth, Money) else {"percent": worth}
    return {
        "order": case.order.number,
        "code": case.code("SORRY-", 10),
        **given,
        "minimum": as_data(from_euro(TERMS.coupon_minimum, currency if currency in RATES else "EUR")),
        "valid_until": (case.now().date() + timedelta(days=TERMS.coupon_days)).isoformat(),
    }


def _discount(case: Case, plan: Node) -> Node:
    customer = case.order.customer.id
    value: dict[str, Any] = {"percentage": plan["percent"] / 100} if "percent" in plan else {"discountAmount": _off(plan["amount"])}
    minimum = Money(**plan["minimum"])
    needs = {"subtotal": {"greaterThanOrEqualToSubtotal": str(minimum.amount)}} if minimum.currency == _shop_total(case).currency else None
    return {
        "title": _title(case),
        "code": plan["code"],
        "startsAt": case.now().isoformat(),
        "endsAt": f"{plan['valid_until']}T23:59:59Z",
        "usageLimit": 1,
        "appliesOncePerCustomer": True,
        "context": {"customers": {"add": [customer]}} if customer else {"all": "ALL"},
        "customerGets": {"items": {"all": True}, "value": value},
        "combinesWith": {"orderDiscounts": False, "productDiscounts": False, "shippingDiscounts": True},
        **({"minimumRequirement": needs} if needs else {}),
    }


def _off(amount: Node) -> Node:
    return {"amount": str(Money(**amount).amount), "appliesOnEachItem": False}


def _title(case: Case) -> str:
    return f"Portside {case.effect.key}"[:255]


def _shop_total(case: Case) -> Money:
    return case.order.shop_total or case.order.total


def _worth(case: Case) -> int | Money | None:
    match case.effect.payload:
        case {"percent": bool()} | {"minor": bool()} | {"percent": _, "minor": _}:
            return None
        case {"percent": int(percent)}:
            return percent
        case {"minor": int(minor), "currency": str(currency)} if minor > 0:
            return _in_shop_currency(Money(minor, currency), case)
        case _:
            return None


def _in_shop_currency(worth: Money, case: Case) -> Money | None:
    """By the rate that this very order was paid at; None for a currency that has nothing to do with it."""
    seen, shop = case.order.total, _shop_total(case)
    if worth.currency == shop.currency:
        return worth
    if worth.currency != seen.currency or not seen.minor:
        return None
    return Money(int((Decimal(worth.minor) * shop.minor / seen.minor).quantize(Decimal(1), rounding=ROUND_HALF_UP)), shop.currency)
