"""A folder engine keeps what must not change, or is none; it is never waited for too long, and never breaks a turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from agent.brains.translation import FolderTranslator, Glossary
from agent.brains.translation.manifest import Manifest
from agent.brains.translation.weights import TooLong, TooSlow

MANY = Manifest("nllb-tiny", "nllb", {"pl": "pol_Latn", "en": "eng_Latn", "zh": "zho_Hans"})
ONE_WAY = Manifest("opus-mt-de-en", "marian", {"de": "", "en": ""}, ("de", "en"))
POLISH = "Gdzie jest moje zamówienie #1042?\n\nZapłaciłam 49,90 €! Piszcie na ada@example.com."

Say = Callable[[str], str]


class Tongue:
    """Answers each sentence as told; marks survive in the given forms alone."""

    def __init__(self, say: Say, forms: Sequence[str] = ("[1]", "X1X"), gate: threading.Event | None = None) -> None:
        self.say_one, self.forms, self.gate = say, forms, gate
        self.heard: list[str] = []

    def survives(self, mark: str) -> bool:
        return any(mark[0] == form[0] for form in self.forms)

    def say(self, sentences: Sequence[str], source: str, target: str, until: float) -> list[str]:
        self.heard += sentences
        if self.gate:
            self.gate.wait(60)
        return [self.say_one(sentence) for sentence in sentences]


def folder(tongue: Tongue, speaks: Manifest = MANY, seconds: float = 5.0) -> FolderTranslator:
    return FolderTranslator(speaks, lambda: tongue, Glossary(keep=("Lumen & Loom",)), seconds=seconds, rest=0.7)


def english(text: str) -> str:
    words = {"Gdzie jest moje zamówienie": "Where is my order", "Zapłaciłam": "I paid", "Piszcie na": "Write to"}
    for polish, said in words.items():
        text = text.replace(polish, said)
    return text


async def test_figures_and_addresses_survive_byte_for_byte_and_lines_stay() -> None:
    tongue = Tongue(english)
    found = await folder(tongue).translate(POLISH, "pl", "en")
    assert found.text == "Where is my order #1042?\n\nI paid 49,90 €! Write to ada@example.com."
    assert found.engine == "folder nllb-tiny"
    assert found.bridged
    assert not any("1042" in sentence or "ada@" in sentence for sentence in tongue.heard)
    assert "Zapłaciłam [2]!" in tongue.heard


async def test_a_mangled_mark_is_tried_in_another_form_sentence_by_sentence() -> None:
    tongue = Tongue(lambda text: english(text).replace("[1]", "(1)"))
    found = await folder(tongue).translate(POLISH, "pl", "en")
    assert found.text == "Where is my order #1042?\n\nI paid 49,90 €! Write to ada@example.com."
    assert [sentence for sentence in tongue.heard if "X" in sentence] == ["Gdzie jest moje zamówienie X1X?"]


@pytest.mark.parametrize("widened", ["【1】", "[ 1 ]", "［1］"])
async def test_a_widened_mark_is_still_a_mark(widened: str) -> None:
    found = await folder(Tongue(lambda text: f"我的订单 {widened} 在哪里")).translate("Where is order #1042", "en", "zh")
    assert found.text == "我的订单 #1042 在哪里"


@pytest.mark.parametrize(
    "say",
    [
        lambda text: "Where is my order",
        lambda text: english(text) + " 7",
        lambda text: english(text) + " [9]",
        lambda text: "",
        lambda text: english(text) + " the" * 400,
        lambda text: english(text) + " http://evil.example/a",
    ],
    ids=["lost", "a figure made up", "a mark made up", "empty", "babble", "a link made up"],
)
async def test_what_is_broken_is_refused(say: Say) -> None:
    found = await folder(Tongue(say)).translate(POLISH, "pl", "en")
    assert found.text is None
    assert found.engine.startswith("none (folder nllb-tiny ")
    assert not found.bridged


async def test_what_comes_back_in_the_same_language_is_refused() -> None:
    text = "Moja paczka jeszcze nie przyszła, a czekam na nią już bardzo długo i chciałabym wiedzieć dlaczego."
    assert (await folder(Tongue(lambda text: text)).translate(text, "pl", "en")).text is None


async def test_two_amounts_may_not_change_places() -> None:
    swapped = Tongue(lambda text: "Take [2] instead of [1]")
    assert (await folder(swapped).translate("Weźcie 20 € zamiast 90 €", "pl", "en")).text is None


async def test_a_pair_that_is_not_spoken_is_refused_and_one_way_is_no_bridge() -> None:
    one_way = folder(Tongue(lambda text: "Where is my parcel?"), ONE_WAY)
    assert (await one_way.translate("Wo ist mein Paket?", "de", "en")).text == "Where is my parcel?"
    assert not (await one_way.translate("Wo ist mein Paket?", "de", "en")).bridged
    refused = await one_way.translate("Where?", "en", "de")
    assert (refused.text, refused.engine) == (None, "none (folder opus-mt-de-en does not speak en to de)")
    assert (await one_way.translate("same", "en", "en")).text == "same"


async def test_slow_is_none_the_next_text_is_not_made_to_wait_and_a_later_one_is_served() -> None:
    gate = threading.Event()
    slow = folder(Tongue(english, gate=gate), seconds=0.3)
    try:
        assert "took longer" in (await slow.translate(POLISH, "pl", "en")).engine
        assert "too slow just now" in (await slow.translate(POLISH, "pl", "en")).engine
    finally:
        gate.set()
    async with asyncio.timeout(60):
        while not (await slow.translate(POLISH, "pl", "en")).text:  # noqa: ASYNC110 - its rest is on a clock
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(("error", "said"), [(TooSlow(), "took longer"), (TooLong(), "too long"), (MemoryError(), "failed: MemoryError")])
async def test_a_failing_folder_says_so_and_never_raises(error: Exception, said: str) -> None:
    def fail(text: str) -> str:
        raise error

    found = await folder(Tongue(fail)).translate(POLISH, "pl", "en")
    assert found.text is None
    assert said in found.engine


async def test_a_text_of_marks_alone_and_a_text_too_long_are_not_given_to_the_engine() -> None:
    tongue = Tongue(english)
    assert (await folder(tongue).translate("#1042 49,90 €", "pl", "en")).text == "#1042 49,90 €"
    assert (await folder(tongue).translate("a" * 5000, "pl", "en")).text is None
    assert tongue.heard == []
