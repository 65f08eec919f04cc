"""What is always handed over, to whom, and why. A table of rules; the first column is the reason shown."""

from collections.abc import Callable

from agent.domain.commerce import Tier
from agent.domain.context import Context
from agent.domain.decision import Desk, Reason
from agent.domain.intents import ARRIVED_WRONG, COURTESY, Intent
from agent.domain.languages import is_supported
from agent.domain.message import Turn
from agent.domain.triage import Flag, Sentiment, Triage
from agent.policy.limits import LIMITS

#: Below this the classifier's word alone does not call the crisis team or the lawyers.
HEARD = 0.25
#: From here a reading of "off topic" or small talk is believed although somebody tries to manipulate the agent.
HARMLESS = 0.6

#: What the text alone calls for, and what only shows beside order and history.
TextRule = Callable[[Triage], bool]
Rule = Callable[[Turn, Triage, Context], bool]


def _flag_or_intent(flag: Flag, intent: Intent) -> TextRule:
    return lambda triage: flag in triage.flags or any(found.intent is intent and found.score >= HEARD for found in triage.intents)


def _strong_anger(triage: Triage) -> bool:
    return bool(triage.flags & {Flag.ANGER, Flag.ABUSE}) and triage.sentiment is Sentiment.NEGATIVE


def _injection_for_gain(triage: Triage) -> bool:
    harmless = COURTESY | {Intent.OUT_OF_SCOPE}
    sure = triage.main.score >= HARMLESS and all(found.intent in harmless for found in triage.intents)
    return Flag.INJECTION in triage.flags and not sure


def _foreign(triage: Triage) -> bool:
    return not (is_supported(triage.language) or triage.bridged)


#: What a VIP does not bring up when all is well.
SOMETHING_WRONG = ARRIVED_WRONG | {Intent.COMPLAINT, Intent.NOT_RECEIVED, Intent.PARCEL_LOST, Intent.REFUND_REQUEST}


def is_vip(context: Context) -> bool:
    return any(order.customer.tier is Tier.BEACON for order in context.customer.orders)


def _vip_complains(turn: Turn, triage: Triage, context: Context) -> bool:
    return is_vip(context) and (triage.sentiment is Sentiment.NEGATIVE or triage.wants(*SOMETHING_WRONG))


def _failed(turn: Turn, triage: Triage, context: Context) -> bool:
    return turn.failed >= LIMITS.failed_turns or turn.mismatches >= LIMITS.mismatches


TEXT_RULES: dict[Reason, TextRule] = {
    Reason.SAFETY: _flag_or_intent(Flag.SAFETY, Intent.SAFETY),
    Reason.PRESS: _flag_or_intent(Flag.PRESS, Intent.PRESS),
    Reason.LEGAL: _flag_or_intent(Flag.LEGAL, Intent.LEGAL_THREAT),
    Reason.PRIVACY: _flag_or_intent(Flag.PRIVACY, Intent.PRIVACY),
    Reason.INJECTION: _injection_for_gain,
    Reason.HUMAN_WANTED: _flag_or_intent(Flag.HUMAN_REQUEST, Intent.HUMAN),
    Reason.ANGER: _strong_anger,
    Reason.UNSUPPORTED_LANGUAGE: _foreign,
}


def _by_text(reason: Reason) -> Rule:
    return lambda turn, triage, context: TEXT_RULES[reason](triage)


RULES: tuple[tuple[Reason, Desk, Rule], ...] = (
    (Reason.SAFETY, Desk.CRISIS, _by_text(Reason.SAFETY)),
    (Reason.PRESS, Desk.CRISIS, _by_text(Reason.PRESS)),
    (Reason.LEGAL, Desk.CRISIS, _by_text(Reason.LEGAL)),
    (Reason.PRIVACY, Desk.OPERATOR, _by_text(Reason.PRIVACY)),
    (Reason.INJECTION, Desk.OPERATOR, _by_text(Reason.INJECTION)),
    (Reason.HUMAN_WANTED, Desk.OPERATOR, _by_text(Reason.HUMAN_WANTED)),
    (Reason.VIP_COMPLAINT, Desk.OPERATOR, _vip_complains),
    (Reason.ANGER, Desk.OPERATOR, _by_text(Reason.ANGER)),
    (Reason.FAILED_TURNS, Desk.OPERATOR, _failed),
    (Reason.UNSUPPORTED_LANGUAGE, Desk.OPERATOR, _by_text(Reason.UNSUPPORTED_LANGUAGE)),
)


def must_hand_over(turn: Turn, triage: Triage, context: Context) -> list[tuple[Reason, Desk]]:
    """Every rule that applies, gravest first; empty when none does."""
    return [(reason, desk) for reason, desk, applies in RULES if applies(turn, triage, context)]


def must_hand_over_text(triage: Triage) -> bool:
    """Whether the text alone, without order or history, must reach a person."""
    return any(applies(triage) for applies in TEXT_RULES.values())
