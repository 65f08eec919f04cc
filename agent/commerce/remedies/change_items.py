"""Other articles in an order that is not packed yet, at the same price or less.

Payload: `lines` and `others` of the same length and quantities, in the same order.
"""

from datetime import datetime

from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.commerce.remedies.exchange import Swap, read_swap
from agent.commerce.remedies.pieces import as_lines
from agent.commerce.remedies.total import retotal
from agent.commerce.remedies.value import money
from agent.commerce.routing import with_stock
from agent.domain.commerce import Order, Piece
from agent.domain.effect import EffectResult, PlannedEffect


async def change_items(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `lines`, `others`, `total` (the new one), `difference`, `refunds` (ids) for what had really been taken."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if reason := await _refusal(books, order):
        return refused(reason, state=order.state.value)
    swap = await read_swap(books, order, effect.payload)
    if isinstance(swap, str):
        return refused(swap)
    house = await books.house(order)
    if reason := await _unfit(books, order, swap, house):
        return refused(reason)
    for sku, pieces, new in sorted((sku, pieces, new.sku) for (sku, pieces), new in zip(swap.lines, swap.new, strict=True)):
        await books.shelve(sku, house, committed=-pieces)
        await books.shelve(new, house, committed=pieces)
    for (sku, pieces), new in zip(swap.lines, swap.new, strict=True):
        await books.swap(order.number, Piece(sku, pieces), new)
    total = money(order, order.total.minor - swap.difference)
    refunds = await retotal(books, order, total, at)
    return done(
        order=order.number,
        lines=as_lines(swap.lines),
        others=as_lines(swap.wanted),
        total=as_data(total),
        difference=as_data(money(order, swap.difference)),
        **({"refunds": refunds} if refunds else {}),
    )


async def _refusal(books: Books, order: Order) -> str:
    if order.state not in OPEN:
        return "already_packed"
    return "replaced_before" if await books.parent(order.number) else ""


async def _unfit(books: Books, order: Order, swap: Swap, house: str) -> str:
    if any(max(line.quantity for line in order.lines if line.sku == sku) < pieces for sku, pieces in swap.lines):
        return "bad_lines"
    if set(dict(swap.lines)) & set(dict(swap.wanted)):
        return "same_item"
    levels = await books.shelves(sorted({sku for sku, _ in (*swap.lines, *swap.wanted)}))
    return "" if with_stock(levels, swap.wanted, (house,)) else "no_stock"
