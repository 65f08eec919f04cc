"""Tell again how a parcel is tracked. Payload: none. Changes nothing."""

from datetime import datetime

from agent.commerce.remedies.books import Books, done, refused
from agent.domain.effect import EffectResult, PlannedEffect


async def resend_tracking(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `tracking`, `url`, `carrier`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if order.shipment is None:
        return refused("not_shipped", state=order.state.value)
    shipment = order.shipment
    return done(order=order.number, tracking=shipment.tracking, url=shipment.url, carrier=shipment.carrier)
