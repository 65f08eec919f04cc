"""Send an order that is not packed yet faster, or greener. Payload: `service`: express, green or standard."""

from datetime import datetime

from agent.commerce.currency import RATES, from_euro
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.commerce.remedies.total import retotal
from agent.commerce.remedies.value import money
from agent.domain.commerce import Order, Tier
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.money import Money

SERVICES = frozenset({"standard", "green", "express"})
EXPRESS = Money(1290, "EUR")
_STANDARD, _FREE_FROM = Money(490, "EUR"), Money(5000, "EUR")
#: Express is part of these tiers.
_EXPRESS_FREE = frozenset({Tier.TIDE, Tier.BEACON})


async def change_shipping(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `service`, `cost` (what it costs more, below 0 what it costs less), `total`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if order.state not in OPEN:
        return refused("already_packed", state=order.state.value)
    service = effect.payload.get("service")
    if service not in SERVICES:
        return refused("bad_service")
    before = await books.service(order.number)
    if service == before:
        return refused("same_service", service=before)
    if order.total.currency not in RATES:
        return refused("currency")
    cost = 0 if await books.parent(order.number) else fee(order, service) - fee(order, before)
    total = money(order, max(order.total.minor + cost, 0))
    refunds = await retotal(books, order, total, at)
    if isinstance(refunds, str):
        return refused(refunds)
    await books.serve(order.number, service)
    back = {"refunds": refunds} if refunds else {}
    return done(order=order.number, service=service, cost=as_data(money(order, cost)), total=as_data(total), **back)


def fee(order: Order, service: str) -> int:
    """Minor units of the order's currency. Green costs as much as standard."""
    currency = order.total.currency
    if service == "express" and order.customer.tier not in _EXPRESS_FREE:
        return from_euro(EXPRESS, currency).minor
    goods = sum(line.price.minor * line.quantity for line in order.lines)
    return 0 if goods >= from_euro(_FREE_FROM, currency).minor or service == "express" else from_euro(_STANDARD, currency).minor
