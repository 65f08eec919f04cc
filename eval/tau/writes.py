"""A gold call of the benchmark as our remedy, and what the judge needs to know about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from agent.domain.authority import Proof
from agent.domain.commerce import Order, Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.policy.request import Request
from eval.tau import canonical
from eval.tau.database import Database, digits, made, raw_number


@dataclass(frozen=True, slots=True)
class Call:
    """One of the benchmark's tools with its arguments."""

    name: str
    args: Mapping[str, Any]


#: Calls that change the store; the others look something up, or call a person.
KINDS: Final[Mapping[str, tuple[RemedyKind, Intent]]] = {
    "cancel_pending_order": (RemedyKind.CANCEL, Intent.CANCEL_ORDER),
    "modify_pending_order_address": (RemedyKind.CHANGE_ADDRESS, Intent.CHANGE_ADDRESS),
    "modify_user_address": (RemedyKind.CHANGE_ADDRESS, Intent.ACCOUNT),
    "modify_pending_order_payment": (RemedyKind.CHANGE_PAYMENT, Intent.PAYMENT),
    "modify_pending_order_items": (RemedyKind.CHANGE_ITEMS, Intent.CHANGE_ITEMS),
    "return_delivered_order_items": (RemedyKind.RETURN, Intent.RETURN_REQUEST),
    "exchange_delivered_order_items": (RemedyKind.EXCHANGE, Intent.EXCHANGE),
}
#: Their argument -> our detail. An address keeps both its lines.
_DETAILS: Final = {
    "reason": "reason",
    "payment_method_id": "payment",
    "address1": "street",
    "address2": "street2",
    "city": "city",
    "zip": "postcode",
    "state": "region",
    "country": "country",
}


def remedy(call: Call) -> Remedy | None:
    """None for a call that changes nothing in the store."""
    if call.name not in KINDS:
        return None
    kind, intent = KINDS[call.name]
    return Remedy(
        kind=kind,
        intent=intent,
        order=digits(str(call.args.get("order_id", ""))),
        pieces=tuple(Piece(item) for item in call.args.get("item_ids", ())),
        others=tuple(Piece(item) for item in call.args.get("new_item_ids", ())),
        detail=tuple((ours, str(call.args[theirs])) for theirs, ours in _DETAILS.items() if theirs in call.args),
    )


def request(database: Database, wanted: Remedy, user: str, now: datetime) -> Request | None:
    """`user` is who writes, well known to the shop; None when there is no such order."""
    key = raw_number(wanted.order or "")
    raw = database.orders.get(key)
    owner = raw["user_id"] if raw else user
    if (key and raw is None) or owner not in database.users:
        return None
    account = database.users[owner]
    given = ("orders.json", key, canonical.order, raw) if raw else ("users.json", user, canonical.profile, user)
    order: Order = made(*given, account, now)
    skus = {piece.sku for piece in (*wanted.pieces, *wanted.others)} & database.variants.keys()
    return Request(
        remedy=wanted,
        order=order,
        now=now,
        proof=Proof.STRONG,
        products={sku: canonical.item(*database.variants[sku]) for sku in skus},
        payments=canonical.methods_of(account),
        earlier=canonical.earlier(raw) if raw else (),
        owner=owner == user,
    )
