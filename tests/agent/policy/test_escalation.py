"""Each rule of escalation alone, and that nothing else escalates."""

from dataclasses import replace

import pytest

from agent.domain.commerce import Tier
from agent.domain.decision import Desk, Reason
from agent.domain.intents import Intent
from agent.domain.triage import Flag, Sentiment
from agent.policy.escalation import HEARD, RULES, must_hand_over, must_hand_over_text

STATUS = (Intent.ORDER_STATUS, 0.9)
NEGATIVE = {"sentiment": Sentiment.NEGATIVE}


def flags(*raised: Flag, **more):
    return {"flags": frozenset(raised), **more}


ALONE = [
    (Reason.SAFETY, [STATUS], flags(Flag.SAFETY)),
    (Reason.SAFETY, [STATUS, (Intent.SAFETY, HEARD)], {}),
    (Reason.PRESS, [STATUS], flags(Flag.PRESS)),
    (Reason.PRESS, [(Intent.PRESS, 0.5)], {}),
    (Reason.LEGAL, [STATUS], flags(Flag.LEGAL)),
    (Reason.LEGAL, [(Intent.LEGAL_THREAT, 0.5)], {}),
    (Reason.PRIVACY, [STATUS], flags(Flag.PRIVACY)),
    (Reason.PRIVACY, [(Intent.PRIVACY, 0.5)], {}),
    (Reason.INJECTION, [STATUS], flags(Flag.INJECTION)),
    (Reason.HUMAN_WANTED, [STATUS], flags(Flag.HUMAN_REQUEST)),
    (Reason.HUMAN_WANTED, [(Intent.HUMAN, 0.5)], {}),
    (Reason.ANGER, [STATUS], flags(Flag.ANGER, **NEGATIVE)),
    (Reason.ANGER, [STATUS], flags(Flag.ABUSE, **NEGATIVE)),
    (Reason.UNSUPPORTED_LANGUAGE, [STATUS], {"language": "fi"}),
]
QUIET = [
    ([STATUS], {}),
    ([STATUS], NEGATIVE),
    ([STATUS], flags(Flag.ANGER)),
    ([STATUS], flags(Flag.TRACKING, Flag.VAGUE)),
    ([STATUS, (Intent.SAFETY, HEARD - 0.01)], {}),
    ([(Intent.GREETING, 0.9)], flags(Flag.INJECTION)),
    ([(Intent.OUT_OF_SCOPE, 0.9)], flags(Flag.INJECTION)),
]
DESKS = {Reason.SAFETY: Desk.CRISIS, Reason.PRESS: Desk.CRISIS, Reason.LEGAL: Desk.CRISIS}


@pytest.mark.parametrize(("reason", "wishes", "changes"), ALONE)
def test_a_rule_alone(make, reason: Reason, wishes, changes) -> None:
    triage = make.triage(*wishes, **changes)
    assert must_hand_over(make.turn("x"), triage, make.context()) == [(reason, DESKS.get(reason, Desk.OPERATOR))]
    assert must_hand_over_text(triage)


@pytest.mark.parametrize(("wishes", "changes"), QUIET)
def test_nothing_else_escalates(make, wishes, changes) -> None:
    triage = make.triage(*wishes, **changes)
    assert must_hand_over(make.turn("x"), triage, make.context()) == []
    assert not must_hand_over_text(triage)


@pytest.mark.parametrize(("failed", "expected"), [(1, []), (2, [(Reason.FAILED_TURNS, Desk.OPERATOR)])])
def test_two_failed_turns_are_enough(make, failed: int, expected) -> None:
    assert must_hand_over(make.turn("x", failed=failed), make.triage(STATUS), make.context()) == expected


@pytest.mark.parametrize(
    ("tier", "wishes", "changes", "escalates"),
    [
        (Tier.BEACON, [STATUS], NEGATIVE, True),
        (Tier.BEACON, [(Intent.COMPLAINT, 0.4)], {}, True),
        (Tier.BEACON, [STATUS], {}, False),
        (Tier.TIDE, [STATUS], NEGATIVE, False),
    ],
)
def test_complaints_of_the_highest_tier(make, tier: Tier, wishes, changes, escalates: bool) -> None:
    order = make.order()
    own = replace(order, customer=replace(order.customer, tier=tier))
    found = must_hand_over(make.turn("x"), make.triage(*wishes, **changes), make.context(own))
    assert found == ([(Reason.VIP_COMPLAINT, Desk.OPERATOR)] if escalates else [])


def test_the_gravest_comes_first(make) -> None:
    triage = make.triage(STATUS, **flags(Flag.HUMAN_REQUEST, Flag.SAFETY, Flag.ANGER, **NEGATIVE))
    found = [reason for reason, _ in must_hand_over(make.turn("x"), triage, make.context())]
    assert found == [Reason.SAFETY, Reason.HUMAN_WANTED, Reason.ANGER]


def test_every_rule_is_tested_here() -> None:
    assert {reason for reason, _, _ in RULES} == {reason for reason, _, _ in ALONE} | {Reason.FAILED_TURNS, Reason.VIP_COMPLAINT}
