"""Mail the tracking link once more to the order's own address. Payload: none. The demo shop keeps its mails as documents."""

from datetime import datetime

from agent.commerce.papers import Document
from agent.commerce.remedies.books import Books, done, refused
from agent.commerce.remedies.codes import unguessable
from agent.domain.commerce import Order, Shipment
from agent.domain.effect import EffectResult, PlannedEffect


async def resend_tracking(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `tracking`, `url`, `carrier`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if order.shipment is None:
        return refused("not_shipped", state=order.state.value)
    shipment = order.shipment
    await books.file(mail(order, shipment))
    return done(order=order.number, tracking=shipment.tracking, url=shipment.url, carrier=shipment.carrier)


def mail(order: Order, shipment: Shipment) -> Document:
    text = f"To: {order.customer.email}\nSubject: #{order.number}\n\n{shipment.carrier} {shipment.tracking}\n{shipment.url}\n"
    return Document(id=unguessable(), kind="tracking_mail", content_type="message/rfc822", content=text.encode())
