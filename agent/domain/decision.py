"""What is to be done about a turn, and why."""

from dataclasses import dataclass, replace
from enum import StrEnum

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
    SOURCE_DOWN = "source_down"
    CHECK_FAILED = "check_failed"
    EFFECT_FAILED = "effect_failed"
    OPERATOR_OWNS = "operator_owns"
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
    REFUND = "refund"
    EXCHANGE = "exchange"
    RESHIP = "reship"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A way to serve one intent. `blocked` names the rule or limit that keeps the agent from doing it alone."""

    kind: RemedyKind
    intent: Intent
    order: str | None = None
    amount: Money | None = None
    detail: tuple[tuple[str, str], ...] = ()
    blocked: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    outcome: Outcome
    desk: Desk
    reasons: tuple[Reason, ...]
    remedies: tuple[Remedy, ...] = ()
    question: Reason | None = None  # which one precise question to ask
    confidence: float = 0.0
    unserved: tuple[Intent, ...] = ()


def as_handoff(decision: Decision) -> Decision:
    """A reply that failed its check is handed over whatever had been decided."""
    if decision.outcome is Outcome.HANDOFF:
        return decision
    return replace(decision, outcome=Outcome.HANDOFF, desk=Desk.OPERATOR, reasons=(Reason.CHECK_FAILED, *decision.reasons))
