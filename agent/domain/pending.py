"""What a customer may choose from, and the code that shows who writes; as they are remembered between two turns."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from agent.domain.authority import Role
from agent.domain.commerce import Piece
from agent.domain.decision import Offer, Reason, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money

#: Facts are read afresh when a customer chooses, but nobody's word stands for ever.
OFFERED_FOR = timedelta(days=7)


class CodeCheck(StrEnum):
    """What became of the code that was mailed to prove who writes."""

    NONE = "none"  # none is awaited, or the customer wrote of something else
    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # too old, or tried too often


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """`by` stands for it with their `role`: the agent, or the operator who offered it. `chosen` waits for a proof."""

    offers: tuple[Offer, ...]
    role: Role = Role.BOT
    by: str = "bot"
    chosen: Offer | None = None
    turns: int = 4  # turns that it is remembered for
    until: datetime | None = None  # and no longer than this


def pending_json(pending: Pending) -> dict[str, Any]:
    keys = [offer.key for offer in pending.offers]
    chosen = keys.index(pending.chosen.key) if pending.chosen and pending.chosen.key in keys else None
    return {
        "offers": [offer_json(offer) for offer in pending.offers],
        "role": pending.role.value,
        "by": pending.by,
        "chosen": chosen,
        "turns": pending.turns,
        "until": pending.until.isoformat() if pending.until else None,
    }


def read_pending(row: dict[str, Any] | None) -> Pending | None:
    if not row:
        return None
    offers = tuple(read_offer(offer) for offer in row["offers"])
    chosen = None if row.get("chosen") is None else offers[row["chosen"]]
    until = datetime.fromisoformat(row["until"]) if row.get("until") else None
    return Pending(offers=offers, role=Role(row["role"]), by=row["by"], chosen=chosen, turns=row["turns"], until=until)


def offer_json(offer: Offer) -> dict[str, Any]:
    return {
        "key": offer.key,
        "remedy": remedy_json(offer.remedy),
        "days": list(offer.days) if offer.days else None,
        "cost": _money_json(offer.cost),
        "grams": offer.grams,
        "role": offer.role.value,
    }


def read_offer(row: dict[str, Any]) -> Offer:
    return Offer(
        remedy=read_remedy(row["remedy"]),
        key=row["key"],
        days=(row["days"][0], row["days"][1]) if row["days"] else None,
        cost=_read_money(row["cost"]),
        grams=row["grams"],
        role=Role(row["role"]),
    )


def remedy_json(remedy: Remedy) -> dict[str, Any]:
    return {
        "kind": remedy.kind.value,
        "intent": remedy.intent.value,
        "order": remedy.order,
        "amount": _money_json(remedy.amount),
        "pieces": [[piece.sku, piece.quantity] for piece in remedy.pieces],
        "others": [[piece.sku, piece.quantity] for piece in remedy.others],
        "detail": [list(pair) for pair in remedy.detail],
        "blocked": remedy.blocked.value if remedy.blocked else None,
        "rule": remedy.rule,
    }


def read_remedy(row: dict[str, Any]) -> Remedy:
    """Fields that older rows lack have their defaults."""
    return Remedy(
        kind=RemedyKind(row["kind"]),
        intent=Intent(row["intent"]),
        order=row["order"],
        amount=_read_money(row.get("amount")),
        pieces=_read_pieces(row.get("pieces", ())),
        others=_read_pieces(row.get("others", ())),
        detail=tuple((name, value) for name, value in row["detail"]),
        blocked=Reason(row["blocked"]) if row.get("blocked") else None,
        rule=row.get("rule", ""),
    )


def _read_pieces(rows: Any) -> tuple[Piece, ...]:
    """Pairs, or the objects that a dataclass becomes."""
    return tuple(Piece(row["sku"], row["quantity"]) if isinstance(row, dict) else Piece(row[0], row[1]) for row in rows)


def _money_json(money: Money | None) -> dict[str, Any] | None:
    return {"minor": money.minor, "currency": money.currency} if money else None


def _read_money(row: dict[str, Any] | None) -> Money | None:
    return Money(row["minor"], row["currency"]) if row else None
