"""Another piece for the one the customer has: locked at once in the nearest warehouse, sent when the old one was inspected.

Payload: `lines` and `others` of the same length and quantities, in the same order; `warehouse` (code, when only that one).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.commerce.currency import RATES, shelf_price
from agent.commerce.papers import ReturnSlip
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.pieces import Lines, as_lines, once, price, read
from agent.commerce.remedies.refund import lines_of
from agent.commerce.remedies.replacement import Placed, find_house, place
from agent.commerce.remedies.return_ import accepted, arrived, close, issue, refusal
from agent.commerce.remedies.value import given, may_replace, money
from agent.domain.commerce import Line, Order, ReturnState
from agent.domain.effect import EffectResult, PlannedEffect
from agent.policy.terms import TERMS


@dataclass(frozen=True, slots=True)
class Swap:
    """What is exchanged: `lines` of the order for `new`, and the value given by SKU of the old pieces."""

    lines: Lines
    new: tuple[Line, ...]
    worth: dict[str, int]
    difference: int  # what the old pieces cost more

    @property
    def wanted(self) -> Lines:
        return tuple((line.sku, line.quantity) for line in self.new)


async def exchange(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `new_order`, `return`, `document`, `warehouse`, `city`, `days`, `title`, `lines`, `others`, `given`, `difference`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    swap = await read_swap(books, order, effect.payload)
    if isinstance(swap, str):
        return refused(swap)
    slip = await _back_already(books, order, swap.lines)
    if reason := await _refusal(books, order, swap, slip, at):
        return refused(reason, state=order.state.value, **({"return": order.open_return} if order.open_return else {}))
    # The old pieces' shelves as well, for one of them may be filled: all are locked in one order, so that nobody waits in a circle.
    await books.shelves(sorted({sku for sku, _ in (*swap.lines, *swap.wanted)}))
    house, reason = await find_house(books, order, swap.wanted, effect.payload.get("warehouse"))
    if reason:
        return refused(reason)
    if slip:
        await close(books, order, slip)
    else:
        slip = await issue(books, order, swap.lines, at, fee=False)
    return done(**_data(order, swap, slip, await place(books, order, swap.new, house, at)))


async def read_swap(books: Books, order: Order, payload: dict[str, Any]) -> Swap | str:
    """What is exchanged for what; or the code of why it cannot be."""
    lines, others = lines_of(order, payload), once(read(payload.get("others")))
    if not lines or not others or [pieces for _, pieces in lines] != [pieces for _, pieces in others]:
        return "bad_lines"
    if order.total.currency not in RATES:
        return "currency"
    new: list[Line] = []
    worth: dict[str, int] = {}
    for (sku, pieces), (other, _) in zip(lines, others, strict=True):
        product = await books.product(other)
        if product is None:
            return "sku_unknown"
        cost = price(order, sku) if other == sku else shelf_price(product.price, order.total.currency).minor
        if cost > price(order, sku):
            return "price_higher"
        worth[sku] = cost * pieces
        new.append(Line(sku=other, title=product.title, category=product.category, quantity=pieces, price=money(order, cost)))
    difference = sum(price(order, sku) * pieces for sku, pieces in lines) - sum(worth.values())
    return Swap(lines, tuple(new), worth, difference)


async def _refusal(books: Books, order: Order, swap: Swap, slip: ReturnSlip | None, at: datetime) -> str:
    if await books.parent(order.number):
        return "replaced_before"
    if slip is None:
        if reason := refusal(order, at, TERMS.exchange_days):
            return reason
        here = arrived(order, at, TERMS.exchange_days)
        if any(pieces > here.get(sku, 0) for sku, pieces in swap.lines):
            return "not_delivered"
    return "" if may_replace(await given(books, order), order, swap.lines) else "already_settled"


async def _back_already(books: Books, order: Order, lines: Lines) -> ReturnSlip | None:
    """The inspected return of just these pieces, so that they are not asked for twice."""
    slip = await books.slip(order.open_return) if order.open_return else None
    fits = slip is not None and slip.step is ReturnState.INSPECTED and accepted(slip) and dict(slip.lines) == dict(lines)
    return slip if fits else None


def _data(order: Order, swap: Swap, slip: ReturnSlip, placed: Placed) -> dict[str, Any]:
    return {
        "order": order.number,
        **placed.data(),
        "return": slip.number,
        "document": slip.document,
        "title": swap.new[0].title,
        "lines": as_lines(swap.lines),
        "others": as_lines(swap.wanted),
        "given": swap.worth,
        "difference": as_data(money(order, swap.difference)),
    }
