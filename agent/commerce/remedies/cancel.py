"""Cancel an order that is not packed yet, and give its pieces back to the shelf. Payload: none."""

from dataclasses import replace
from datetime import datetime

from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.total import authorised, release, taken
from agent.domain.commerce import Order, OrderState
from agent.domain.effect import EffectResult, PlannedEffect

OPEN = frozenset({OrderState.UNPAID, OrderState.PAID})


async def cancel(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `state`, `amount` (what was reserved and is let go), `refunds` (ids) for what had really been taken."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if order.state is OrderState.CANCELLED:
        return refused("already_cancelled")
    if order.state not in OPEN:
        return refused("already_packed", state=order.state.value)
    refunds = await undo(books, order, at)
    back = {"refunds": refunds} if refunds else {}
    return done(order=order.number, state=OrderState.CANCELLED.value, amount=as_data(order.total), **back)


async def undo(books: Books, order: Order, at: datetime) -> list[str]:
    """The pieces free, promises let go, what was taken on its way back. Ids of the refunds."""
    house = await books.house(order)
    for line in sorted(order.lines, key=lambda line: line.sku):
        await books.shelve(line.sku, house, committed=-line.quantity)
    for payment in order.payments:
        if authorised(payment):
            await books.put_payment(order.number, replace(payment, succeeded=False))
    refunds = await release(books, order, sum(payment.amount.minor for payment in taken(order)), at)
    await books.move(order.number, OrderState.CANCELLED)
    return refunds
