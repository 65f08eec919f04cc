"""Send pieces once more: a new order of its own, from the nearest warehouse that has them all.

Payload: `lines` (left out = all that nothing was given for yet), `warehouse` (code, when only that one).
"""

from datetime import datetime

from agent.commerce.remedies.books import Books, done, refused
from agent.commerce.remedies.pieces import Lines, as_lines, bought, price
from agent.commerce.remedies.refund import lines_of
from agent.commerce.remedies.replacement import find_house, place
from agent.commerce.remedies.value import Given, given, may_replace
from agent.domain.commerce import Line, Order, OrderState
from agent.domain.effect import EffectResult, PlannedEffect

_SENT = frozenset(OrderState) - {
    OrderState.UNPAID,
    OrderState.PAID,
    OrderState.PACKED,
    OrderState.CANCELLED,
    OrderState.REFUNDED,
    OrderState.UNKNOWN,
}


async def reship(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `new_order`, `warehouse`, `city`, `days`, `lines`, `given`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if reason := await _refusal(books, order):
        return refused(reason, state=order.state.value)
    state = await given(books, order)
    lines = lines_of(order, effect.payload)
    if lines is None:
        lines = _left(state, order)
    elif not lines:
        return refused("bad_lines")
    if not lines or not may_replace(state, order, lines):
        return refused("already_settled")
    house, reason = await find_house(books, order, lines, effect.payload.get("warehouse"))
    if reason:
        return refused(reason)
    placed = await place(books, order, _again(order, lines), house, at)
    worth = {sku: price(order, sku) * pieces for sku, pieces in lines}
    return done(order=order.number, **placed.data(), lines=as_lines(lines), given=worth)


async def _refusal(books: Books, order: Order) -> str:
    if order.state is OrderState.UNKNOWN:
        return "state_unknown"
    if order.state not in _SENT:
        return "already_settled" if order.state is OrderState.REFUNDED else "not_shipped"
    if order.open_return:
        return "return_open"
    # A replacement of a replacement is a person's work: somebody must ask what is wrong there.
    return "replaced_before" if await books.parent(order.number) else ""


def _left(state: Given, order: Order) -> Lines:
    """Pieces for which neither money nor another piece was given."""
    free: list[tuple[str, int]] = []
    for sku, pieces in bought(order).items():
        each = price(order, sku)
        whole = min(pieces - state.replaced[sku], state.room(sku) // each if each else pieces)
        if whole > 0:
            free.append((sku, whole))
    return tuple(free)


def _again(order: Order, lines: Lines) -> list[Line]:
    known = {line.sku: line for line in order.lines}
    return [
        Line(sku=sku, title=known[sku].title, category=known[sku].category, quantity=pieces, price=known[sku].price)
        for sku, pieces in lines
    ]
