"""What is always handed over, to whom, and why. A table of rules; the first column is the reason shown."""

from collections.abc import Callable

from agent.domain.commerce import Context, Tier
from agent.domain.decision import Desk, Reason
from agent.domain.intents import COURTESY, Intent
from agent.domain.languages import is_supported
from agent.domain.message import Turn
from agent.domain.triage import Flag, Sentiment, Triage
from agent.policy.limits import LIMITS

#: Below this the classifier's word alone does not call the crisis team or the lawyers.
HEARD = 0.35

Rule = Callable[[Turn, Triage, Context], bool]


def _flag_or_intent(flag: Flag, intent: Intent) -> Rule:
    return lambda turn, triage, context: (
        flag in triage.flags or any(found.intent is intent and found.score >= HEARD for found in triage.intents)
    )


def _strong_anger(turn: Turn, triage: Triage, context: Context) -> bool:
    return bool(triage.flags & {Flag.ANGER, Flag.ABUSE}) and triage.sentiment is Sentiment.NEGATIVE


def _vip_complains(turn: Turn, triage: Triage, context: Context) -> bool:
    vip = any(order.customer.tier is Tier.BEACON for order in context.customer.orders)
    return vip and (triage.sentiment is Sentiment.NEGATIVE or triage.wants(Intent.COMPLAINT))


def _injection_for_gain(turn: Turn, triage: Triage, context: Context) -> bool:
    harmless = COURTESY | {Intent.OUT_OF_SCOPE}
    return Flag.INJECTION in triage.flags and any(found.intent not in harmless for found in triage.intents)


def _failed(turn: Turn, triage: Triage, context: Context) -> bool:
    return turn.failed >= LIMITS.failed_turns or turn.mismatches >= LIMITS.mismatches


def _foreign(turn: Turn, triage: Triage, context: Context) -> bool:
    return not is_supported(triage.language)


RULES: tuple[tuple[Reason, Desk, Rule], ...] = (
    (Reason.SAFETY, Desk.CRISIS, _flag_or_intent(Flag.SAFETY, Intent.SAFETY)),
    (Reason.PRESS, Desk.CRISIS, _flag_or_intent(Flag.PRESS, Intent.PRESS)),
    (Reason.LEGAL, Desk.CRISIS, _flag_or_intent(Flag.LEGAL, Intent.LEGAL_THREAT)),
    (Reason.PRIVACY, Desk.OPERATOR, _flag_or_intent(Flag.PRIVACY, Intent.PRIVACY)),
    (Reason.INJECTION, Desk.OPERATOR, _injection_for_gain),
    (Reason.HUMAN_WANTED, Desk.OPERATOR, _flag_or_intent(Flag.HUMAN_REQUEST, Intent.HUMAN)),
    (Reason.VIP_COMPLAINT, Desk.OPERATOR, _vip_complains),
    (Reason.ANGER, Desk.OPERATOR, _strong_anger),
    (Reason.FAILED_TURNS, Desk.OPERATOR, _failed),
    (Reason.UNSUPPORTED_LANGUAGE, Desk.OPERATOR, _foreign),
)


def must_hand_over(turn: Turn, triage: Triage, context: Context) -> list[tuple[Reason, Desk]]:
    """Every rule that applies, gravest first; empty when none does."""
    return [(reason, desk) for reason, desk, applies in RULES if applies(turn, triage, context)]


def must_hand_over_text(triage: Triage) -> bool:
    """Whether the text alone, without order or history, must reach a person."""
    grave = {Flag.HUMAN_REQUEST, Flag.LEGAL, Flag.SAFETY, Flag.PRESS, Flag.PRIVACY}
    heard = {Intent.HUMAN, Intent.LEGAL_THREAT, Intent.SAFETY, Intent.PRESS, Intent.PRIVACY}
    angry = bool(triage.flags & {Flag.ANGER, Flag.ABUSE}) and triage.sentiment is Sentiment.NEGATIVE
    injected = Flag.INJECTION in triage.flags and any(found.intent not in COURTESY | {Intent.OUT_OF_SCOPE} for found in triage.intents)
    wants = any(found.intent in heard and found.score >= HEARD for found in triage.intents)
    return bool(triage.flags & grave) or wants or angry or injected or not is_supported(triage.language)
