"""The last look: each fault alone, in several scripts, and a faultless reply."""

import pytest

from agent.domain.effect import PlannedEffect
from agent.domain.intents import Intent
from agent.domain.reply import Claim, Evidence, Reply
from agent.policy.channel_rules import DEFAULT, RULES, ChannelRules, rules
from agent.policy.checks import PROMISES, faults, numbers
from agent.policy.plan import EFFECTIVE
from agent.policy.proving import CODE
from agent.writing.slots import slot

WEB = ChannelRules(max_length=200)
ORDER = Evidence(id="e1", kind="order", ref="1042", label="#1042")
PASSAGE = Evidence(id="e2", kind="passage", ref="p1", label="Shipping")


def said(text: str, *values: str, pattern: str = "order-packed", evidence: tuple[str, ...] = ("e1",)) -> Claim:
    return Claim(text=text, values=values, pattern=pattern, evidence=evidence)


@pytest.fixture
def found(make):
    """found(*claims): the faults of a reply made of them."""

    def look(*claims: Claim, plan: tuple[str, ...] = (), rules: ChannelRules = WEB, passage: str = "It takes 3 days.") -> list[str]:
        reply = Reply(language="en", claims=claims, evidence=(ORDER, PASSAGE))
        context = make.context(make.order(), batches=(make.batch(),))
        effects = tuple(PlannedEffect(key=kind, kind=kind, order="1042", payload={}) for kind in plan)
        passages = (make.passage(Intent.SHIPPING_INFO, text=passage),)
        return faults(reply, passages, context, effects, rules, own_emails=frozenset({"anna@example.com"}))

    return look


CLEAN = [
    said("Order #1042 is packed.", "1042"),
    said("Заказ №1042 отправлен 12 мая 2026 г.", "1042", "12 мая 2026 г."),
    said("الطلب #1042 بتاريخ ١٢ مايو ٢٠٢٦.", "1042", "12 مايو 2026"),
    said("It takes 3 days.", pattern="", evidence=("e2",)),
    said("We wrote to anna@example.com."),
    said("We wrote to Anna@Example.com."),
]
FAULTY = [
    (said("Order #1043 is packed.", "1042"), "number without evidence: 1043"),
    (said("You get 50 euro back."), "number without evidence: 50"),
    (said("تحصل على ٥٠ يورو."), "number without evidence: 50"),
    (said("您将获得５０元。"), "number without evidence: 50"),
    (said("It takes 3 days.", evidence=("e9",)), "unknown evidence: e9"),
    (said("It takes 3 days.", pattern="", evidence=("e9",)), "a sentence that is in no source"),
    (said("It takes three days, I promise.", pattern="", evidence=("e2",)), "a sentence that is in no source"),
    (said("It takes 4 days.", pattern="", evidence=("e2",)), "number without evidence: 4"),
    (said("Write to john@example.com."), "foreign e-mail: john@example.com"),
    (said("It is of batch EAR-130-B07.", "130", "07"), "internal: EAR-130-B07"),
    (said("Hengda Acoustics made it."), "internal: Hengda Acoustics"),
    (said("Order #1042 is cancelled.", "1042", pattern="cancel-done"), "says that something was done without an effect: cancel"),
    (said("<b>Hello</b>"), "markup on a channel that shows none"),
    (said("**Hello**"), "markup on a channel that shows none"),
    (said("[Hello](x)"), "markup on a channel that shows none"),
    (said("a" * 201), "longer than the channel carries (201 > 200)"),
    (said("  "), "empty"),
    (said(f"It goes to Eve {slot('x', 'code')}, Harbor 22.", "22"), "a slot of no effect: x"),
]


@pytest.mark.parametrize("claim", CLEAN, ids=lambda claim: claim.text)
def test_a_faultless_sentence_passes(found, claim: Claim) -> None:
    assert found(claim) == []


@pytest.mark.parametrize(("claim", "fault"), FAULTY, ids=lambda item: item if isinstance(item, str) else "")
def test_a_fault_is_found_and_named(found, claim: Claim, fault: str) -> None:
    assert fault in found(claim)


def test_internal_words_are_found_whatever_their_case(found) -> None:
    assert found(said("It was made by HENGDA acoustics."))


def test_a_promise_needs_its_own_effect(found) -> None:
    claim = said("Order #1042 is cancelled.", "1042", pattern="cancel-done")
    assert found(claim, plan=("cancel",)) == []
    assert found(claim, plan=("coupon",)) != []


def test_a_slot_waits_for_its_own_effect(found) -> None:
    claim = said(f"Your code is {slot('coupon', 'code')}.", pattern="coupon-done")
    assert found(claim, plan=("coupon",)) == []
    assert "a slot of no effect: coupon" in found(claim, plan=("cancel",))


def test_every_effect_has_its_sentence() -> None:
    assert set(PROMISES.values()) == EFFECTIVE | {CODE}


def test_an_email_may_be_quoted_from_an_article(found) -> None:
    text = "Write to care@shop.example."
    assert found(said(text, pattern="", evidence=("e2",)), passage=text) == []


def test_markup_passes_where_it_is_shown(found) -> None:
    assert found(said("**Hello**"), rules=ChannelRules(max_length=200, markup=True)) == []


def test_numbers_of_every_script_are_one() -> None:
    assert numbers("12 ١٢ １２ १२ no. 7") == {"12", "7"}


@pytest.mark.parametrize("name", ["web", "webhook", "cli"])
def test_channels_show_no_markup_and_have_a_length(name: str) -> None:
    assert rules(name) is RULES[name]
    assert not rules(name).markup
    assert rules(name).max_length >= 1000


def test_an_unknown_channel_gets_the_strictest_rules() -> None:
    assert rules("pigeon") is DEFAULT
    assert DEFAULT.max_length <= min(rule.max_length for rule in RULES.values())
    assert not DEFAULT.markup
    assert not DEFAULT.photos
