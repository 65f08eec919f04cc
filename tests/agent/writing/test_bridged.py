"""A reply carried into a language without sentences of ours: figures, names and slots byte for byte, whole or not at all."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from agent.brains.translation.marks import mask, unmask
from agent.domain.money import Money
from agent.domain.reply import Reply, Translation
from agent.phrasing import Phrases, day, money
from agent.writing import bridged
from agent.writing.bridged import carried
from agent.writing.slots import slot
from agent.writing.writer import Writer

POLISH = {
    "left our warehouse in": "opuściło nasz magazyn w",
    "Order": "Zamówienie",
    " on ": " dnia ",
    " with ": " z przewoźnikiem ",
    "were paid back": "zostało zwrócone na Pana konto",
    "Your code is": "Pana kod to",
    "Talk to a person": "Chcę rozmawiać z człowiekiem",
}


class Engine:
    """Translates by a word list behind marks, as every engine of ours does, and counts its calls."""

    def __init__(self, words: Mapping[str, str] = POLISH, after: Callable[[str], str] = str) -> None:
        self.words, self.after = words, after
        self.heard: list[str] = []

    async def __call__(self, text: str, source: str, target: str) -> Translation:
        masked, kept = mask(text)
        self.heard.append(masked)
        for english, said in self.words.items():
            masked = masked.replace(english, said)
        return Translation(language=target, text=unmask(self.after(masked), kept), engine="model tiny, translate v3 0a1b", bridged=True)


@pytest.fixture
def reply(make: Any) -> Reply:
    write = Writer(Phrases(), "en")
    source = write.cite("order", "1042", "#1042")
    left = day(date(2026, 5, 12), "en")
    write.say("order-in-transit", source, order="1042", warehouse="Rotterdam", date=left, carrier="BlueLane Express")
    write.paragraph()
    write.say("refund-done", source, amount=money(Money(4990, "EUR"), "en"), date=day(date(2026, 5, 14), "en"))
    return write.reply(quick_replies=("quick-human",), effects=("k1",))


async def test_a_reply_is_carried_claim_by_claim_in_one_call(reply: Reply) -> None:
    engine = Engine()
    made = await carried(reply, engine, "pl")
    assert made
    assert made.claims[0].text == "Zamówienie #1042 opuściło nasz magazyn w Rotterdam dnia 12 maja 2026 z przewoźnikiem BlueLane Express."
    assert made.claims[1].text == "€49.90 zostało zwrócone na Pana konto dnia 14 maja 2026."
    assert len(engine.heard) == 1
    assert not re.search(r"1042|Rotterdam|49|May|BlueLane", engine.heard[0])


async def test_a_carried_claim_rests_on_the_sentence_it_was(reply: Reply) -> None:
    made = await carried(reply, Engine(), "pl")
    assert made
    assert (made.language, made.source, made.composed, made.effects) == ("pl", reply, False, ("k1",))
    assert made.brain == "local; carried by model tiny, translate v3 0a1b" and made.prompts == ("translate v3 0a1b",)
    for claim, source in zip(made.claims, reply.claims, strict=True):
        assert claim.free and claim.rests_on == (source.text,)
        assert (claim.pattern, claim.evidence, claim.group) == (source.pattern, source.evidence, source.group)
    assert made.claims[1].values == ("€49.90", "14 maja 2026")


async def test_lines_that_were_joined_are_asked_for_one_by_one(reply: Reply) -> None:
    engine = Engine(after=lambda text: text.replace("\n", " "))
    made = await carried(reply, engine, "pl")
    assert made and made.claims[1].text.startswith("€49.90 zostało")
    assert len(engine.heard) == 1 + len(reply.claims) + len(reply.quick_replies)


@pytest.mark.parametrize(
    "after",
    [
        lambda text: text.replace("⟦1⟧", "", 1),
        lambda text: text.replace("⟦1⟧", "⟦a⟧").replace("⟦5⟧", "⟦1⟧").replace("⟦a⟧", "⟦5⟧"),
        lambda text: text + " 17",
        lambda text: text.replace("Zamówienie", "We will refund everything to you at once, dear customer, and "),
        lambda text: text.replace("Zamówienie", "Zwrócimy wszystko. Zamówienie"),
        lambda text: "",
    ],
    ids=["lost", "moved to another sentence", "made up", "grown", "one sentence more", "empty"],
)
async def test_what_does_not_arrive_whole_is_none(reply: Reply, after: Callable[[str], str]) -> None:
    assert await carried(reply, Engine(after=after), "pl") is None


async def test_an_engine_that_gives_none_gives_none(reply: Reply) -> None:
    async def silent(text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=None)

    assert await carried(reply, silent, "pl") is None


async def test_slots_of_effects_survive(make: Any) -> None:
    write = Writer(Phrases(), "en")
    code, until = slot("coupon-c.1-1042", "code"), slot("coupon-c.1-1042", "valid_until")
    write.say("coupon-done", code=code, percent="10%", date=until)
    made = await carried(write.reply(), Engine({}), "pl")
    assert made is None  # still in English
    made = await carried(
        write.reply(),
        Engine(
            {
                "As an apology, the code": "Na przeprosiny kod",
                "gives you": "daje Panu",
                "off": "zniżki na",
                "your next order until": "kolejne zamówienie do",
            }
        ),
        "pl",
    )
    assert made and made.claims[0].text == f"Na przeprosiny kod {code} daje Panu 10% zniżki na kolejne zamówienie do {until}."


async def test_a_language_babel_does_not_know_keeps_the_date(reply: Reply) -> None:
    made = await carried(reply, Engine(), "qx")
    assert made is None or "12 May 2026" in made.text


async def test_what_takes_too_long_is_not_carried(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(text: str, source: str, target: str) -> Translation:
        await asyncio.sleep(0.2)
        return Translation(language=target, text=None)

    monkeypatch.setattr(bridged, "PATIENCE", 0.1)
    assert await carried(reply, late, "pl") is None


@pytest.mark.parametrize(
    ("word", "said"),
    [("Talk to a person", "Zapłacimy ⑨⓪⓪ euro"), ("Talk to a person", "Zobacz evil.com"), ("Order", "Zamówienie za ⑨⓪⓪ euro")],
)
async def test_neither_a_sentence_nor_a_button_says_a_figure_or_link_of_an_engines_own(reply: Reply, word: str, said: str) -> None:
    """An acknowledgement is sent without a further look, and buttons are looked at nowhere else."""
    assert await carried(reply, Engine(POLISH | {word: said}), "pl") is None


async def test_short_lines_in_a_language_that_was_not_asked_for_are_none() -> None:
    """Each is too short to tell its language by itself."""
    write = Writer(Phrases(), "en")
    write.say("draft-thanks")
    write.say("draft-look")
    lies = iter(["You will get all your money back.", "It is our fault and we will pay."])

    async def engine(text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text="\n".join(next(lies) for _ in text.split("\n")), engine="bad", bridged=True)

    assert await carried(write.reply(), engine, "sw") is None
