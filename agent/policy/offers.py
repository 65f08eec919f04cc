"""At most three ways to put an order right, best first: what policy allows, ranked by what helps the customer most. Pure."""

from dataclasses import replace

from agent.domain.authority import Role
from agent.domain.commerce import OrderState, Tier
from agent.domain.decision import Offer, Reason, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy import candidates as way
from agent.policy.candidates import Candidate, Situation, Ways
from agent.policy.days import ON_THE_WAY

__all__ = ["MOST", "Situation", "name", "offers"]

MOST = 3
#: What a wish asks for when its words do not say more.
ASKED = {
    Intent.EXCHANGE: RemedyKind.EXCHANGE,
    Intent.REFUND_REQUEST: RemedyKind.REFUND,
    Intent.RETURN_REQUEST: RemedyKind.RETURN,
    Intent.WITHDRAWAL: RemedyKind.RETURN,
    Intent.CANCEL_ORDER: RemedyKind.CANCEL,
}
NEW = {RemedyKind.RESHIP, RemedyKind.EXCHANGE}
BACK = {RemedyKind.REFUND, RemedyKind.RETURN, RemedyKind.CANCEL}
ARRIVED = {OrderState.DELIVERED, OrderState.PART_RETURNED}
LOYAL = {Tier.TIDE, Tier.BEACON}
#: Euro cents that make no difference between two ways.
STEP = 500

#: Each of its parts holds ways that stand for each other: the first that policy allows is offered.
Slots = tuple[Ways, ...]


def offers(s: Situation) -> tuple[Offer, ...]:
    if s.order.stale or s.order.state in {OrderState.UNKNOWN, OrderState.UNPAID, OrderState.CANCELLED, OrderState.REFUNDED}:
        return ()
    allowed = [found for slot in _slots(s) if (found := _first(s, slot))]
    return tuple(item.offer for item in _best(sorted(allowed, key=lambda item: _rank(s, item))))


def name(offer: Offer) -> str:
    """What it is called: the end of its label's key, and of its entry in the table of words."""
    return offer.key.removeprefix("offer-").removesuffix("-fee").removesuffix("-free")


def _best(ranked: list[Candidate]) -> list[Candidate]:
    """Three, and all of the money back among them where policy allows it: nobody is led past it."""
    best = ranked[:MOST]
    whole = [item for item in ranked if item.offer.remedy.kind in BACK and item.offer.key != "offer-part-refund"]
    return best if not whole or any(item in best for item in whole) else [*best[: MOST - 1], whole[0]]


def _rank(s: Situation, item: Candidate) -> tuple[int, ...]:
    """The smaller, the better: what was asked, stock near them, days, cost, loyalty, batch."""
    kind = item.offer.remedy.kind
    loyal = (s.tier or s.order.customer.tier) in LOYAL
    return (_asked(s, item), item.near, item.solved, item.cost // STEP, int(loyal and kind in BACK), int(s.batch_bad and kind in NEW))


def _asked(s: Situation, item: Candidate) -> int:
    """Part of the money is nothing that anybody asks for."""
    wanted, kind = s.asked or ASKED.get(s.intent), item.offer.remedy.kind
    if wanted is None or item.offer.key == "offer-part-refund":
        return 2
    if kind is wanted:
        return 0
    return 1 if any({kind, wanted} <= family for family in (NEW, BACK)) else 2


def _first(s: Situation, slot: Ways) -> Candidate | None:
    """The first way of the slot that is not refused; the one that was asked for is tried before the others."""
    for item in sorted(slot, key=lambda item: item.offer.remedy.kind is not s.asked):
        if (ruled := _ruled(s, item)) is not None:
            return ruled
    return None


def _ruled(s: Situation, item: Candidate) -> Candidate | None:
    """With what the judge says of it: the rule, who must grant it, and a fee."""
    offer, verdict = item.offer, s.judge(item.offer.remedy)
    if verdict.ruling == "refuse" or (offer.remedy.kind in BACK and offer.remedy.amount and offer.remedy.amount.minor <= 0):
        return None
    role = verdict.needs
    if verdict.ruling == "person" and verdict.reason is not Reason.NEEDS_PROOF:
        role = max(role, Role.OPERATOR, key=lambda each: each.rank)
    offer = replace(offer, role=role, remedy=replace(offer.remedy, rule=verdict.rule))
    return replace(item, offer=_with_fee(offer, verdict.fee) if verdict.fee and verdict.fee.minor > 0 else offer)


def _with_fee(offer: Offer, fee: Money) -> Offer:
    amount = offer.remedy.amount
    if offer.key != "offer-return" or amount is None or amount.currency != fee.currency:
        return replace(offer, cost=fee)
    left = replace(offer.remedy, amount=Money(max(amount.minor - fee.minor, 0), amount.currency))
    return replace(offer, key="offer-return-fee", cost=fee, remedy=left)


def _slots(s: Situation) -> Slots:
    state = s.order.state
    if state in way.NOT_PACKED:
        return _not_packed(s)
    if state is OrderState.PACKED:
        return ()
    if state is OrderState.LOST:
        return (way.reship(s), way.refund(s), way.claim(s))
    if state in ON_THE_WAY:
        return _late(s)
    return _arrived(s) if state in ARRIVED else ()


def _not_packed(s: Situation) -> Slots:
    if s.intent in {Intent.WITHDRAWAL, Intent.CANCEL_ORDER}:
        return (way.cancel(s),)
    return (way.faster(s), way.greener(s), way.cancel(s))


def _late(s: Situation) -> Slots:
    if s.intent in {Intent.WITHDRAWAL, Intent.CANCEL_ORDER}:
        return (way.refund(s),)
    if s.intent is Intent.PARCEL_LOST:
        return (way.reship(s), way.refund(s), way.claim(s))
    if s.days_late <= 0 and s.order.state is not OrderState.CUSTOMS_HOLD:
        return ()
    return (way.wait(s), way.reship(s, "offer-local"), way.refund(s))


def _arrived(s: Situation) -> Slots:
    match s.intent:
        case Intent.NOT_RECEIVED | Intent.PARCEL_LOST:
            return (way.reship(s), way.refund(s), way.claim(s))
        case Intent.MISSING_ITEM:
            return (way.reship(s), way.refund(s))
        case Intent.DAMAGED | Intent.DEFECTIVE | Intent.WRONG_ITEM | Intent.WARRANTY:
            return _wrong(s)
        case Intent.WITHDRAWAL:
            return (way.send_back(s),)
        case Intent.EXCHANGE | Intent.RETURN_REQUEST:
            return (way.exchange(s), way.send_back(s), way.coupon(s))
        case Intent.REFUND_REQUEST:
            return (way.send_back(s), way.exchange(s), way.part_refund(s))
        case _:
            return ()


def _wrong(s: Situation) -> Slots:
    """Cheap goods need not come back; for others the piece is asked for before a new one or the money leaves, where policy allows that."""
    cheap = way.landed.cents(s.worth) < s.terms.keep_below.minor
    new = (*way.reship(s), *way.exchange(s)) if cheap or s.intent is Intent.WRONG_ITEM else (*way.exchange(s), *way.reship(s))
    money = (*way.refund(s), *way.send_back(s)) if cheap else (*way.send_back(s), *way.refund(s))
    keep = () if s.intent is Intent.WRONG_ITEM else way.part_refund(s)
    return (new, money, keep, way.repair(s) if s.intent is not Intent.WRONG_ITEM else ())
