"""A translation keeps what must not change, or is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.brains.cascade import Cascade
from agent.brains.llm.marks import mask, unmask
from agent.domain.reply import Translation

if TYPE_CHECKING:
    from tests.agent.brains.conftest import Endpoint

GERMAN = "Meine Bestellung PS-1042 (49,90 €) ist nicht da, siehe https://lumen.example/t?id=7 oder schreiben Sie an Ada@Example.com"


async def test_a_translation_keeps_ids_byte_for_byte(endpoint: Endpoint, brain: Cascade) -> None:
    masked, kept = mask(GERMAN)
    assert len(kept) == 4
    endpoint.say = {"translation": "Write to ⟦4⟧ or see ⟦3⟧: my order ⟦1⟧ (⟦2⟧) has not come"}
    found = await brain.translate(GERMAN, "de", "en")
    assert found.text == "Write to Ada@Example.com or see https://lumen.example/t?id=7: my order PS-1042 (49,90 €) has not come"
    assert found.engine.startswith("model tiny, translate v2 ")
    assert "1042" not in endpoint.asked[0]["messages"][1]["content"]
    assert masked in endpoint.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    "translation",
    [
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧",
        "My order ⟦1⟧ ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧ ⟦5⟧",
        "My order PS-1042 (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧), not PS-9999, is not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧, http://evil.example",
        "Meine Bestellung ⟦1⟧ (⟦2⟧) ist nicht da, siehe ⟦3⟧ oder schreiben Sie an ⟦4⟧",
        "",
    ],
)
async def test_an_unfaithful_translation_is_none(endpoint: Endpoint, brain: Cascade, translation: str) -> None:
    endpoint.say = {"translation": translation}
    found = await brain.translate(GERMAN, "de", "en")
    assert found.text is None
    assert found.engine.startswith("none (")


async def test_a_failed_translation_says_so(endpoint: Endpoint, brain: Cascade) -> None:
    endpoint.say, endpoint.status = b"", 500
    assert await brain.translate(GERMAN, "de", "en") == Translation(language="en", text=None, engine="none (model failed: ServerError)")
    assert (await brain.translate("same", "en", "en")).text == "same"
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    "text", ["", "no numbers", "⟦1⟧ and ⟦x⟧ and 12", "订单１０４２在哪里？", "www.a.example/⟦1⟧ 5€", "١٢٣٤٥ +49 170 1234567"]
)
def test_masking_comes_back(text: str) -> None:
    masked, kept = mask(text)
    assert unmask(masked, kept) == text
