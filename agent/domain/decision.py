"""What is to be done about a turn, and why."""

from dataclasses import dataclass, replace
from enum import StrEnum

from agent.domain.authority import Role
from agent.domain.commerce import Piece
from agent.domain.intents import Intent
from agent.domain.money import Money


class Outcome(StrEnum):
    RESOLVE = "resolve"
    ASK = "ask"
    HANDOFF = "handoff"


class Desk(StrEnum):
    """The four tiers of who handles a case."""

    AGENT = "agent"
    OPERATOR = "operator"
    SUPPLY_CHAIN = "supply_chain"
    CRISIS = "crisis"


class Reason(StrEnum):
    """Why: shown to operators, counted in the evaluation."""

    ANSWERED = "answered"
    REMEDIED = "remedied"
    NEEDS_ORDER = "needs_order"
    NEEDS_EMAIL = "needs_email"
    IDENTITY_MISMATCH = "identity_mismatch"
    NEEDS_DETAIL = "needs_detail"
    NEEDS_PHOTO = "needs_photo"
    NEEDS_BETTER_PHOTO = "needs_better_photo"  # the one that came cannot be read
    NEEDS_CHOICE = "needs_choice"  # several ways are open to the customer
    NEEDS_PROOF = "needs_proof"  # money moves only for who has shown to be the customer
    HUMAN_WANTED = "human_wanted"
    LEGAL = "legal"
    PRESS = "press"
    SAFETY = "safety"
    PRIVACY = "privacy"
    ANGER = "anger"
    ABUSE = "abuse"
    FAILED_TURNS = "failed_turns"
    VIP_COMPLAINT = "vip_complaint"
    COMPLAINT = "complaint"
    INJECTION = "injection"
    RIGHT_AT_STAKE = "right_at_stake"
    OVER_LIMIT = "over_limit"
    NOT_ALLOWED = "not_allowed"
    NEEDS_JUDGEMENT = "needs_judgement"
    UNSURE = "unsure"
    NOT_CERTIFIED = "not_certified"
    NOTHING_FOUND = "nothing_found"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    BAD_BATCH = "bad_batch"
    PHOTO_DISAGREES = "photo_disagrees"  # it shows nothing wrong, as far as can be told
    SOURCE_DOWN = "source_down"
    CHECK_FAILED = "check_failed"
    EFFECT_FAILED = "effect_failed"
    OPERATOR_OWNS = "operator_owns"
    NEEDS_APPROVAL = "needs_approval"  # a second person must agree
    UNKNOWN_STATE = "unknown_state"  # the shop says something about the order that we do not know
    BROKEN = "broken"


class RemedyKind(StrEnum):
    """What puts a case right; also the key of the certified thresholds."""

    ANSWER = "answer"
    ORDER_FACTS = "order_facts"
    CANCEL = "cancel"
    CHANGE_ADDRESS = "change_address"
    RETURN = "return"
    RESEND_TRACKING = "resend_tracking"
    COUPON = "coupon"
    REFUND = "refund"  # all of it, or `amount`
    EXCHANGE = "exchange"
    RESHIP = "reship"
    REPAIR = "repair"  # a visit, for what is too bulky to send
    CHANGE_ITEMS = "change_items"
    CHANGE_PAYMENT = "change_payment"
    CHANGE_SHIPPING = "change_shipping"  # faster, or greener
    CLAIM = "claim"  # with the carrier, for a lost parcel
    WAIT = "wait"  # the customer keeps waiting and is given something for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A way to serve one intent. `blocked` names the rule or limit that keeps the agent from doing it alone.

    `pieces` is what it is about (() = all of the order), `others` what comes instead, in the same order as `pieces`.
    `detail` by kind: change_address name street postcode city country; coupon and wait percent, or minor and currency; change_payment and
    refund payment (id); change_shipping service; repair day and part_of_day; reship and exchange warehouse; cancel and all others reason.
    """

    kind: RemedyKind
    intent: Intent
    order: str | None = None
    amount: Money | None = None
    pieces: tuple[Piece, ...] = ()
    others: tuple[Piece, ...] = ()
    detail: tuple[tuple[str, str], ...] = ()
    blocked: Reason | None = None
    rule: str = ""  # what allowed or stopped it: pack@version#rule:line


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way that the customer may choose. `key` is the phrase it is offered with; the rest is what that phrase must say."""

    remedy: Remedy
    key: str
    days: tuple[int, int] | None = None  # business days until it is solved
    cost: Money | None = None  # what the customer pays for it; None = nothing
    grams: int | None = None  # CO2, for shipping that is faster or greener
    role: Role = Role.BOT  # the lowest that may grant it


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    outcome: Outcome
    desk: Desk
    reasons: tuple[Reason, ...]
    remedies: tuple[Remedy, ...] = ()
    question: Reason | None = None  # which one precise question to ask
    confidence: float = 0.0
    unserved: tuple[Intent, ...] = ()
    offers: tuple[Offer, ...] = ()  # at most three, best first: the customer chooses
    told: bool = False  # the customer is asked to choose while a colleague is called, who confirms it
    chosen: Offer | None = None  # what the customer chose from them
    proof: str | None = None  # e-mail address that a code must be sent to before it may happen
    by: str = "bot"  # who stands for the remedies, with their `role`: the agent, or the operator who offered them
    role: Role = Role.BOT


def as_handoff(decision: Decision, reason: Reason = Reason.CHECK_FAILED) -> Decision:
    """A reply that failed its check is handed over whatever had been decided."""
    if decision.outcome is Outcome.HANDOFF:
        return decision
    return replace(decision, outcome=Outcome.HANDOFF, desk=Desk.OPERATOR, reasons=(reason, *decision.reasons))
