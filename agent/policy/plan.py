"""Remedies -> ledger rows. The idempotency key names the wish, so that the same wish is one row however often it is planned."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from agent.domain.commerce import Order, Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.effect import PlannedEffect
from agent.domain.money import Money
from agent.policy.address import country_code
from agent.policy.worth import share

#: Remedies that change something in the shop.
EFFECTIVE = frozenset(RemedyKind) - {RemedyKind.ANSWER, RemedyKind.ORDER_FACTS}
#: What the agent does on its own reading of a message, with a certified threshold each; all else happens by an explicit choice.
ALONE = frozenset({RemedyKind.CANCEL, RemedyKind.CHANGE_ADDRESS, RemedyKind.RETURN, RemedyKind.RESEND_TRACKING, RemedyKind.COUPON})
#: Money or goods leave the shop: the writer must have shown to be the customer, and the order's account is asked.
COSTLY = frozenset({RemedyKind.REFUND, RemedyKind.RESHIP, RemedyKind.EXCHANGE, RemedyKind.CHANGE_PAYMENT})
#: One a shop order, whoever asks in whichever chat: a new conversation earns no new code.
ONCE_AN_ORDER = frozenset({RemedyKind.COUPON, RemedyKind.WAIT, RemedyKind.CANCEL, RemedyKind.CLAIM})
#: Kinds that give the same thing: one key for both.
_SAME = {RemedyKind.WAIT: RemedyKind.COUPON}


def can_be_ordered(remedy: Remedy) -> bool:
    """Whether an operator may order it with a reply; a new address needs the address."""
    return remedy.kind in EFFECTIVE and remedy.order is not None and (remedy.kind is not RemedyKind.CHANGE_ADDRESS or bool(remedy.detail))


def effects(turn: str, remedies: tuple[Remedy, ...], orders: Iterable[Order] = ()) -> tuple[PlannedEffect, ...]:
    """`turn` is the turn's id: run again, it plans the same rows. `orders` say what was paid."""
    known = {order.number: order for order in orders}
    return tuple(on_order(turn, remedy, known.get(remedy.order or "")) for remedy in remedies if remedy.kind in EFFECTIVE and remedy.order)


def on_order(turn: str, remedy: Remedy, order: Order | None) -> PlannedEffect:
    """`order` says what was paid. An exchange names no amount, and is worth what was paid for the pieces that it replaces."""
    if order is None:
        return effect(turn, remedy)
    planned = replace(effect(turn, remedy, order.paid), bought=tuple((line.sku, line.quantity) for line in order.lines))
    return replace(planned, amount=share(order, remedy.pieces)) if remedy.kind is RemedyKind.EXCHANGE else planned


def effect(turn: str, remedy: Remedy, paid: Money | None = None) -> PlannedEffect:
    amount = remedy.amount if remedy.kind in COSTLY else None
    return PlannedEffect(
        key=key(turn, remedy), kind=remedy.kind.value, order=remedy.order or "", payload=payload(remedy), amount=amount, paid=paid
    )


def key(turn: str, remedy: Remedy) -> str:
    scope = "shop" if remedy.kind in ONCE_AN_ORDER else turn
    kind = _SAME.get(remedy.kind, remedy.kind)
    what = f"|{json.dumps([_lines(remedy.pieces), _lines(remedy.others)])}" if remedy.pieces else ""
    digest = hashlib.sha256(f"{scope}|{kind}|{remedy.order}{what}".encode()).hexdigest()[:20]
    return f"{kind.value}-{remedy.order}-{digest}"


def payload(remedy: Remedy) -> dict[str, Any]:
    """What the shop is told: plain JSON."""
    detail: dict[str, Any] = dict(remedy.detail)
    if remedy.kind is RemedyKind.CHANGE_ADDRESS:
        # By its code: the shop refuses an address in another country than the order's.
        return {"address": detail | ({"country": country_code(detail["country"]) or ""} if "country" in detail else {})}
    numbers = {name: int(detail.pop(name)) for name in ("percent", "minor") if name in detail}
    money = {"minor": remedy.amount.minor, "currency": remedy.amount.currency} if remedy.amount else {}
    goods = {name: _lines(pieces) for name, pieces in (("lines", remedy.pieces), ("others", remedy.others)) if pieces}
    return {**detail, **numbers, **money, **goods, "reason": detail.get("reason", remedy.intent.value)}


def _lines(pieces: tuple[Piece, ...]) -> list[dict[str, Any]]:
    return [{"sku": piece.sku, "quantity": piece.quantity} for piece in pieces]
