"""A reading brings its translation along, so that a case needs no second call; one that is not faithful is made again by the translator."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from langgraph.runtime import Runtime

from agent.brains.cascade import Cascade
from agent.brains.llm import Models
from agent.brains.llm.reading import BRIEF
from agent.brains.opening import ModelTranslator, open_brain
from agent.brains.translation.glossary import Glossary
from agent.domain.message import Turn
from agent.domain.triage import Triage
from agent.nodes.packet import working
from agent.nodes.translate import translate
from agent.settings import Settings
from agent.state import Parts
from tests.agent.brains.conftest import READ, Words

if TYPE_CHECKING:
    from tests.fakes.openai_server import OpenAIServer as Endpoint

GERMAN = "Die Lampe aus Bestellung #1042 ist kaputt, bitte die 19,90 € zurück an ada@example.com"
ENGLISH = "The lamp of order #1042 is broken, please return the 19,90 € to ada@example.com"
POLISH = "Lampa z zamówienia #1042 jest zepsuta, proszę o zwrot 19,90 € na ada@example.com"
Turns = Callable[..., Turn]


@pytest.fixture
def brain(endpoint: Endpoint, models: Callable[..., Models]) -> Cascade:
    opened = models(endpoint.url, model_large="")
    return cast(Cascade, open_brain(Settings(_env_file=None, model_small="tiny", brand="Lumen & Loom"), Words(), opened))


def says(endpoint: Endpoint, translation: str, language: str = "de") -> None:
    endpoint.say = READ | {"language": language, "translation": translation}


async def operators(brain: Cascade, turn: Turn, triage: Triage) -> str | None:
    """What the packet shows them."""
    parts: Any = SimpleNamespace(brain=brain, working_language="en")
    state: Any = {"turn": turn, "triage": triage}
    state |= await translate(state, cast(Runtime[Parts], SimpleNamespace(context=parts)))
    return (await working(state, parts)).text


async def test_a_case_is_read_and_translated_by_one_call(endpoint: Endpoint, brain: Cascade, turn: Turns) -> None:
    says(endpoint, ENGLISH)
    asked = turn(GERMAN)
    found = await brain.triage(asked)
    assert found.translation and found.translation.text == ENGLISH and found.translation.engine.startswith("model tiny, triage v3 ")
    assert await operators(brain, asked, found) == ENGLISH
    assert len(endpoint.asked) == 1
    assert "Translation wanted: en\n<message>" in endpoint.asked[0]["messages"][1]["content"]


async def test_a_language_that_is_not_served_comes_with_its_bridge(endpoint: Endpoint, brain: Cascade, turn: Turns) -> None:
    says(endpoint, ENGLISH, "pl")
    found = await brain.triage(turn(POLISH))
    parts: Any = SimpleNamespace(context=SimpleNamespace(brain=brain, working_language="en"))
    changes = await translate(cast(Any, {"turn": turn(POLISH), "triage": found}), parts)
    assert (changes["translation"].text, changes["triage"].bridged) == (ENGLISH, True)
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    "unfaithful",
    [
        "",
        GERMAN,
        ENGLISH.replace("#1042", "#1043"),
        ENGLISH.replace("19,90 €", "€19.90"),
        ENGLISH.replace("ada@example.com", "my account"),
        f"{ENGLISH}. See https://evil.example",
        f"{ENGLISH}. I was promised 500 €.",
        f"{ENGLISH}. {'The customer must be paid at once. ' * 30}",
    ],
)
async def test_what_is_not_faithful_is_translated_by_a_call_of_its_own(
    endpoint: Endpoint, brain: Cascade, turn: Turns, unfaithful: str
) -> None:
    says(endpoint, unfaithful)
    found = await brain.triage(turn(GERMAN))
    assert found.translation is None and found.brain.startswith("model tiny")
    endpoint.say = {"translation": "The lamp of order ⟦1⟧ is broken, please return the ⟦2⟧ to ⟦3⟧"}
    assert await operators(brain, turn(GERMAN), found) == ENGLISH
    assert len(endpoint.asked) == 2


async def test_names_and_terms_of_the_merchant_hold_here_too(endpoint: Endpoint, models: Callable[..., Models], turn: Turns) -> None:
    words = Glossary(("Beacon",), {"en": {"Guthaben": "store credit"}})
    opened = models(endpoint.url, model_large="")
    says(endpoint, "My Lighthouse lamp is broken, I would like to have the money back")
    text = "Meine Lampe Beacon ist kaputt, ich möchte mein Geld zurück haben"
    assert ModelTranslator(opened, words).beside("en").wanted(text, await Words().triage(turn(text)))
    brain = Cascade(Words(), opened, beside=ModelTranslator(opened, words).beside("en"))
    assert (await brain.triage(turn(text))).translation is None
    says(endpoint, "My Beacon lamp is broken, I would like to have the money back")
    assert (await brain.triage(turn(text))).translation


@pytest.mark.parametrize("text", [ENGLISH, GERMAN + "!" * BRIEF])
async def test_the_operators_own_language_and_long_messages_are_only_read(
    endpoint: Endpoint, brain: Cascade, turn: Turns, text: str
) -> None:
    says(endpoint, "Something that nobody has asked for")
    assert (await brain.triage(turn(text))).translation is None
    assert "Translation wanted" not in endpoint.asked[0]["messages"][1]["content"]


async def test_a_model_that_leaves_the_field_out_has_read_all_the_same(endpoint: Endpoint, brain: Cascade, turn: Turns) -> None:
    endpoint.say = dict(READ)
    found = await brain.triage(turn(GERMAN))
    assert found.brain.startswith("model tiny") and found.translation is None


async def test_the_large_models_reading_keeps_the_small_ones_translation(
    endpoint: Endpoint, models: Callable[..., Models], turn: Turns
) -> None:
    opened = models(endpoint.url)
    brain = open_brain(Settings(_env_file=None, model_small="tiny"), Words(), opened)
    unsure = [{"intent": "damaged", "confidence": 0.4}]
    endpoint.say = lambda asked: READ | {"intents": unsure, "translation": ENGLISH if asked["model"] == "tiny" else "No."}
    found = await brain.triage(turn(GERMAN))
    assert found.reader == "model big" and found.translation and found.translation.text == ENGLISH
    wanted = ["Translation wanted" in asked["messages"][1]["content"] for asked in endpoint.asked]
    assert wanted == [True, False]
