"""What the draft says of photos, in ten languages: what is sure, once, as the data have it; nothing of what nobody can tell."""

from dataclasses import replace

import pytest

from agent.domain.commerce import OrderState
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.diagnosis import Defect, Diagnosis, Source, Unclear, Verdict
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.domain.reply import Reply
from agent.phrasing import Phrases
from agent.policy.channel_rules import RULES
from agent.policy.checks import faults
from agent.policy.checks.grounds import Grounds
from agent.policy.view import View
from agent.writing.draft import draft
from agent.writing.writer import Writer
from tests.agent.policy.test_photos import CRACK

LANGUAGES, BRAND, PHRASES = sorted(SUPPORTED), "Lumen & Loom", Phrases()
HANDED = Decision(outcome=Outcome.HANDOFF, desk=Desk.OPERATOR, reasons=(Reason.NEEDS_JUDGEMENT,))


@pytest.fixture
def looked(make):
    def look(*found: Diagnosis, language: str = "en") -> View:
        return make.view(
            make.turn("It arrived broken"),
            make.triage(Intent.DAMAGED, language=language),
            make.context(make.order(OrderState.DELIVERED)),
            diagnoses=found,
        )

    return look


@pytest.fixture
def crack(make) -> Diagnosis:
    return replace(CRACK, photo="p1", sku=make.order(OrderState.DELIVERED).lines[0].sku)


def drafted(view: View) -> Reply:
    write = Writer(PHRASES, view.triage.language)
    draft(write, view, HANDED, BRAND)
    return write.reply()


def said(reply: Reply) -> list[str]:
    return [claim.text for claim in reply.claims if claim.pattern.startswith("draft-photo")]


def wrong(view: View, reply: Reply) -> list[str]:
    own = frozenset(order.customer.email for order in view.orders)
    grounds = Grounds(phrases=PHRASES, view=view, decision=HANDED, brand=BRAND)
    return faults(reply, (), view.context, (), RULES["web"], own_emails=own, grounds=grounds)


@pytest.mark.parametrize("defect", Defect)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sure_finding_is_told_with_its_article_and_passes_the_check(looked, crack, language: str, defect: Defect) -> None:
    verdict = Verdict.NO_DEFECT if defect is Defect.NONE else Verdict.DEFECT
    view = looked(replace(crack, defect=defect, verdict=verdict), language=language)
    (told,) = said(reply := drafted(view))
    seen = PHRASES.render(f"seen-{defect.value.replace('_', '-')}", language)
    assert seen in told and view.orders[0].lines[0].title in told
    assert wrong(view, reply) == []
    assert {item.ref for item in reply.evidence if item.kind == "photo"} == {"p1"}


def test_every_defect_has_words_of_its_own_in_every_language() -> None:
    for language in LANGUAGES:
        assert len({PHRASES.render(f"seen-{defect.value.replace('_', '-')}", language) for defect in Defect}) == len(Defect)


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": Verdict.CANNOT_TELL, "defect": None, "confidence": 0.0, "reason": Unclear.UNSURE},
        {"verdict": Verdict.CANNOT_TELL, "defect": None, "confidence": 0.0, "reason": Unclear.BLURRED},
        {"confidence": 0.75},
    ],
)
def test_of_what_nobody_can_tell_nothing_is_said(looked, crack, changes) -> None:
    assert said(drafted(looked(replace(crack, **changes)))) == []


@pytest.mark.parametrize("changes", [{"recognised": 0.6}, {"among": Source.CATALOGUE}, {"among": Source.LABEL}, {"sku": "OTHER-1"}])
def test_an_article_that_is_not_surely_the_ordered_one_is_not_named(looked, crack, changes) -> None:
    (told,) = said(drafted(looked(replace(crack, **changes))))
    assert told == "I have looked at your photo. What can be seen: a crack."


def test_two_photos_of_one_damage_are_told_once_and_a_whole_side_beside_it_is_not_told(looked, crack) -> None:
    whole = replace(crack, photo="p3", verdict=Verdict.NO_DEFECT, defect=Defect.NONE)
    dent = replace(crack, photo="p4", defect=Defect.DENT)
    told = said(drafted(looked(crack, replace(crack, photo="p2"), whole, dent)))
    assert [text.rpartition(": ")[2] for text in told] == ["a crack.", "a dent."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_finding_or_another_article_than_the_photo_shows_is_refused(looked, crack, language: str) -> None:
    view = looked(crack, language=language)
    other = looked(replace(crack, defect=Defect.STAIN), language=language)
    assert any("values that the data do not hold" in fault for fault in wrong(other, drafted(view)))
    unsure = looked(replace(crack, confidence=0.5), language=language)
    assert any("values that the data do not hold" in fault for fault in wrong(unsure, drafted(view)))
