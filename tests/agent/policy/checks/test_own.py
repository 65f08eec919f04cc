"""Sentences of our own, quotations and translations: what is not what was made is found, whoever changed it."""

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agent.domain.commerce import OrderState
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.effect import PlannedEffect
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.domain.message import Identity
from agent.domain.reply import Claim, Reply
from agent.phrasing import Phrases, day
from agent.policy.channel_rules import RULES
from agent.policy.checks import Grounds, faults
from agent.policy.checks.carried import carried
from agent.policy.checks.quoted import is_quoted
from agent.policy.decide import decide
from agent.policy.orders import days_late
from agent.policy.plan import effects
from agent.policy.proving import CODE
from agent.policy.view import View
from agent.writing.answer import answer, ask
from agent.writing.draft import draft
from agent.writing.facts import order_facts
from agent.writing.writer import Writer, excerpt
from knowledge.search import Passage

LANGUAGES = sorted(SUPPORTED)
PHRASES = Phrases()
BRAND = "Lumen & Loom"
ARTICLE = "Returns are free for 30 days. Opened beauty products cannot be returned. Refunds take 5 to 10 business days."


@pytest.fixture
def told(make):
    """told(state, language): the facts of an order, and a way to look at them (or at a changed reply)."""

    def make_it(state: OrderState, language: str) -> Any:
        order = make.order(state)
        view = make.view(make.turn("Where is it?"), make.triage(Intent.ORDER_STATUS, language=language), make.context(order))
        write = Writer(PHRASES, language)
        order_facts(write, order, today_late=days_late(view, order))
        grounds = Grounds(phrases=PHRASES, view=view, decision=decide(view), brand="Lumen & Loom")

        def look(reply: Reply) -> list[str]:
            return faults(reply, (), view.context, (), RULES["web"], own_emails=frozenset(), grounds=grounds)

        return write.reply(), look

    return make_it


def changed(reply: Reply, at: int, **how: Any) -> Reply:
    return replace(reply, claims=(*reply.claims[:at], replace(reply.claims[at], **how), *reply.claims[at + 1 :]))


@pytest.mark.parametrize("state", [state for state in OrderState if state is not OrderState.PART_SHIPPED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_that_are_true_pass(told, language: str, state: OrderState) -> None:
    reply, look = told(state, language)
    assert look(reply) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_word_is_no_longer_the_pattern(told, language: str) -> None:
    reply, look = told(OrderState.LATE, language)
    for at, claim in enumerate(reply.claims):
        assert look(changed(reply, at, text=claim.text[:-1] + "!")) == [f"not what its pattern says: {claim.pattern}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_true_value_in_another_s_place_is_found(told, language: str) -> None:
    """Consistently: the text is what the pattern makes of it."""
    reply, look = told(OrderState.IN_TRANSIT, language)
    at = [claim.pattern for claim in reply.claims].index("order-promised")
    sent = dict(zip(reply.claims[0].names, reply.claims[0].values, strict=True))["date"]
    text = PHRASES.render("order-promised", language, {"date": sent})
    assert look(changed(reply, at, text=text, values=(sent,))) == ["values that the data do not hold: order-promised"]


def test_values_need_their_names_and_a_known_pattern(told) -> None:
    reply, look = told(OrderState.PACKED, "en")
    assert look(changed(reply, 0, names=())) == ["values without their names: order-packed"]
    assert look(changed(reply, 0, pattern="order-flown")) == ["not what its pattern says: order-flown"]


def test_a_question_reads_back_what_the_customer_typed(make) -> None:
    turn = make.turn("Where is #1077?")
    view = make.view(turn, make.triage(Intent.ORDER_STATUS, text="Where is #1077?"))
    asking = Decision(outcome=Outcome.ASK, desk=Desk.AGENT, reasons=(Reason.NEEDS_EMAIL,), question=Reason.NEEDS_EMAIL)
    grounds = Grounds(phrases=PHRASES, view=view, decision=asking, brand="Lumen & Loom")
    for number, right in (("1077", True), ("1078", False)):
        write = Writer(PHRASES, "en")
        write.say("ask-email", order=number)
        said = faults(write.reply(), (), view.context, (), RULES["web"], own_emails=frozenset(), grounds=grounds)
        assert (said == []) is right


def passage(text: str, language: str = "en") -> Passage:
    return Passage("p1", "returns", language, "Returns", "", text, 0.9)


QUOTED = [
    (ARTICLE, True),
    ("Returns are free for 30 days.", True),
    ("Opened beauty products cannot be returned. Refunds take 5 to 10 business days.", True),
    ("Returns are free for 30 days. Refunds take 5 to 10 business days.", False),
    ("Returns are free for 30", False),
    ("are free for 30 days.", False),
    ("Opened beauty products can be returned.", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "right"), QUOTED)
def test_a_quotation_is_a_run_of_whole_sentences(text: str, right: bool) -> None:
    assert is_quoted(text, [passage(ARTICLE)]) is right


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "签收后30天内可以退货。已拆封的美妆产品不能退货。退款需要5至10个工作日。"),
        ("ja", "お届けから30日以内であれば返品できます。開封済みの化粧品は返品できません。"),
        ("en", "We accept:\n• Visa\n• PayPal\nand nothing else."),
        ("de", "Das gilt ab dem 14. Tag, z. B. bei Retouren. Danach nicht mehr."),
    ],
)
def test_what_the_writer_takes_is_a_quotation(language: str, text: str) -> None:
    assert is_quoted(excerpt(passage(text, language)), [passage(text, language)])


