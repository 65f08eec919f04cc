"""Send an order that is not packed yet to another address in the same country.

Payload: `address` with any of name, street, city, postcode, country, phone; what is left out stays as it was.
"""

import unicodedata
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from agent.commerce.remedies.books import Books, done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.domain.commerce import Address
from agent.domain.effect import EffectResult, PlannedEffect

_FIELDS = frozenset(Address.__slots__)
_REQUIRED = ("name", "street", "city", "postcode")
_LONGEST = 120


async def change_address(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `address`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if order.state not in OPEN:
        return refused("already_packed", state=order.state.value)
    address = merged(order.address, effect.payload.get("address"))
    if address is None:
        return refused("bad_address")
    if address.country != order.address.country:
        # Another country means other taxes, another warehouse, perhaps another price: a person's work.
        return refused("other_country", country=address.country)
    await books.readdress(order.number, address)
    return done(order=order.number, address=asdict(address))


def merged(old: Address, wish: object) -> Address | None:
    """The old address with the wish laid over it; None when the wish cannot be printed on a label."""
    if not isinstance(wish, dict) or not wish:
        return None
    fields = {key: _tidy(value) for key, value in cast(dict[str, Any], wish).items()}
    if not fields.keys() <= _FIELDS or not all(_printable(value) for value in fields.values()):
        return None
    address = Address(**{**asdict(old), **fields})
    return address if all(getattr(address, name) for name in _REQUIRED) else None


def _tidy(value: object) -> str:
    """One line, without the invisible marks that telephones put around names.

    What is no text becomes "\\0", which no label can print.
    """
    if not isinstance(value, str):
        return "\0"
    return " ".join("".join(char for char in value if unicodedata.category(char) != "Cf").split())


def _printable(value: str) -> bool:
    return len(value) <= _LONGEST and value.isprintable()
