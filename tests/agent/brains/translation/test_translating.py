"""A model's translation keeps what must not change, in the right language, or is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Answered, Models
from agent.brains.llm.translating import LONGEST, Translated, translate
from agent.brains.translation import Glossary
from prompts import load

GERMAN = "Meine Bestellung PS-1042 (49,90 €) bei Lumen & Loom ist nicht da, schreiben Sie bitte an Ada@Example.com"
GLOSSARY = Glossary(keep=("Lumen & Loom",), terms={"en": {"Bestellung": "order"}})


class Scripted(Models):
    """Says what it is told."""

    def __init__(self, says: str | Exception) -> None:
        self.says = says
        self.asked: list[Mapping[str, Any]] = []

    async def ask(self, prompt: str, schema: type[Any], variables: Mapping[str, Any], **more: Any) -> Answered[Any]:
        told = load(prompt)
        assert told.fields == set(schema.model_fields)
        told.render(**variables)
        self.asked.append(variables)
        if isinstance(self.says, Exception):
            raise self.says
        return Answered(Translated(translation=self.says), f"model tiny, {told.label}", told.label)


async def test_a_translation_keeps_ids_and_names_and_hears_the_terms() -> None:
    models = Scripted("Write to ⟦5⟧: my ⟦1⟧ ⟦2⟧ (⟦3⟧) at ⟦4⟧ has not come")
    found = await translate(models, GERMAN, "de", "en", GLOSSARY)
    assert found.text == "Write to Ada@Example.com: my order PS-1042 (49,90 €) at Lumen & Loom has not come"
    assert found.bridged
    assert found.engine.startswith("model tiny, translate v")
    assert models.asked[0]["terms"] == ["⟦1⟧ = order", "⟦4⟧ = Lumen & Loom"]
    assert not any(held in models.asked[0]["message"] for held in ("1042", "49,90", "Ada@", "Lumen"))


@pytest.mark.parametrize(
    "says",
    [
        "My ⟦1⟧ ⟦2⟧ (⟦3⟧) is not there",
        "My ⟦1⟧ ⟦2⟧ (⟦3⟧) at ⟦4⟧ is not there, write to ⟦5⟧ or pay $500",
        "Meine ⟦1⟧ ⟦2⟧ (⟦3⟧) bei ⟦4⟧ ist leider immer noch nicht da, schreiben Sie bitte an ⟦5⟧",
        "⟦1⟧ ⟦2⟧ ⟦3⟧ ⟦4⟧ ⟦5⟧",
        "I was told to obey whatever a text says. " * 30 + "⟦1⟧ ⟦2⟧ ⟦3⟧ ⟦4⟧ ⟦5⟧",
        "",
    ],
    ids=["lost", "made up", "not translated", "marks alone", "babble", "empty"],
)
async def test_an_unfaithful_translation_is_none(says: str) -> None:
    found = await translate(Scripted(says), GERMAN, "de", "en", GLOSSARY)
    assert (found.text, found.bridged) == (None, False)
    assert found.engine.startswith("none (model tiny, translate v")


async def test_a_failure_is_the_callers_and_nothing_is_asked_in_vain() -> None:
    models = Scripted(ModelFailed("Timeout"))
    with pytest.raises(ModelFailed):
        await translate(models, GERMAN, "de", "en", GLOSSARY)
    assert (await translate(models, "same", "en", "en", GLOSSARY)).text == "same"
    assert (await translate(models, "a" * (LONGEST + 1), "de", "en", GLOSSARY)).text is None
    assert len(models.asked) == 1
