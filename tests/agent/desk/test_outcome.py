"""What a conversation remembers of a turn."""

from typing import Any

import pytest

from agent.desk.outcome import TurnOutcome, counters
from agent.domain.decision import Decision, Desk, Offer, Outcome, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.pending import Pending
from agent.domain.reply import Reply

WAYS = tuple(
    Offer(remedy=Remedy(kind=kind, intent=Intent.PARCEL_LOST, order="1051"), key=kind) for kind in (RemedyKind.REFUND, RemedyKind.RESHIP)
)
SAID = Reply(claims=(), evidence=(), language="en")


@pytest.fixture
def remembered(make):
    """The offers that the conversation keeps after a turn with this decision."""

    def look(reply: Reply | None, pending: Pending | None = None, outcome: Outcome = Outcome.HANDOFF, **decided: Any):
        decision = Decision(outcome=outcome, desk=Desk.OPERATOR, reasons=(), confidence=1.0, offers=WAYS, **decided)
        turn = make.turn("My parcel is lost", pending=pending)
        made = TurnOutcome(
            turn=turn, thread="t", triage=make.triage(), decision=decision, reply=reply, effects=(), case=None, detail={}, newly_proven=()
        )
        return counters(made)["offers"]

    return look


def test_only_what_the_customer_has_read_can_be_chosen(remembered) -> None:
    assert remembered(SAID, told=False) is None
    assert remembered(None, told=True) is None, "an operator has the conversation: the list was not sent"
    assert len(remembered(SAID, told=True)["offers"]) == len(WAYS)
    assert len(remembered(SAID, outcome=Outcome.ASK)["offers"]) == len(WAYS)


def test_what_was_read_before_stays_when_a_person_is_called_about_the_choice(remembered) -> None:
    kept = remembered(SAID, Pending(offers=WAYS), chosen=WAYS[1])
    assert kept["chosen"] == 1
