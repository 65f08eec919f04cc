"""What a remedy is worth, in the order's currency and in euro. None = it cannot be said, so nobody may take it for little."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from agent.commerce.currency import in_euro
from agent.domain.commerce import Line, Order, Piece
from agent.domain.decision import RemedyKind
from agent.domain.money import Money
from agent.policy.request import Request

#: Money or goods leave the shop for good, and count together against what was paid.
GIVEN_AWAY = frozenset({RemedyKind.REFUND, RemedyKind.RESHIP})
#: Their size is an amount, so limits in euro hold for them.
SIZED = GIVEN_AWAY | {RemedyKind.EXCHANGE, RemedyKind.COUPON, RemedyKind.WAIT}


def amount(request: Request) -> Money | None:
    """What it moves: the amount named, else the pieces' price, else the whole order."""
    remedy, order = request.remedy, request.order
    if remedy.kind in {RemedyKind.COUPON, RemedyKind.WAIT}:
        return _code(request)
    if remedy.amount:
        return remedy.amount
    return goods(order, remedy.pieces) if remedy.pieces else order.total


def _code(request: Request) -> Money | None:
    """A percentage is taken of the order, a fixed sum as it is; a code that says neither is worth nothing."""
    detail, total = request.detail, request.order.total
    percent, minor = whole(detail.get("percent")), whole(detail.get("minor"))
    if percent is not None:
        return Money(int((Decimal(total.minor) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP)), total.currency)
    if minor is not None:
        return Money(minor, detail.get("currency", total.currency))
    return request.remedy.amount


def whole(text: str | None) -> int | None:
    """A whole number as written, however long; None when it is not one."""
    if text is None or len(text) > 12 or not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        return None
    return int(text)


def goods(order: Order, pieces: Iterable[Piece]) -> Money | None:
    """The price of pieces of an order; None when one is not on it."""
    total = 0
    for piece in pieces:
        line = line_of(order, piece.sku)
        if line is None or line.price.currency != order.total.currency:
            return None
        total += line.price.minor * piece.quantity
    return Money(total, order.total.currency)


def share(order: Order, pieces: Iterable[Piece] = ()) -> Money | None:
    """What was paid for pieces, () = for all: a discount is taken off each alike. None when one is not on the order."""
    wanted = tuple(pieces) or tuple(Piece(line.sku, line.quantity) for line in order.lines)
    bought, price = sum(line.price.minor * line.quantity for line in order.lines), goods(order, wanted)
    if price is None:
        return None
    return Money(price.minor * min(order.paid.minor, bought) // bought if bought else 0, price.currency)


def line_of(order: Order, sku: str) -> Line | None:
    return next((line for line in order.lines if line.sku == sku), None)


def euro(money: Money | None) -> int | None:
    """In euro cents; None without a book rate."""
    found = in_euro(money) if money else None
    return None if found is None else found.minor


def before(request: Request) -> int | None:
    """Euro cents that went out, or are on their way, on this order already; None when that cannot be said."""
    if request.remedy.kind not in GIVEN_AWAY | {RemedyKind.EXCHANGE}:
        return 0
    parts = [euro(request.order.refunded)] + ([euro(request.given)] if request.given else [])
    return None if None in parts else sum(part for part in parts if part is not None)
