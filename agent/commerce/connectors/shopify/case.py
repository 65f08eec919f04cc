"""One effect on one order: what the remedies on Shopify work with."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from agent.commerce.connectors.shopify.admin import Admin
from agent.commerce.connectors.shopify.fields import Node, text
from agent.commerce.connectors.shopify.shop import Shop
from agent.domain.commerce import Order, Piece
from agent.domain.effect import EffectResult, PlannedEffect

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    admin: Admin
    shop: Shop
    secret: str
    now: Callable[[], datetime]
    effect: PlannedEffect
    raw: Node  # the order as Shopify sent it
    order: Order
    claim: Node  # what our mark on the order holds; {} when there is none

    @property
    def id(self) -> str:
        return text(self.raw, "id")

    @property
    def note(self) -> str:
        """What is written beside a change, so that it is found again."""
        return f"Portside {_word(self.effect.key)}"

    def wrote(self, note: str) -> bool:
        return _word(self.effect.key) in note.split()

    def code(self, prefix: str, length: int) -> str:
        """The same for the same key, and unguessable without the secret: keys are no secret."""
        digest = hmac.new(self.secret.encode(), self.effect.key.encode(), hashlib.sha256).digest()
        return prefix + "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:length])


class Remedy(Protocol):
    """Carried out in three steps, so that a second call with the same key finds the first one's mark and stops."""

    async def prepare(self, case: Case) -> Node | EffectResult:
        """What is to be done, from reads alone or from what harms nobody; or why not. It is kept with the mark."""
        ...

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """The one change. Raises Refusal, SourceDown, SourceRefused, Unanswered."""
        ...

    async def drop(self, case: Case, plan: Node) -> None:
        """Clear away what `prepare` made, when it is certain that `act` never happened with it."""
        ...

    async def found(self, case: Case) -> EffectResult | None:
        """What the shop itself shows of it, by our key; None when there is nothing. Changes nothing."""
        ...


class Plain:
    """Of a remedy whose `prepare` only reads."""

    async def drop(self, case: Case, plan: Node) -> None:
        return None


def _word(key: str) -> str:
    return "".join(key.split())[:200]


def pieces(payload: dict[str, Any], name: str) -> list[Piece] | None:
    """None when they are not written as agreed; [] when there are none."""
    wish: Any = payload.get(name) or []
    if not isinstance(wish, list):
        return None
    read = list[Piece]()
    for entry in cast(list[Any], wish):
        match entry:
            case {"sku": str(sku), "quantity": int(quantity)} if sku and quantity > 0 and not isinstance(quantity, bool):
                read.append(Piece(sku, quantity))
            case _:
                return None
    return read
