"""What a decision needs from the customer's words beside the wish. A brain proposes; `agent/policy/arguments.py` keeps what is true."""

from dataclasses import dataclass

from agent.domain.commerce import Order, Piece, Product
from agent.domain.message import Turn
from agent.domain.pending import Pending
from agent.domain.triage import Triage


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Only what the customer said: `order` and `pieces` are of their own orders, every field of `address` stands in their message.

    `choice` is the number of the offer taken, from 1. All empty when the words leave it open.
    """

    order: str | None = None
    pieces: tuple[Piece, ...] = ()
    others: tuple[Piece, ...] = ()  # what should come instead, in the order of `pieces`
    address: tuple[tuple[str, str], ...] = ()  # name street postcode city country
    choice: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a brain is shown to find them."""

    turn: Turn
    triage: Triage
    orders: tuple[Order, ...]  # proven ones alone
    pending: Pending | None = None
    products: tuple[Product, ...] = ()  # of the catalogue, that the customer named
