"""Remedies -> ledger rows. The idempotency key names the wish, so that the same wish is one row however often it is planned."""

import hashlib
from typing import Any

from agent.domain.decision import Remedy, RemedyKind
from agent.domain.effect import PlannedEffect
from agent.policy.address import country_code

#: Remedies that change something in the shop.
EFFECTIVE = {
    RemedyKind.CANCEL,
    RemedyKind.CHANGE_ADDRESS,
    RemedyKind.RETURN,
    RemedyKind.RESEND_TRACKING,
    RemedyKind.COUPON,
}


#: One a shop order, whoever asks in whichever chat: a new conversation earns no new code.
ONCE_AN_ORDER = {RemedyKind.COUPON, RemedyKind.CANCEL}


def can_be_ordered(remedy: Remedy) -> bool:
    """Whether an operator may order it with a reply; a new address needs the address."""
    return remedy.kind in EFFECTIVE and remedy.order is not None and (remedy.kind is not RemedyKind.CHANGE_ADDRESS or bool(remedy.detail))


def effects(turn: str, remedies: tuple[Remedy, ...]) -> tuple[PlannedEffect, ...]:
    """`turn` is the turn's id: run again, it plans the same rows."""
    return tuple(effect(turn, remedy) for remedy in remedies if remedy.kind in EFFECTIVE and remedy.order)


def effect(turn: str, remedy: Remedy) -> PlannedEffect:
    return PlannedEffect(key=key(turn, remedy), kind=remedy.kind.value, order=remedy.order or "", payload=_payload(remedy))


def key(turn: str, remedy: Remedy) -> str:
    scope = "shop" if remedy.kind in ONCE_AN_ORDER else turn
    digest = hashlib.sha256(f"{scope}|{remedy.kind}|{remedy.order}".encode()).hexdigest()[:20]
    return f"{remedy.kind.value}-{remedy.order}-{digest}"


def _payload(remedy: Remedy) -> dict[str, Any]:
    detail = dict(remedy.detail)
    if remedy.kind is RemedyKind.CHANGE_ADDRESS:
        # By its code: the shop refuses an address in another country than the order's.
        return {"address": detail | ({"country": country_code(detail["country"]) or ""} if "country" in detail else {})}
    percent = {"percent": int(detail["percent"])} if "percent" in detail else {}
    return {**percent, "reason": remedy.intent.value}
