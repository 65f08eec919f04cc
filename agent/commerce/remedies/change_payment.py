"""Pay an order that is not packed yet in another way. Payload: `payment`: card, paypal or bank.

Gift cards and store credit are a person's work: the demo shop does not know what is left on them.
"""

from dataclasses import replace
from datetime import datetime

from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.commerce.remedies.total import authorised, release
from agent.domain.commerce import Order, OrderState, Payment
from agent.domain.effect import EffectResult, PlannedEffect

_METHODS = frozenset({"card", "paypal", "bank"})
_BALANCE = frozenset({"gift_card", "store_credit"})


async def change_payment(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `payment` (id of the new one), `method`, `amount`, `refunds` (ids) for what had really been taken."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    wish = effect.payload.get("payment")
    if reason := _refusal(order, wish):
        return refused(reason, state=order.state.value)
    old = next(payment for payment in order.payments if payment.succeeded)
    if authorised(old):
        await books.put_payment(order.number, replace(old, succeeded=False))
    refunds = [] if authorised(old) else await release(books, order, old.amount.minor, at)
    new = Payment(id=f"PAY-{order.number}-{len(order.payments) + 1}", method=str(wish), amount=order.total, at=at)
    await books.put_payment(order.number, new)
    back = {"refunds": refunds} if refunds else {}
    return done(order=order.number, payment=new.id, method=new.method, amount=as_data(new.amount), **back)


def _refusal(order: Order, wish: object) -> str:
    if order.state not in OPEN:
        return "already_packed"
    # One that was changed before has several payments, of which one holds.
    holding = [payment for payment in order.payments if payment.succeeded]
    if order.state is OrderState.UNPAID or not holding:
        return "not_paid"
    if wish in _BALANCE:
        return "balance_unknown"
    if wish not in _METHODS:
        return "payment_unknown"
    if len(holding) > 1 or order.refunds:
        return "split_payment"
    return "same_payment" if wish == holding[0].method else ""
