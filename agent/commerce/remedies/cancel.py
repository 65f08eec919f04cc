"""Cancel an order that is not packed yet, and give its pieces back to the shelf. Payload: none."""

from datetime import datetime

from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.domain.commerce import OrderState
from agent.domain.effect import EffectResult, PlannedEffect

OPEN = frozenset({OrderState.UNPAID, OrderState.PAID})


async def cancel(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `state`, `amount` (what was reserved and is let go)."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if order.state is OrderState.CANCELLED:
        return refused("already_cancelled")
    if order.state not in OPEN:
        return refused("already_packed", state=order.state.value)
    await books.release(order)
    await books.move(order.number, OrderState.CANCELLED)
    return done(order=order.number, state=OrderState.CANCELLED.value, amount=as_data(order.total))
