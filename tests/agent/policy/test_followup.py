"""An answer to our question keeps the wish it was about; a new wish replaces it."""

import pytest

from agent.domain.intents import Intent
from agent.domain.message import Photo
from agent.domain.triage import Entity, EntityKind, Flag
from agent.policy.followup import carry_over

ADDRESS = "Anna Weber, Lindenweg 4, 10115 Berlin, Germany"
CANCEL, STATUS, SHIPPING = Intent.CANCEL_ORDER, Intent.ORDER_STATUS, Intent.SHIPPING_INFO


def carried(make, text: str, *wishes, pending=(CANCEL,), **changes):
    turn = make.turn(text, pending_intents=tuple(intent.value for intent in pending), **changes)
    return [item.intent for item in carry_over(turn, make.triage(*wishes, text=text)).intents]


@pytest.mark.parametrize(
    ("text", "read", "kept"),
    [
        ("#1042 anna@example.com", [(Intent.GREETING, 0.4)], [CANCEL]),
        ("1042", [(STATUS, 0.9)], [CANCEL]),
        ("it is anna@example.com, order 1042", [(STATUS, 0.9)], [CANCEL]),
        ("我的邮箱 anna@example.com", [(Intent.ACCOUNT, 0.9)], [CANCEL]),
        ("??", [(Intent.COMPLAINT, 0.9)], [CANCEL]),
        ("#1042, and I want to talk to a person", [(Intent.HUMAN, 0.9)], [CANCEL, Intent.HUMAN]),
        ("#1042 anna@example.com and how much is the postage to Spain please", [(SHIPPING, 0.9)], [CANCEL, SHIPPING]),
        ("Actually, tell me how much the postage to Spain would be", [(SHIPPING, 0.9)], [SHIPPING]),
        ("Well, I am not so sure any more about all of that, to be honest", [(Intent.GREETING, 0.5)], [CANCEL]),
        ("Well, I do not really know any more what I should say to you", [(SHIPPING, 0.4)], [CANCEL]),
    ],
)
def test_carry_over(make, text: str, read, kept) -> None:
    assert carried(make, text, *read) == kept


def test_a_cancellation_is_not_carried_over_something_else_said(make) -> None:
    """It is still asked about, but never done: the reading is not sure."""
    text = "#1042 anna@example.com and how much is the postage to Spain please"
    turn = make.turn(text, pending_intents=("cancel_order",))
    scores = {item.intent: item.score for item in carry_over(turn, make.triage((SHIPPING, 0.9), text=text)).intents}
    assert scores == {CANCEL: 0.0, SHIPPING: 0.9}
    again = carry_over(turn, make.triage((SHIPPING, 0.9), (CANCEL, 0.7), text=text))
    assert {item.intent: item.score for item in again.intents}[CANCEL] == 1.0


def test_a_cancellation_taken_back_is_not_pending_any_more(make) -> None:
    text = "#1042 anna@example.com no, do not cancel it after all, thank you very much indeed"
    turn = make.turn(text, pending_intents=("cancel_order",))
    triage = make.triage((STATUS, 0.9), text=text, flags=frozenset({Flag.KEEP}))
    assert [item.intent for item in carry_over(turn, triage).intents] == [STATUS]


def test_without_a_question_nothing_changes(make) -> None:
    assert carried(make, "1042", (STATUS, 0.5), pending=()) == [STATUS]


def test_a_photo_answers_the_question_for_one(make) -> None:
    now = make.message("here", photos=(Photo(id="a", width=1, height=1),))
    assert carried(make, "here", (Intent.GREETING, 0.9), pending=(Intent.DAMAGED,), messages=(now,)) == [Intent.DAMAGED]


def test_an_address_answers_the_question_for_one(make) -> None:
    assert carried(make, ADDRESS, (Intent.OUT_OF_SCOPE, 0.9), pending=(Intent.CHANGE_ADDRESS,)) == [Intent.CHANGE_ADDRESS]


def test_the_postcode_of_an_address_is_no_order(make) -> None:
    start = ADDRESS.index("10115")
    triage = make.triage(Intent.CHANGE_ADDRESS, entities=(Entity(EntityKind.ORDER, "10115", start, start + 5),))
    assert carry_over(make.turn(ADDRESS), triage).values(EntityKind.ORDER) == ()


def test_carried_wishes_are_sure(make) -> None:
    turn = make.turn("1042", pending_intents=("cancel_order",))
    assert carry_over(turn, make.triage((STATUS, 0.2), text="1042")).main.score == 1.0
