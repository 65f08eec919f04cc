"""What a brain proposes beside the wish, held against the facts: only what is true of the order, the offers and the customer's words is kept. Pure."""

import re
from collections.abc import Iterable

from agent.domain.arguments import Arguments, Asked
from agent.domain.commerce import Order, Piece
from agent.domain.intents import ARRIVED_WRONG, NEEDS_ORDER, Intent
from agent.domain.triage import EntityKind
from agent.policy.address import country_code, parse
from agent.policy.choice import Unclear, chosen
from agent.policy.requests import ABOUT_PIECES, pieces_meant

#: Parts of an address, as they are handed on; only a name may be missing.
FIELDS = ("name", "street", "postcode", "city", "country")
#: Characters of one part.
LONGEST = 80
#: A part must not be cut out of a longer word or number; scripts without spaces have no such bounds.
_BOUND = r"[0-9A-Za-z\u00C0-\u024F\u0370-\u03FF\u0400-\u04FF\u0600-\u06FF]"


def wanted(asked: Asked) -> bool:
    """Whether the words leave something open that a decision could need and that rules did not find."""
    return _choice_open(asked) or _address_open(asked) or _order_open(asked) or _pieces_open(asked)


def kept(proposed: Arguments, asked: Asked) -> Arguments:
    """The part of a proposal that is true. It never says more than the proposal, and nothing when it is not."""
    orders = {order.number: order for order in asked.orders}
    number = proposed.order if proposed.order in orders else None
    order = orders.get(number or "") or (asked.orders[0] if len(asked.orders) == 1 and not proposed.order else None)
    pieces = _pieces(proposed.pieces, order) if order else ()
    others = _others(proposed.others, pieces, asked)
    return Arguments(
        order=number,
        pieces=() if order and not others and _is_all(pieces, order) else pieces,
        others=others,
        address=_address(proposed.address, asked.turn.text),
        choice=_choice(proposed.choice, asked),
    )


def _pieces(proposed: Iterable[Piece], order: Order) -> tuple[Piece, ...]:
    """Each SKU once, on the order, with so many left; one that is not right makes all of them doubtful."""
    left = {sku: quantity for sku, quantity in _left(order).items() if quantity > 0}
    found = tuple(proposed)
    skus = [piece.sku for piece in found]
    right = len(set(skus)) == len(skus) and all(1 <= piece.quantity <= left.get(piece.sku, 0) for piece in found)
    return found if right else ()


def _left(order: Order) -> dict[str, int]:
    left: dict[str, int] = {}
    for line in order.lines:
        left[line.sku] = left.get(line.sku, 0) + line.quantity - line.returned
    return left


def _is_all(pieces: tuple[Piece, ...], order: Order) -> bool:
    """Then nothing was singled out."""
    return {piece.sku: piece.quantity for piece in pieces} == {sku: n for sku, n in _left(order).items() if n > 0}


def _others(proposed: tuple[Piece, ...], pieces: tuple[Piece, ...], asked: Asked) -> tuple[Piece, ...]:
    """As many kinds as come back, each in the catalogue, each in the same number."""
    sold = {product.sku for product in asked.products} | {line.sku for order in asked.orders for line in order.lines}
    pairs = list(zip(pieces, proposed, strict=False))
    right = len(pieces) == len(proposed) and all(new.sku in sold and new.quantity == old.quantity for old, new in pairs)
    return proposed if right else ()


def _address(proposed: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[str, str], ...]:
    """All of it, word for word from the customer, in a country that exists; or nothing."""
    parts = dict(proposed)
    given = {field: " ".join(parts[field].split()) for field in FIELDS if parts.get(field, "").strip()}
    if not set(FIELDS[1:]) <= given.keys() or country_code(given["country"]) is None:
        return ()
    said = " ".join(text.split()).casefold()
    return tuple(given.items()) if all(_says(said, part) for part in given.values()) else ()


def _says(text: str, part: str) -> bool:
    pattern = rf"(?<!{_BOUND}){re.escape(part.casefold())}(?!{_BOUND})"
    return len(part) <= LONGEST and re.search(pattern, text) is not None


def _choice(proposed: int | None, asked: Asked) -> int | None:
    """Only where our own reading left it open: what it found, or found declined, stands."""
    offers = asked.pending.offers if asked.pending else ()
    return proposed if proposed and 1 <= proposed <= len(offers) and _choice_open(asked) else None


def _choice_open(asked: Asked) -> bool:
    if asked.pending is None:
        return False
    return isinstance(chosen(asked.turn.text, asked.pending.offers, asked.triage.language), Unclear)


def _address_open(asked: Asked) -> bool:
    """Something like an address was written, and not in a form that is read without guessing."""
    text = asked.turn.text
    return asked.triage.wants(Intent.CHANGE_ADDRESS) and any(char.isdigit() for char in text) and parse(text) is None


def _order_open(asked: Asked) -> bool:
    """Several orders, and none named."""
    several = len(asked.orders) > 1 and not asked.triage.values(EntityKind.ORDER)
    return several and asked.triage.wants(*NEEDS_ORDER)


def _pieces_open(asked: Asked) -> bool:
    """One of several goods may be meant, or another one instead."""
    if not asked.orders or not asked.triage.wants(*ABOUT_PIECES):
        return False
    order = asked.orders[0]
    several = len(order.lines) > 1 and not pieces_meant(asked.turn.text, order)
    return several if asked.triage.wants(*ARRIVED_WRONG, Intent.RETURN_REQUEST, Intent.REFUND_REQUEST) else bool(order.lines)
