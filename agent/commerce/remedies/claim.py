"""File a claim with the carrier for a parcel that is lost, or said to be delivered. One a parcel.

Payload: `tracking`; it may be left out when the order has one parcel.
"""

from datetime import datetime

from agent.commerce.papers import Claim
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.codes import fresh
from agent.commerce.remedies.value import money
from agent.commerce.routing import local_day
from agent.domain.commerce import Order, OrderState, Shipment
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.money import Money
from agent.policy.terms import TERMS


async def claim(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `claim` (id), `tracking`, `carrier`, `amount` (what the parcel was worth), `days` (until the carrier answers)."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    parcel = parcel_of(order, effect.payload.get("tracking"))
    if parcel is None:
        return refused("parcel_unknown" if order.shipments else "not_shipped", state=order.state.value)
    if earlier := await books.claim(tracking=parcel.tracking):
        return refused("claim_filed", claim=earlier.id)
    if order.state in {OrderState.CANCELLED, OrderState.UNKNOWN}:
        return refused("state_unknown", state=order.state.value)
    if parcel.delivered_at is None and local_day(at, order.address.country) <= parcel.promised:
        return refused("too_early", promised=parcel.promised.isoformat())
    made = Claim(id=fresh("CL-", 6), order=order.number, tracking=parcel.tracking, amount=worth(order, parcel), at=at)
    await books.put_claim(made)
    return done(
        order=order.number,
        claim=made.id,
        tracking=made.tracking,
        carrier=parcel.carrier,
        amount=as_data(made.amount),
        days=TERMS.inquiry_business_days,
    )


def parcel_of(order: Order, tracking: object) -> Shipment | None:
    if tracking is None and len(order.shipments) == 1:
        return order.shipments[0]
    return next((parcel for parcel in order.shipments if parcel.tracking == tracking), None)


def worth(order: Order, parcel: Shipment) -> Money:
    """Of the goods in it."""
    inside = [line for line in order.lines if not parcel.skus or line.sku in parcel.skus]
    return money(order, sum(line.price.minor * line.quantity for line in inside))
