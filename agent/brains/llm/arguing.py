"""What a decision needs beside the wish, found by a model in the customer's words: a proposal, of which policy keeps what is true."""

from collections.abc import Iterable

from pydantic import BaseModel

from agent.brains.llm.models import Models
from agent.brains.llm.reading import LONGEST, told
from agent.brains.local.text import clean
from agent.domain.arguments import Arguments, Asked
from agent.domain.commerce import Order, Piece
from agent.domain.decision import Offer
from agent.domain.model_call import Size

#: Orders, lines of one, and articles of the catalogue that a model is shown.
ORDERS, LINES, PRODUCTS = 5, 20, 12


class Goods(BaseModel):
    """So many of one article."""

    sku: str
    quantity: int


class Place(BaseModel):
    """An address, each part as the customer wrote it, or empty."""

    name: str
    street: str
    postcode: str
    city: str
    country: str


class Found(BaseModel):
    """What the message says beside the wish."""

    order: str | None
    pieces: list[Goods]
    others: list[Goods]
    address: Place | None
    choice: int | None


async def propose(models: Models, asked: Asked, *, size: Size = "small") -> Arguments:
    """Raises ModelFailed."""
    shown = {
        "orders": "\n".join(_order(order) for order in asked.orders[:ORDERS]),
        "catalogue": "\n".join(f"{product.sku}: {product.title}" for product in asked.products[:PRODUCTS]),
        "offers": "\n".join(_offers(asked.pending.offers if asked.pending else ())),
        "history": told(asked.turn.history),
        "message": clean(asked.turn.text)[:LONGEST],
    }
    found = (await models.ask("argue", Found, shown, size=size)).value
    return Arguments(
        order=(found.order or "").lstrip("#") or None,
        pieces=_pieces(found.pieces),
        others=_pieces(found.others),
        address=tuple(found.address.model_dump().items()) if found.address else (),
        choice=found.choice,
    )


def _pieces(goods: Iterable[Goods]) -> tuple[Piece, ...]:
    return tuple(Piece(each.sku, each.quantity) for each in goods)


def _order(order: Order) -> str:
    """No name, address or price: nothing of it is needed to tell which article is meant."""
    lines = [line for line in order.lines if line.quantity > line.returned]
    return f"order {order.number}: " + "; ".join(
        f"{line.quantity - line.returned} x {line.sku} {line.title} {' '.join(value for _, value in line.options)}".strip()
        for line in lines[:LINES]
    )


def _offers(offers: Iterable[Offer]) -> list[str]:
    return [_offer(number, offer) for number, offer in enumerate(offers, start=1)]


def _offer(number: int, offer: Offer) -> str:
    kind = offer.key.removeprefix("offer-")
    return f"{number}. {kind}: {', '.join(piece.sku for piece in offer.remedy.pieces) or 'the whole order'}"
