"""Bring what is paid in line with the new total of an order that is not packed yet."""

from dataclasses import replace
from datetime import datetime

from agent.commerce.remedies.books import Books
from agent.commerce.remedies.refund import pay_back, rooms
from agent.domain.commerce import Order, Payment
from agent.domain.money import Money

#: Only promised by the bank until the order is dispatched: it is changed or let go, not paid back.
_AUTHORISED = frozenset({"card", "other"})


def authorised(payment: Payment) -> bool:
    return payment.succeeded and payment.method in _AUTHORISED


async def retotal(books: Books, order: Order, total: Money, at: datetime) -> list[str] | str:
    """Ids of the refunds it took; or the code of why it cannot be done, and then nothing is changed."""
    change = total.minor - order.total.minor
    holds = [payment for payment in order.payments if authorised(payment) and payment.amount.currency == total.currency]
    if change > 0 and order.payments and not holds:
        return "payment_needed"
    await books.retotal(order.number, total)
    if change > 0 and holds:
        await _set(books, order, holds[0], holds[0].amount.minor + change)
        return []
    return await _lower(books, order, holds, -change, at) if change < 0 else []


async def _lower(books: Books, order: Order, holds: list[Payment], minor: int, at: datetime) -> list[str]:
    for payment in holds:
        part = min(payment.amount.minor, minor)
        minor -= part
        if part:
            await _set(books, order, payment, payment.amount.minor - part)
    return await release(books, order, minor, at) if minor else []


async def _set(books: Books, order: Order, payment: Payment, minor: int) -> None:
    await books.put_payment(order.number, replace(payment, amount=Money(minor, payment.amount.currency)))


async def release(books: Books, order: Order, minor: int, at: datetime) -> list[str]:
    """Pay back so much of what was really taken. Ids of the refunds."""
    real = {payment.id for payment in taken(order)}
    parts: list[tuple[str, str, int]] = []
    for key, method, room in rooms(order):
        if key in real and (part := min(room, minor)) > 0:
            minor -= part
            parts.append((key, method, part))
    return await pay_back(books, order, parts, at)


def taken(order: Order) -> list[Payment]:
    """Payments that are more than a promise, in the order's currency."""
    mine = [payment for payment in order.payments if payment.succeeded and not authorised(payment)]
    return [payment for payment in mine if payment.amount.currency == order.total.currency]
