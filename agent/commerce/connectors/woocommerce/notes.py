"""Notes on an order. The shop mails a note to the customer when it is meant for them: that is how a tracking link is sent again."""

from agent.commerce.connectors.woocommerce.books import WooBooks, path
from agent.commerce.connectors.woocommerce.marks import reference
from agent.commerce.connectors.woocommerce.shop import records, text
from agent.commerce.remedies.books import done, refused
from agent.domain.commerce import Shipment
from agent.domain.effect import EffectResult, PlannedEffect

_LONGEST = 4000


async def resend(books: WooBooks, effect: PlannedEffect) -> EffectResult:
    """Data: `order`, `tracking`, `url`, `carrier`. Nothing but names, numbers and the link: it is right in every language."""
    found = await books.open(effect.order)
    if found is None:
        return refused("order_unknown")
    body, order, _ = found
    if order.shipment is None:
        return refused("not_shipped", state=order.state.value)
    parts = (order.shipment.carrier, order.shipment.tracking, order.shipment.url, reference(effect.key))
    await books.http.change(path(body, "/notes"), {"note": "\n".join(filter(None, parts)), "customer_note": True})
    return done(**_told(order.number, order.shipment))


async def resent(books: WooBooks, effect: PlannedEffect) -> EffectResult | None:
    found = await books.open(effect.order)
    if not found or not await _there(books, found[0], effect.key):
        return None
    order = found[1]
    return done(**(_told(order.number, order.shipment) if order.shipment else {"order": order.number}))


async def note(books: WooBooks, effect: PlannedEffect) -> EffectResult:
    """For staff alone. Data: `order`."""
    body = await books.orders.raw(effect.order)
    if body is None:
        return refused("order_unknown")
    wish = str(effect.payload.get("text", "")).strip()[:_LONGEST]
    if not wish:
        return refused("empty_note")
    await books.http.change(path(body, "/notes"), {"note": f"{wish}\n{reference(effect.key)}", "customer_note": False})
    return done(order=effect.order)


async def noted(books: WooBooks, effect: PlannedEffect) -> EffectResult | None:
    body = await books.orders.raw(effect.order)
    return done(order=effect.order) if body and await _there(books, body, effect.key) else None


async def _there(books: WooBooks, body: dict[str, object], key: str) -> bool:
    notes = records(await books.http.get(path(body, "/notes"), type="any"))
    return any(reference(key) in text(each.get("note")) for each in notes)


def _told(number: str, shipment: Shipment) -> dict[str, str]:
    return {"order": number, "tracking": shipment.tracking, "url": shipment.url, "carrier": shipment.carrier}
