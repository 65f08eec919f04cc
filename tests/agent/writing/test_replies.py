"""Replies, questions, drafts and acknowledgements in ten languages: they pass the last check and hold nothing internal."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.brains.local.language import detect
from agent.domain.commerce import InventoryLevel, OrderState, Piece, TracedLine
from agent.domain.context import Context, CustomerContext, StaffContext
from agent.domain.decision import Decision, Desk, Outcome, Reason, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.domain.reply import Reply
from agent.domain.triage import Sentiment
from agent.phrasing import Phrases
from agent.policy.channel_rules import RULES
from agent.policy.checks import faults
from agent.policy.decide import decide
from agent.policy.plan import effects
from agent.policy.view import View
from agent.writing.answer import QUESTIONS, answer, ask
from agent.writing.done import done
from agent.writing.draft import acknowledge, draft
from agent.writing.writer import Writer
from tests.examples import many

LANGUAGES = sorted(SUPPORTED)
BRAND = "Lumen & Loom"
PHRASES = Phrases()
ADDRESS = "New: Anna Weber, Lindenweg 4, 10115 Berlin, Germany"


def written(view: View, decision: Decision) -> Reply:
    """The text that leaves: the reply, the question, or the draft an operator checks."""
    write = Writer(PHRASES, view.triage.language)
    if decision.outcome is Outcome.HANDOFF:
        draft(write, view, decision, BRAND)
    elif decision.outcome is Outcome.ASK:
        ask(write, view, decision)
    else:
        answer(write, view, decision, BRAND)
    return write.reply()


def asking(question: Reason) -> Decision:
    return Decision(outcome=Outcome.ASK, desk=Desk.AGENT, reasons=(question,), question=question)


def meanwhile(view: View, decision: Decision) -> Reply:
    write = Writer(PHRASES, view.triage.language)
    acknowledge(write, view, decision)
    return write.reply()


def found_faults(view: View, decision: Decision, reply: Reply) -> list[str]:
    plan = effects(view.turn.id, decision.remedies) if decision.outcome is Outcome.RESOLVE else ()
    own = frozenset(order.customer.email for order in view.orders)
    return faults(reply, view.found.passages, view.context, plan, RULES["web"], own_emails=own)


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_decided_the_text_passes_the_last_check(make, language: str, state: OrderState) -> None:
    context = make.context(make.order(state), batches=(make.batch(complaints=9),), products=(make.product(),), availability=(make.stock(),))
    for intent in Intent:
        view = make.view(make.turn(ADDRESS), make.triage(intent, language=language), context, make.found())
        decision = decide(view)
        reply = written(view, decision)
        assert found_faults(view, decision, reply) == [], (intent, reply.text)
        spoken, sure = detect(reply.text)
        assert not sure or spoken == language, (intent, reply.text)


@pytest.mark.parametrize("question", sorted({*QUESTIONS, Reason.NEEDS_DETAIL}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_one_paragraph_in_the_customers_language(make, language: str, question: Reason) -> None:
    for text in ("x", "#1042", "anna@example.com"):
        view = make.view(make.turn(text), make.triage(Intent.CHANGE_ADDRESS, language=language, text=text), make.context())
        write = Writer(PHRASES, language)
        if question is Reason.NEEDS_EMAIL and text != "#1042":
            continue
        ask(write, view, asking(question))
        reply = write.reply()
        assert len(reply.claims) == 1
        assert found_faults(view, decide(view), reply) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_orders_are_named_in_the_question(make, language: str) -> None:
    view = make.view(
        make.turn("x"), make.triage(Intent.ORDER_STATUS, language=language), make.context(make.order(), make.order(number="1099"))
    )
    write = Writer(PHRASES, language)
    ask(write, view, asking(Reason.NEEDS_DETAIL))
    assert "#1042" in write.reply().text
    assert "#1099" in write.reply().text


def test_what_can_be_said_is_said_before_the_question(make) -> None:
    found = make.found(make.passage(Intent.RETURN_REQUEST, text="You have thirty days. Then it is over."))
    view = make.view(make.turn("x"), make.triage(Intent.RETURN_REQUEST), found=found)
    write = Writer(PHRASES, "en")
    ask(write, view, asking(Reason.NEEDS_ORDER))
    first, question = write.reply().claims
    assert first.text.startswith("You have thirty days.")
    assert (first.pattern, question.pattern) == ("", "ask-order")


def test_safety_and_hours_are_told_at_once(make) -> None:
    decision = Decision(outcome=Outcome.HANDOFF, desk=Desk.CRISIS, reasons=(Reason.SAFETY,))
    view = make.view(make.turn("It burns"), make.triage(Intent.SAFETY, sentiment=Sentiment.NEGATIVE))
    assert [claim.pattern for claim in meanwhile(view, decision).claims] == ["handoff-safety", "handoff"]
    calm = Decision(outcome=Outcome.HANDOFF, desk=Desk.OPERATOR, reasons=(Reason.COMPLAINT,))
    assert [claim.pattern for claim in meanwhile(view, calm).claims] == ["handoff-sorry", "handoff"]


def test_the_draft_offers_what_the_pack_allows_and_promises_no_money(make) -> None:
    view = make.view(make.turn("It is broken"), make.triage(Intent.DEFECTIVE), make.context(make.order(OrderState.DELIVERED)))
    text = written(view, decide(view)).text
    assert "Hello Anna Weber," in text
    assert "€79.90" not in text
    assert "register a return" in text  # no shelf is known to hold another one
    assert text.endswith(f"Kind regards, {BRAND}")


def test_a_privacy_request_gets_no_offer(make) -> None:
    view = make.view(make.turn("Delete my data"), make.triage(Intent.PRIVACY), make.context(make.order()))
    assert "draft-privacy" in [claim.pattern for claim in written(view, decide(view)).claims]


def test_the_same_passage_is_quoted_once_and_whole_sentences_only(make) -> None:
    passage = make.passage(Intent.PAYMENT, text=" ".join(f"Sentence {'x' * 60} ends here." for _ in range(20)))
    write = Writer(PHRASES, "en")
    write.quote(passage)
    write.quote(passage)
    (claim,) = write.reply().claims
    assert len(claim.text) <= 420
    assert claim.text.endswith("ends here.")


WORDS = st.text(alphabet="ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=9, max_size=14)


@settings(max_examples=many(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    secret=WORDS,
    supplier=WORDS,
    stock=st.integers(100_000, 999_999),
    language=st.sampled_from(LANGUAGES),
    states=st.lists(st.sampled_from(OrderState), max_size=3),
    wishes=st.lists(st.sampled_from(Intent), min_size=1, max_size=4, unique=True),
    mood=st.sampled_from(Sentiment),
    past=st.integers(0, 99),
)
def test_nothing_staff_only_ever_reaches_a_customer(make, secret, supplier, stock, language, states, wishes, mood, past) -> None:
    line = make.order().lines[0]
    traced = TracedLine(sku=line.sku, title=line.title, category=line.category, quantity=1, price=line.price, batch=secret)
    orders = tuple(make.order(state, number=str(1042 + index), lines=(line,)) for index, state in enumerate(states))
    level = InventoryLevel(sku="EAR-130", warehouse="RTM", on_hand=stock, committed=stock, incoming=stock, read_at=make.now)
    staff = StaffContext(
        order="1042",
        lines=(traced,),
        stock=(level,),
        batches=(make.batch(id=secret, supplier=supplier),),
        past_cases=past,
        similar_open=stock,
    )
    customer = CustomerContext(orders=orders, products=(make.product(),), availability=(make.stock(),), identified=bool(orders))
    triage = make.triage(*wishes, language=language, sentiment=mood)
    view = make.view(make.turn("x"), triage, Context(customer=customer, staff=staff))
    decision = decide(view)
    for text in (written(view, decision).text, meanwhile(view, decision).text):
        assert secret not in text
        assert supplier not in text
        assert str(stock) not in text


@pytest.mark.parametrize(("country", "hour", "until"), [("DE", 12, "14 June 2026"), ("DE", 22, "15 June 2026"), ("US", 2, "13 June 2026")])
def test_the_last_day_of_a_return_is_counted_on_the_customers_calendar_from_the_parcel_that_came(make, country, hour, until) -> None:
    order = make.order(OrderState.DELIVERED)
    (here,) = order.shipments
    here = replace(here, delivered_at=datetime(2026, 5, 15, hour, 30, tzinfo=UTC), skus=("EAR-130",))
    coming = replace(here, tracking="2", delivered_at=None, skus=("OTHER",))
    order = replace(order, customer=replace(order.customer, country=country), shipments=(here, coming))
    view = make.view(make.turn("x"), make.triage(Intent.RETURN_REQUEST), make.context(order))
    remedy = Remedy(kind=RemedyKind.RETURN, intent=Intent.RETURN_REQUEST, order=order.number, pieces=(Piece("EAR-130"),))
    for wish in (remedy, replace(remedy, pieces=())):
        write = Writer(PHRASES, "en")
        done(write, view, wish)
        assert until in write.reply().text
