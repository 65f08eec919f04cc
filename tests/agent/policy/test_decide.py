"""Decisions that hang on more than intent and state: proof, confidence, limits, windows, several wishes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.commerce import OrderState
from agent.domain.decision import Outcome, Reason, RemedyKind
from agent.domain.intents import Intent
from agent.domain.message import Identity, Photo
from agent.domain.money import Money
from agent.domain.triage import Flag
from agent.policy.decide import decide
from agent.policy.thresholds import load
from knowledge.search import Passage, SearchResult

STATUS = Intent.ORDER_STATUS
PHOTO = Photo(id="f" * 64, width=800, height=600)


def decided(make, wish, *orders, text: str = "x", turn=None, found=None, **context):
    turn = turn or make.turn(text)
    return decide(
        make.view(turn, make.triage(*(wish if isinstance(wish, list) else [wish]), text=text), make.context(*orders, **context), found)
    )


@pytest.mark.parametrize(
    ("text", "context", "question"),
    [
        ("Where is my parcel?", {}, Reason.NEEDS_ORDER),
        ("Where is #1042?", {}, Reason.NEEDS_EMAIL),
        ("I am anna@example.com, where is it?", {}, Reason.NEEDS_ORDER),
        ("#1042 anna@example.com", {"mismatch": True}, Reason.IDENTITY_MISMATCH),
    ],
)
def test_an_order_is_proven_before_anything_is_said_of_it(make, text: str, context, question: Reason) -> None:
    decision = decided(make, STATUS, text=text, **context)
    assert (decision.outcome, decision.question, decision.remedies) == (Outcome.ASK, question, ())
    assert decision.unserved == (STATUS,)


def test_one_of_several_orders_is_meant_by_its_state(make) -> None:
    arrived, coming = make.order(OrderState.DELIVERED), make.order(OrderState.IN_TRANSIT, number="1099")
    assert decided(make, STATUS, arrived, coming).remedies[0].order == "1099"
    assert decided(make, Intent.RETURN_REQUEST, arrived, coming).remedies[0].order == "1042"
    assert decided(make, STATUS, coming, make.order(number="1098")).question is Reason.NEEDS_DETAIL


@pytest.mark.parametrize(
    ("kind", "wish", "state"),
    [
        (RemedyKind.CANCEL, Intent.CANCEL_ORDER, OrderState.PAID),
        (RemedyKind.RETURN, Intent.RETURN_REQUEST, OrderState.DELIVERED),
        (RemedyKind.ORDER_FACTS, Intent.ORDER_STATUS, OrderState.PAID),
    ],
)
def test_below_the_threshold_of_its_remedy_it_asks(make, kind, wish, state) -> None:
    minimum = load().by_remedy[kind].minimum
    sure = decided(make, (wish, minimum), make.order(state))
    unsure = decided(make, (wish, minimum - 0.01), make.order(state))
    assert [remedy.kind for remedy in sure.remedies] == [kind]
    assert (unsure.outcome, unsure.question) == (Outcome.ASK, Reason.UNSURE)


@pytest.mark.parametrize("asked", [2, 3])
def test_after_two_questions_a_person_takes_over(make, asked: int) -> None:
    decision = decided(make, STATUS, turn=make.turn("?", asked=asked))
    assert decision.outcome is Outcome.HANDOFF
    assert decision.reasons == (Reason.FAILED_TURNS, Reason.NEEDS_ORDER)


def test_provisional_thresholds_hold_in_the_demo_only(make) -> None:
    view = make.view(make.turn("x"), make.triage(STATUS), make.context(make.order()))
    assert decide(view).outcome is Outcome.RESOLVE
    outside = decide(replace(view, demo=False))
    assert (outside.outcome, outside.reasons) == (Outcome.HANDOFF, (Reason.NOT_CERTIFIED,))


def test_a_remedy_without_a_threshold_is_handed_over(make) -> None:
    certified = load('{"basis": "certified", "remedies": {"order_facts": {"minimum": 0.4, "n": 300, "bound": 0.02, "certified": true}}}')
    view = make.view(make.turn("x"), make.triage(STATUS), make.context(make.order()), thresholds=certified, demo=False)
    assert decide(view).outcome is Outcome.RESOLVE
    cancelling = replace(view, triage=make.triage(Intent.CANCEL_ORDER), context=make.context(make.order(OrderState.PAID)))
    assert decide(cancelling).reasons == (Reason.NOT_CERTIFIED,)


def test_a_source_that_is_down_is_a_hand_off(make) -> None:
    assert decided(make, STATUS, stale=("shop",)).reasons == (Reason.SOURCE_DOWN,)


def test_what_was_forced_and_who_owns_it_come_first(make) -> None:
    forced = decided(make, STATUS, make.order(), turn=make.turn("x", forced="effect_failed"))
    owned = decided(make, STATUS, make.order(), turn=make.turn("x", owner="op-1"))
    assert (forced.outcome, forced.reasons) == (Outcome.HANDOFF, (Reason.EFFECT_FAILED,))
    assert (owned.outcome, owned.reasons) == (Outcome.HANDOFF, (Reason.OPERATOR_OWNS,))


def test_several_wishes_are_all_served_or_handed_over_together(make) -> None:
    paid = make.order(OrderState.PAID)
    both = decided(make, [STATUS, Intent.CANCEL_ORDER], paid)
    assert [remedy.kind for remedy in both.remedies] == [RemedyKind.ORDER_FACTS, RemedyKind.CANCEL]
    one_blocked = decided(make, [Intent.CANCEL_ORDER, Intent.EXCHANGE], paid)
    assert (one_blocked.outcome, one_blocked.reasons) == (Outcome.HANDOFF, (Reason.NEEDS_JUDGEMENT,))


def test_two_wishes_for_the_same_remedy_are_one(make) -> None:
    decision = decided(make, [Intent.REFUND_REQUEST, Intent.CANCEL_ORDER], make.order(OrderState.PAID))
    assert [remedy.kind for remedy in decision.remedies] == [RemedyKind.CANCEL]


@pytest.mark.parametrize(("days", "coupon"), [(0, False), (3, False), (4, True)])
def test_more_than_three_days_late_earns_the_code(make, days: int, coupon: bool) -> None:
    order = make.order(OrderState.LATE)
    order = replace(order, shipments=(replace(order.shipment, promised=make.today - timedelta(days=days)),))
    kinds = {remedy.kind for remedy in decided(make, STATUS, order).remedies}
    assert (RemedyKind.COUPON in kinds) is coupon


@pytest.mark.parametrize(
    ("total", "given"),
    [
        (Money(15000, "EUR"), True),
        (Money(15001, "EUR"), False),
        (Money(15001, "USD"), True),
        (Money(24000, "JPY"), True),
        (Money(25000, "JPY"), False),
        (Money(1000, "XXX"), False),
    ],
)
def test_a_code_on_a_large_order_needs_a_person(make, total: Money, given: bool) -> None:
    decision = decided(make, STATUS, make.order(OrderState.LATE, total=total))
    assert decision.outcome is Outcome.RESOLVE
    assert any(remedy.kind is RemedyKind.COUPON for remedy in decision.remedies) is given


@pytest.mark.parametrize(
    ("wish", "days", "country", "reason"),
    [
        (Intent.RETURN_REQUEST, 30, "DE", Reason.REMEDIED),
        (Intent.RETURN_REQUEST, 31, "DE", Reason.RIGHT_AT_STAKE),
        (Intent.WITHDRAWAL, 14, "DE", Reason.REMEDIED),
        (Intent.WITHDRAWAL, 15, "DE", Reason.RIGHT_AT_STAKE),
        (Intent.WITHDRAWAL, 3, "US", Reason.RIGHT_AT_STAKE),
    ],
)
def test_windows_close_on_the_day_and_never_refuse(make, wish, days: int, country: str, reason: Reason) -> None:
    order = make.order(OrderState.DELIVERED)
    arrived = replace(order.shipment, delivered_at=make.now - timedelta(days=days))
    order = replace(order, shipments=(arrived,), customer=replace(order.customer, country=country))
    assert decided(make, wish, order).reasons == (reason,)


def test_opened_beauty_and_running_returns_are_no_new_return(make) -> None:
    order = make.order(OrderState.DELIVERED)
    beauty = replace(order, lines=(replace(order.lines[0], category="beauty"),))
    assert decided(make, Intent.RETURN_REQUEST, beauty).reasons == (Reason.NEEDS_JUDGEMENT,)
    running = decided(make, Intent.RETURN_REQUEST, replace(order, open_return="R-1"))
    assert [remedy.kind for remedy in running.remedies] == [RemedyKind.ORDER_FACTS]


def test_the_tracking_link_is_sent_when_asked_for(make) -> None:
    def kinds(order):
        triage = make.triage(STATUS, flags=frozenset({Flag.TRACKING}))
        return [remedy.kind for remedy in decide(make.view(make.turn("x"), triage, make.context(order))).remedies]

    assert kinds(make.order()) == [RemedyKind.ORDER_FACTS, RemedyKind.RESEND_TRACKING]
    assert kinds(make.order(OrderState.PAID)) == [RemedyKind.ORDER_FACTS]


@pytest.mark.parametrize(
    ("text", "outcome", "reason"),
    [
        ("Please change my address", Outcome.ASK, Reason.NEEDS_DETAIL),
        ("New: Anna Weber, Lindenweg 4, 10115 Berlin, Germany", Outcome.RESOLVE, Reason.REMEDIED),
        ("New: Anna Weber, Rue du Lac 4, 69002 Lyon, France", Outcome.HANDOFF, Reason.NEEDS_JUDGEMENT),
        ("New: Anna Weber, Lindenweg 4, 10115 Berlin, Nowhere", Outcome.HANDOFF, Reason.NEEDS_JUDGEMENT),
    ],
)
def test_an_address_changes_only_whole_and_within_its_country(make, text: str, outcome: Outcome, reason: Reason) -> None:
    decision = decided(make, Intent.CHANGE_ADDRESS, make.order(OrderState.PAID), turn=make.turn(text))
    assert (decision.outcome, decision.reasons) == (outcome, (reason,))


@pytest.mark.parametrize(
    "changes",
    [{"asked": 1}, {"photos": True}, {"earlier": True}],
    ids=["asked once", "a photo now", "a photo before"],
)
def test_a_photo_is_asked_for_once(make, changes) -> None:
    now = make.message("It is broken", photos=(PHOTO,) if "photos" in changes else ())
    history = (make.message("Look", photos=(PHOTO,)),) if "earlier" in changes else ()
    turn = make.turn("It is broken", asked=changes.get("asked", 0), history=history)
    decision = decided(make, Intent.DAMAGED, make.order(OrderState.DELIVERED), turn=replace(turn, messages=(now,)))
    assert decision.reasons == (Reason.NEEDS_JUDGEMENT,)


@pytest.mark.parametrize(
    ("answerable", "on_topic", "reason"), [(True, False, "answered"), (False, True, "answered"), (False, False, "nothing_found")]
)
def test_knowledge_answers_when_it_has_something(make, answerable: bool, on_topic: bool, reason: str) -> None:
    found = make.found(make.passage(*([Intent.PAYMENT] if on_topic else [])), answerable=answerable)
    assert decided(make, Intent.PAYMENT, found=found).reasons == (Reason(reason),)


def test_a_named_product_answers_for_its_price_only(make) -> None:
    """Any other question about it needs a passage, or the reply would be empty."""
    assert decided(make, Intent.PRODUCT_QUESTION, products=(make.product(),)).outcome is Outcome.RESOLVE
    assert decided(make, Intent.SIZE_ADVICE, products=(make.product(),)).reasons == (Reason.NOTHING_FOUND,)


def test_stock_is_told_of_a_named_product_only(make) -> None:
    assert decided(make, Intent.STOCK, products=(make.product(),), availability=(make.stock(),)).outcome is Outcome.RESOLVE
    assert decided(make, Intent.STOCK).question is Reason.NEEDS_DETAIL


def test_withdrawal_without_an_order_is_answered_from_the_articles(make) -> None:
    found = make.found(make.passage(Intent.WITHDRAWAL))
    assert [remedy.kind for remedy in decided(make, Intent.WITHDRAWAL, found=found).remedies] == [RemedyKind.ANSWER]
    assert decided(make, Intent.WITHDRAWAL, text="for #1042", found=found).question is Reason.NEEDS_EMAIL


def test_injection_is_shrugged_off_when_nothing_is_to_be_gained(make) -> None:
    flags = frozenset({Flag.INJECTION})
    joke = decide(make.view(make.turn("x"), make.triage(Intent.OUT_OF_SCOPE, flags=flags)))
    theft = decide(make.view(make.turn("x"), make.triage(Intent.REFUND_REQUEST, flags=flags), make.context(make.order())))
    assert (joke.outcome, joke.remedies[0].intent) == (Outcome.RESOLVE, Intent.OUT_OF_SCOPE)
    assert (theft.outcome, theft.reasons) == (Outcome.HANDOFF, (Reason.INJECTION,))


def test_a_signed_customer_proves_without_an_email(make) -> None:
    turn = make.turn("Where is it?", identity=Identity(signed_email="anna@example.com"))
    assert decided(make, STATUS, make.order(), turn=turn).outcome is Outcome.RESOLVE
    assert decided(make, STATUS, turn=turn).question is Reason.NEEDS_ORDER


def known(score: float, *intents: str, answerable: bool = True) -> SearchResult:
    passage = Passage("gift/en/1", "gift-wrapping", "en", "Gift wrapping", "", "We wrap gifts for EUR 3.", score, intents)
    return SearchResult((passage,), answerable, "s")


def alone(score: float, next_best: float) -> SearchResult:
    best, other = known(score, "product_question").passages[0], known(next_best).passages[0]
    return SearchResult((best, replace(other, article="other")), True, "s")


def test_an_article_that_no_other_comes_near_need_not_be_certain(make) -> None:
    wish, text = (Intent.OUT_OF_SCOPE, 0.3), "Do you wrap gifts?"
    assert decided(make, wish, text=text, found=alone(0.54, 0.001)).outcome is Outcome.RESOLVE
    assert decided(make, wish, text=text, found=alone(0.54, 0.1)).outcome is Outcome.ASK


@pytest.mark.parametrize("wish", [Intent.OUT_OF_SCOPE, Intent.SHIPPING_INFO])
@pytest.mark.parametrize("intents", [(), ("product_question",)])
def test_an_article_on_what_no_reader_was_taught_answers_when_it_is_surely_meant(make, wish, intents) -> None:
    decision = decided(make, (wish, 0.3), text="Do you wrap gifts?", found=known(0.97, *intents))
    assert decision.outcome is Outcome.RESOLVE
    assert [(remedy.kind, remedy.intent) for remedy in decision.remedies] == [(RemedyKind.ANSWER, Intent.PRODUCT_QUESTION)]


@pytest.mark.parametrize(
    ("wishes", "text", "found"),
    [
        ([(Intent.OUT_OF_SCOPE, 0.3)], "Do you wrap gifts?", known(0.94)),
        ([(Intent.OUT_OF_SCOPE, 0.3)], "Do you wrap gifts?", known(0.97, answerable=False)),
        ([(Intent.OUT_OF_SCOPE, 0.3)], "Do you wrap gifts?", known(0.97, "parcel_lost")),
        ([(Intent.OUT_OF_SCOPE, 0.3)], "Can #1042 be wrapped as a gift?", known(0.97)),
        ([(Intent.OUT_OF_SCOPE, 0.3), (Intent.REFUND_REQUEST, 0.3)], "Do you wrap gifts?", known(0.97)),
        ([(Intent.ORDER_STATUS, 0.3)], "Do you wrap gifts?", known(0.97)),
    ],
)
def test_what_else_it_asks_about_or_hands_over(make, wishes, text, found) -> None:
    assert decided(make, wishes, text=text, found=found).outcome is not Outcome.RESOLVE


def test_production_hands_over_what_no_certificate_covers(make) -> None:
    thresholds = load()
    bare = replace(thresholds, by_remedy={kind: replace(each, certified=False) for kind, each in thresholds.by_remedy.items()})
    view = make.view(make.turn("x"), make.triage((Intent.SHIPPING_INFO, 0.3)), found=known(0.97), thresholds=bare, demo=False)
    assert decide(view).outcome is Outcome.HANDOFF
