"""A served language is not translated in the graph; another one is, so that it can be read, searched and answered."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from langgraph.runtime import Runtime

from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import EntityKind, Flag, IntentScore, Sentiment, Triage, Urgency
from agent.nodes.retrieve import retrieve
from agent.nodes.translate import translate
from agent.policy.escalation import must_hand_over_text
from agent.state import Parts

POLISH = "Gdzie jest moja paczka? Zamówienie #1042, ada@example.com"
ENGLISH = "Where is my parcel? Order #1042, ada@example.com"


class Brain(Unaided):
    """Translates as told; reads English alone."""

    name = "stub"

    def __init__(self, make: Any, found: Translation, **changes: Any) -> None:
        self.make, self.found, self.changes = make, found, changes
        self.read: list[Turn] = []

    async def translate(self, text: str, source: str, target: str) -> Translation:
        assert (text, source, target) == (POLISH, "pl", "en")
        return self.found

    async def triage(self, turn: Turn) -> Triage:
        self.read.append(turn)
        return self.make.triage(Intent.ORDER_STATUS, text=turn.text, **self.changes)


def parts(brain: Any, **more: Any) -> Runtime[Parts]:
    return cast(Runtime[Parts], SimpleNamespace(context=SimpleNamespace(brain=brain, working_language="en", **more)))


def read_as_polish(make: Any, **changes: Any) -> Triage:
    known = make.triage((Intent.OUT_OF_SCOPE, 0.4), text=POLISH, language="pl")
    return replace(known, **changes)


def engine(text: str | None = ENGLISH, *, bridged: bool = True) -> Translation:
    return Translation(language="en", text=text, engine="folder nllb", bridged=bridged)


async def test_a_served_language_waits_until_a_person_needs_it(make: Any) -> None:
    for code, text in (("de", None), ("en", "Hallo")):
        state: Any = {"turn": make.turn("Hallo"), "triage": make.triage(language=code)}
        assert await translate(state, parts(None)) == {"translation": Translation(language="en", text=text)}


async def test_a_foreign_language_is_read_in_translation_and_stays_what_it_is(make: Any) -> None:
    brain = Brain(make, engine())
    state: Any = {"turn": make.turn(POLISH), "triage": read_as_polish(make, flags=frozenset({Flag.LEGAL}), urgency=Urgency.HIGH)}
    changes = await translate(state, parts(brain))
    found: Triage = changes["triage"]
    assert changes["translation"].text == ENGLISH
    assert brain.read[0].text == ENGLISH and brain.read[0].language == "en"
    assert (found.language, found.main.intent, found.bridged) == ("pl", Intent.ORDER_STATUS, True)
    assert found.reader == "local on a translation"
    assert found.flags == {Flag.LEGAL} and found.urgency is Urgency.HIGH
    assert found.entities == entities.find(POLISH)


async def test_a_translator_can_not_take_an_alarm_away_nor_bring_an_order_in(make: Any) -> None:
    brain = Brain(make, engine("Nothing is wrong with order #9999"), sentiment=Sentiment.POSITIVE)
    angry = read_as_polish(make, flags=frozenset({Flag.ANGER}), sentiment=Sentiment.NEGATIVE)
    found: Triage = (await translate(cast(Any, {"turn": make.turn(POLISH), "triage": angry}), parts(brain)))["triage"]
    assert found.sentiment is Sentiment.NEGATIVE and Flag.ANGER in found.flags
    assert found.values(EntityKind.ORDER) == ("1042",)


async def test_what_was_asked_about_is_still_what_it_is_about(make: Any) -> None:
    brain = Brain(make, engine())
    turn = make.turn(POLISH, pending_intents=("return_request",))
    found: Triage = (await translate(cast(Any, {"turn": turn, "triage": read_as_polish(make)}), parts(brain)))["triage"]
    assert found.intents[0] == IntentScore(Intent.RETURN_REQUEST, 1.0)


async def test_a_model_that_has_read_the_original_is_not_asked_twice(make: Any) -> None:
    brain = Brain(make, engine())
    known = read_as_polish(make, brain="model tiny, triage v1 0a", intents=(IntentScore(Intent.DAMAGED, 0.9),))
    changes = await translate(cast(Any, {"turn": make.turn(POLISH), "triage": known}), parts(brain))
    assert changes["triage"] == replace(known, bridged=True)
    assert brain.read == []


async def test_without_the_way_there_or_back_a_person_takes_over(make: Any) -> None:
    for found, kept in ((engine(None), None), (engine(bridged=False), ENGLISH)):
        state: Any = {"turn": make.turn(POLISH), "triage": read_as_polish(make)}
        changes = await translate(state, parts(Brain(make, found)))
        assert changes["translation"].text == kept
        assert must_hand_over_text(changes.get("triage", state["triage"]))
    assert not must_hand_over_text(read_as_polish(make, bridged=True))


async def test_search_asks_in_the_words_it_has_articles_for(make: Any) -> None:
    asked: list[tuple[str, str]] = []

    class Library:
        async def search(self, query: str, **how: Any) -> Any:
            asked.append((query, how["language"]))

    for code, found in (("pl", engine()), ("pl", engine(None)), ("de", engine())):
        state: Any = {
            "turn": make.turn("Gdzie jest moja paczka?"),
            "triage": make.triage(language=code),
            "translation": replace(found, text=found.text and "Where is my parcel?"),
            "context": make.context(),
        }
        await retrieve(state, parts(None, knowledge=Library()))
    assert asked == [("Where is my parcel?", "en"), ("Gdzie jest moja paczka?", "pl"), ("Gdzie jest moja paczka?", "de")]
