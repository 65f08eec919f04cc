"""What has been given for an order already, piece by piece: nothing is made good twice. Pure but for reading the books."""

from collections import Counter
from dataclasses import dataclass, field

from agent.commerce.papers import Deed
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.pieces import Lines, bought, price
from agent.domain.commerce import Order, OrderState
from agent.domain.money import Money


@dataclass(frozen=True, slots=True)
class Given:
    """Minor units of the order's currency. `worth` and `by_sku` are by SKU; `replaced` counts pieces."""

    left: int  # of what was paid, after all that was refunded or sent again
    worth: Counter[str] = field(default_factory=Counter[str])
    by_sku: Counter[str] = field(default_factory=Counter[str])
    replaced: Counter[str] = field(default_factory=Counter[str])

    def room(self, sku: str) -> int:
        """What may still be given for this article."""
        return max(self.worth[sku] - self.by_sku[sku], 0)


async def given(books: Books, order: Order) -> Given:
    """Cancelled replacements do not count: their pieces never left."""
    deeds = await books.deeds(order.number)
    counting = [deed for deed in deeds if not await _undone(books, deed)]
    return tally(order, counting)


async def _undone(books: Books, deed: Deed) -> bool:
    new = deed.data.get("new_order")
    return bool(new) and await books.state(new) is OrderState.CANCELLED


def tally(order: Order, deeds: list[Deed]) -> Given:
    """Adds up what `deeds` and the order's own refunds have given."""
    by_sku = _earlier(order, deeds)
    replaced, sent_again = Counter[str](), 0
    for deed in deeds:
        worth: dict[str, int] = deed.data.get("given") or {}
        by_sku.update(worth)
        if deed.data.get("new_order"):
            sent_again += sum(worth.values())
            replaced.update({entry["sku"]: entry["quantity"] for entry in deed.data["lines"]})
    worth_of = Counter[str]()
    for line in order.lines:
        worth_of[line.sku] += line.price.minor * line.quantity
    left = max(order.paid.minor - order.refunded.minor - sent_again, 0)
    return Given(left, worth_of, by_sku, replaced)


def _earlier(order: Order, deeds: list[Deed]) -> Counter[str]:
    """Refunds from before our time: they were for the pieces of the returns up to their day."""
    ours = {entry for deed in deeds for entry in deed.data.get("refunds", ())}
    days = [refund.at.date() for refund in order.refunds if refund.id not in ours]
    count = Counter[str]()
    for slip in order.returns if days else ():
        if slip.at.date() <= max(days):
            known = bought(order)
            count.update({piece.sku: price(order, piece.sku) * piece.quantity for piece in slip.pieces if piece.sku in known})
    return count


def covers(order: Order, lines: Lines) -> bool:
    """Whether these are all pieces of the order."""
    return dict(lines) == bought(order)


def spread(state: Given, order: Order, lines: Lines, amount: int) -> dict[str, int]:
    """`amount` laid on the articles one after another, each up to its room; what is over (shipping) belongs to none."""
    laid: dict[str, int] = {}
    for sku, pieces in lines:
        part = min(amount, state.room(sku), price(order, sku) * pieces)
        amount -= part
        laid[sku] = part
    return {sku: part for sku, part in laid.items() if part}


def most(state: Given, order: Order, lines: Lines | None) -> int:
    """The most that may be paid back for these lines; without lines, or for all of them, what is left of the payment."""
    if lines is None or covers(order, lines):
        return state.left
    return min(state.left, sum(min(state.room(sku), price(order, sku) * pieces) for sku, pieces in lines))


def may_replace(state: Given, order: Order, lines: Lines) -> bool:
    """Whether nothing was given for these pieces yet: neither money nor another piece."""
    count = bought(order)
    whole = sum(price(order, sku) * pieces for sku, pieces in lines)
    return whole <= state.left and all(
        state.replaced[sku] + pieces <= count[sku] and price(order, sku) * pieces <= state.room(sku) for sku, pieces in lines
    )


def money(order: Order, minor: int) -> Money:
    return Money(minor, order.total.currency)
