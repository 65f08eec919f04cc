"""Conditions on amounts, currencies and ways to pay."""

from typing import Annotated, Any, Literal

from pydantic import Field

from agent.commerce.currency import RATES
from agent.domain.money import Money
from agent.policy.request import GIFT_CARD, Method, Request
from agent.policy.schema import Euro, Pack
from agent.policy.worth import GIVEN_AWAY, amount, euro, goods, whole

Percent = Annotated[int, Field(ge=0, le=100)]


def amount_positive(request: Request, pack: Pack, wanted: bool) -> bool:
    """What it moves is more than nothing."""
    found = amount(request)
    return (found is not None and found.minor > 0) is wanted


def currency_known(request: Request, pack: Pack, wanted: bool) -> bool:
    """There is a book rate for its currency, so that a limit in euro can be held."""
    found = amount(request)
    return all(money.currency in RATES for money in (request.order.total, found) if money) is wanted


def currency_of_order(request: Request, pack: Pack, wanted: bool) -> bool:
    """The amount is in the currency the customer paid in."""
    found, total = amount(request), request.order.total
    return (found is not None and found.currency == total.currency) is wanted


def within_paid(request: Request, pack: Pack, wanted: bool) -> bool:
    """With all that went back or out on this order before, it is not more than was paid."""
    order, found = request.order, amount(request)
    moved = found.minor if found and request.remedy.kind in GIVEN_AWAY else 0
    if request.given and request.given.currency != order.total.currency:
        return not wanted
    given = request.given.minor if request.given else 0
    return (order.refunded.minor + max(given, 0) + moved <= order.paid.minor) is wanted


def amount_max(request: Request, pack: Pack, limit: Money) -> bool:
    """What it moves is worth at most so much."""
    found = euro(amount(request))
    return found is not None and found <= limit.minor


def order_max(request: Request, pack: Pack, limit: Money) -> bool:
    """The order's total is at most so much."""
    found = euro(request.order.total)
    return found is not None and found <= limit.minor


def percent_max(request: Request, pack: Pack, limit: int) -> bool:
    """A code gives at most so many percent; one with a fixed amount is another condition's business."""
    text = request.detail.get("percent")
    found = whole(text)
    return text is None or (found is not None and 0 < found <= limit)


def payment_named(request: Request, pack: Pack, wanted: bool) -> bool:
    """It says which way to pay is meant."""
    return bool(request.detail.get("payment")) is wanted


def payment_known(request: Request, pack: Pack, wanted: bool) -> bool:
    """The way to pay is in the customer's account, or the order was paid with it."""
    named = request.detail.get("payment", "")
    return (method(request) is not None or named in _originals(request)) is wanted


def payment_original_or(request: Request, pack: Pack, kinds: frozenset[str]) -> bool:
    """The way to pay is the order's own, or the customer's of one of these kinds."""
    named, found = request.detail.get("payment", ""), method(request)
    return named in _originals(request) or (found is not None and found.kind in kinds)


def payment_original(request: Request, pack: Pack, wanted: bool) -> bool:
    """The way to pay is the one the order was paid with."""
    return (request.detail.get("payment", "") in _originals(request)) is wanted


def balance_covers(request: Request, pack: Pack, what: str) -> bool:
    """A gift card holds enough for the order's total, or for the difference of price."""
    found = method(request)
    if found is None or found.kind != GIFT_CARD:
        return True
    due = request.order.total if what == "total" else difference(request)
    if due is None:
        return False
    return due.minor <= 0 or (found.balance is not None and found.balance.currency == due.currency and found.balance.minor >= due.minor)


def dearer(request: Request, pack: Pack, wanted: bool) -> bool:
    """What comes instead costs more than what it replaces."""
    found = difference(request)
    return (found is not None and found.minor > 0) is wanted


def difference(request: Request) -> Money | None:
    """What the customer has to add (below 0: gets back) when others come instead of pieces; None when a price is missing."""
    remedy, old = request.remedy, goods(request.order, request.remedy.pieces)
    total = 0
    for other in remedy.others:
        item = request.products.get(other.sku)
        if item is None or item.product.price.currency != request.order.total.currency:
            return None
        total += item.product.price.minor * other.quantity
    return old and Money(total - old.minor, old.currency)


def method(request: Request) -> Method | None:
    return next((item for item in request.payments if item.id == request.detail.get("payment")), None)


def _originals(request: Request) -> frozenset[str]:
    return frozenset(payment.id for payment in request.order.payments if payment.succeeded)


CONDITIONS: dict[str, tuple[Any, Any]] = {
    "amount_positive": (bool, amount_positive),
    "currency_known": (bool, currency_known),
    "currency_of_order": (bool, currency_of_order),
    "within_paid": (bool, within_paid),
    "amount_max": (Euro, amount_max),
    "order_max": (Euro, order_max),
    "percent_max": (Percent, percent_max),
    "payment_named": (bool, payment_named),
    "payment_known": (bool, payment_known),
    "payment_original": (bool, payment_original),
    "payment_original_or": (frozenset[str], payment_original_or),
    "balance_covers": (Literal["total", "difference"], balance_covers),
    "dearer": (bool, dearer),
}
