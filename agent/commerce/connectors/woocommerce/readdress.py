"""Another address for an order that is not packed yet, in the same country."""

from dataclasses import asdict
from typing import Any

from agent.commerce.connectors.woocommerce.books import WooBooks, path
from agent.commerce.connectors.woocommerce.marks import mark, marked
from agent.commerce.remedies.books import done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.commerce.remedies.change_address import merged
from agent.domain.commerce import Address
from agent.domain.effect import EffectResult, PlannedEffect


async def move(books: WooBooks, effect: PlannedEffect) -> EffectResult:
    """Data: `order`, `address`."""
    found = await books.open(effect.order)
    if found is None:
        return refused("order_unknown")
    body, order, _ = found
    if order.state not in OPEN or order.shipments:
        return refused("already_packed", state=order.state.value)
    address = merged(order.address, effect.payload.get("address"))
    if address is None:
        return refused("bad_address")
    if address.country != order.address.country:
        return refused("other_country", country=address.country)
    data = {"order": order.number, "address": asdict(address)}
    await books.http.change(path(body), {"shipping": _shipping(address), "meta_data": mark(effect.key, data)}, method="PUT")
    return done(**data)


async def moved(books: WooBooks, effect: PlannedEffect) -> EffectResult | None:
    body = await books.orders.raw(effect.order)
    data = marked(body, effect.key) if body else None
    return None if data is None else done(**data)


def _shipping(address: Address) -> dict[str, Any]:
    """The shop keeps names in two fields; everything before the last word is the first one."""
    first, _, last = address.name.rpartition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "company": "",  # of the old place
        "address_1": address.street,
        "address_2": "",
        "city": address.city,
        "postcode": address.postcode,
        "state": address.region,
        "country": address.country,
        "phone": address.phone,
    }