ENGLISH = Reply(language="en", claims=(Claim(text="Order #1042 left on 12 May 2026; it is not packed in 2 parcels for €79.90."),))
CARRIED = [
    ("de", f"Bestellung #1042 ging am {day(date(2026, 5, 12), 'de')} ab; nicht in 2 Paketen für 79,90 €.", True),
    ("de", "Bestellung #1042 ging am 12 May 2026 ab; nicht in 2 Paketen für €79.90.", True),
    ("pl", "Zamówienie #1042 wyszło 12 maja 2026; nie w 2 paczkach za 79,90 EUR.", True),
    ("pl", "Zamówienie #1042 wyszło 13 maja 2026; nie w 2 paczkach za 79,90 EUR.", False),
    ("pl", "Zamówienie #1043 wyszło 12 maja 2026; nie w 2 paczkach za 79,90 EUR.", False),
    ("de", "Bestellung #1042 ging am 12. Mai 2026 ab; in 2 Paketen für 79,90 €.", False),
    ("de", "Bestellung #1042 ging am 12. Mai 2026 ab; nicht in 2 Paketen für 79,90 €, siehe evil.example.", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "right"), CARRIED)
def test_a_translation_has_the_figures_and_denials_of_its_source(language: str, text: str, right: bool) -> None:
    made = Reply(language=language, claims=(Claim(text=text, free=True, rests_on=(ENGLISH.claims[0].text,)),), source=ENGLISH)
    assert (carried(made, ENGLISH) == []) is right


def test_a_translation_has_as_many_sentences_and_a_right_source(told) -> None:
    reply, look = told(OrderState.PACKED, "en")
    polish = Claim(text="Zamówienie #1042 jest spakowane.", free=True, rests_on=(reply.claims[0].text,))
    assert look(Reply(language="pl", claims=(polish,), evidence=reply.evidence, source=reply)) == []
    assert look(Reply(language="pl", claims=(polish, polish), evidence=reply.evidence, source=reply)) != []
    wrong = changed(reply, 0, text="Order #1042 is lost.")
    assert look(Reply(language="pl", claims=(polish,), evidence=reply.evidence, source=wrong)) != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_decided_is_true_by_the_data(make, language: str) -> None:
    """Every wish on an order in every state: a false alarm on a reply of our own would hand it over for nothing."""
    for state, intent in itertools.product(OrderState, Intent):
        order = make.order(state)
        context = make.context(order, products=(make.product(),), availability=(make.stock(available=False, restock=make.today),))
        turn = make.turn("#1042 Anna Weber, Lindenweg 3, 10115 Berlin, Germany", identity=Identity(signed_email="anna@example.com"))
        view = make.view(turn, make.triage(intent, language=language, text=turn.text), context, make.found(make.passage(intent)))
        decision = decide(view)
        write = Writer(PHRASES, language)
        tell(write, view, decision)
        grounds = Grounds(phrases=PHRASES, view=view, decision=decision, brand=BRAND)
        plan = effects(turn.id, decision.remedies, view.orders) if decision.outcome is Outcome.RESOLVE else ()
        codes = (PlannedEffect(key=CODE, kind=CODE, order="1042", payload={}),)
        own = frozenset({"anna@example.com"})
        found = faults(write.reply(), view.found.passages, context, (*plan, *codes), RULES["web"], own_emails=own, grounds=grounds)
        assert found == [], (state, intent)


def tell(write: Writer, view: View, decision: Decision) -> None:
    """As the compose node does."""
    if decision.outcome is Outcome.HANDOFF:
        draft(write, view, decision, BRAND)
    elif decision.outcome is Outcome.ASK:
        ask(write, view, decision)
    else:
        answer(write, view, decision, BRAND)
