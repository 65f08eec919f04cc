"""What photos change: they narrow what a case is about and what is offered, and grant nothing."""

from dataclasses import replace

import pytest

from agent.domain.commerce import Line, OrderState
from agent.domain.decision import Outcome, Reason
from agent.domain.diagnosis import Defect, Diagnosis, Severity, Source, Unclear, Verdict
from agent.domain.intents import Intent
from agent.domain.message import Identity, Photo
from agent.domain.money import Money
from agent.policy import decide as policy
from agent.policy.photos import contradicts, fitting, shown_pieces, spoilt, trouble
from agent.policy.requests import situation

SIGNED = Identity(signed_email="anna@example.com")
CRACK = Diagnosis(
    photo="p",
    verdict=Verdict.DEFECT,
    sku="EAR-130",
    among=Source.ORDER,
    recognised=0.97,
    defect=Defect.CRACK,
    severity=Severity.MAJOR,
    confidence=0.93,
    reason=None,
)
BLURRED = Diagnosis(photo="p", reason=Unclear.BLURRED)
FINE = replace(CRACK, verdict=Verdict.NO_DEFECT, defect=Defect.NONE, severity=None)


@pytest.fixture
def seen(make):
    """A view of "it arrived broken" with a photo, and what was found in it."""

    def look(*found: Diagnosis, state="delivered", text="It arrived broken", intent=Intent.DAMAGED, **changes):
        order = make.order(OrderState(state))
        order = replace(
            order, lines=(*order.lines, Line(sku="LMP-200", title="Lamp", category="home", quantity=1, price=Money(4990, "EUR")))
        )
        order = replace(order, total=Money(12980, "EUR"))
        photo = Photo(id="p", width=10, height=10)
        turn = make.turn(text, identity=SIGNED)
        turn = replace(turn, messages=(replace(turn.messages[0], photos=(photo,)),))
        stock = changes.pop("stock", ())
        view = make.view(turn, make.triage(intent, text=text), make.context(order, stock=stock), diagnoses=found)
        return view, order

    return look


@pytest.mark.parametrize("why", ["too_dark", "too_bright", "blurred", "too_small"])
def test_a_photo_that_cannot_be_read_is_asked_for_once_more(seen, why):
    view, _ = seen(replace(BLURRED, reason=Unclear(why)))
    decision = policy.decide(view)
    assert (decision.outcome, decision.question) == (Outcome.ASK, Reason.NEEDS_BETTER_PHOTO)


def test_it_is_not_asked_for_a_third_time(seen, make):
    view, _ = seen(BLURRED)
    earlier = make.message("Here", photos=(Photo(id="q", width=1, height=1),))
    view = replace(view, turn=replace(view.turn, history=(earlier,)))
    assert spoilt(view) is None
    assert policy.decide(view).outcome is Outcome.HANDOFF


def test_one_readable_photo_is_enough(seen):
    view, _ = seen(BLURRED, CRACK)
    assert spoilt(view) is None


@pytest.mark.parametrize("reason", [Unclear.NO_MODEL, Unclear.NOT_TRAINED, Unclear.NO_PRODUCT, Unclear.UNSURE])
def test_what_another_photo_would_not_mend_goes_to_a_person(seen, reason):
    view, _ = seen(replace(BLURRED, reason=reason))
    assert policy.decide(view).outcome is Outcome.HANDOFF


def test_the_article_in_the_photo_is_what_the_case_is_about(seen):
    view, order = seen(CRACK)
    assert [piece.sku for piece in situation(view, order, Intent.DAMAGED).pieces] == ["EAR-130"]


def test_the_customers_words_come_before_the_photo(seen):
    view, order = seen(CRACK, text="The Lamp LMP-200 arrived broken")
    assert [piece.sku for piece in situation(view, order, Intent.DAMAGED).pieces] == ["LMP-200"]


@pytest.mark.parametrize(
    "found",
    [replace(CRACK, recognised=0.7), replace(CRACK, among=Source.CATALOGUE), replace(CRACK, sku="TWL-430"), BLURRED],
    ids=["unsure", "not among the orders", "not on the order", "unreadable"],
)
def test_an_article_that_is_not_surely_on_the_order_narrows_nothing(seen, found):
    view, order = seen(found)
    assert shown_pieces(view, order) == ()


def test_nothing_is_offered_when_the_photo_shows_nothing_wrong(seen):
    view, _ = seen(FINE)
    decision = policy.decide(view)
    assert contradicts(view)
    assert (decision.outcome, decision.offers, decision.told) == (Outcome.HANDOFF, (), False)
    assert Reason.PHOTO_DISAGREES in decision.reasons


@pytest.mark.parametrize("found", [CRACK, FINE, replace(CRACK, confidence=1.0, severity=Severity.UNUSABLE)])
def test_a_photo_alone_never_moves_money(seen, found):
    view, _ = seen(found, found, found)
    decision = policy.decide(view)
    assert decision.outcome is Outcome.HANDOFF
    assert decision.chosen is None


def test_a_wrong_article_in_the_photo_makes_the_trouble_exact(seen):
    view, _ = seen(replace(CRACK, defect=Defect.WRONG_COLOUR))
    assert trouble(view, Intent.DAMAGED) is Intent.WRONG_ITEM
    assert trouble(view, Intent.RETURN_REQUEST) is Intent.RETURN_REQUEST


def test_severity_orders_the_ways_out(seen):
    view, _ = seen(CRACK)
    ways = policy.decide(view).offers
    assert any(way.key == "offer-part-refund" for way in ways)
    minor = replace(view, diagnoses=(replace(CRACK, severity=Severity.MINOR),))
    unusable = replace(view, diagnoses=(replace(CRACK, severity=Severity.UNUSABLE),))
    assert fitting(minor, ways)[0].key == "offer-part-refund"
    assert all(way.key != "offer-part-refund" for way in fitting(unusable, ways))
    assert fitting(unusable, ways)
