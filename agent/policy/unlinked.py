"""What the shop's records say in free text, without links: a title or a name may be anybody's words, and replies repeat it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.domain.commerce import Checkpoint, Line, Order, Product, Shipment

#: A name of any script, or an address of figures, and a port.
_HOST = r"(?:(?:[\w-]{1,63}\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59}|рф)|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?"
#: With a scheme, with www, or a host with a path. A host alone stays, though clients may make a link of it: goods are called so (Node.js).
_LINK = re.compile(rf"(?:[a-z][a-z0-9+.-]{{1,20}}://|www\.)\S+|(?<![\w@.-]){_HOST}/\S*", re.IGNORECASE)
#: A link has one of these, so most texts are done with at once.
_SIGNS = ("/", "www.")
GONE = "…"


def unlinked(order: Order) -> Order:
    """The order with its goods, people and places so; its parcels' own tracking links stay, which the carrier gave."""
    address, customer = order.address, order.customer
    return replace(
        order,
        customer=replace(customer, name=without_links(customer.name)),
        address=replace(address, name=without_links(address.name), street=without_links(address.street), city=without_links(address.city)),
        lines=tuple(map(_line, order.lines)),
        shipments=tuple(map(_shipment, order.shipments)),
    )


def unlinked_products(products: Sequence[Product]) -> tuple[Product, ...]:
    return tuple(replace(product, title=without_links(product.title), options=_options(product.options)) for product in products)


def without_links(text: str) -> str:
    lower = text.lower()
    return _LINK.sub(GONE, text) if any(sign in lower for sign in _SIGNS) else text


def _line(line: Line) -> Line:
    return replace(line, title=without_links(line.title), options=_options(line.options))


def _options(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, without_links(value)) for name, value in options)


def _shipment(shipment: Shipment) -> Shipment:
    return replace(shipment, carrier=without_links(shipment.carrier), checkpoints=tuple(map(_checkpoint, shipment.checkpoints)))


def _checkpoint(point: Checkpoint) -> Checkpoint:
    return replace(point, place=without_links(point.place))
