"""A customer of a language that is not served, from their words to the reply, through the whole graph."""

from __future__ import annotations

import re
from itertools import cycle
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.brains.local import language
from agent.brains.translation.marks import MARK, mask, unmask
from agent.brains.unaided import Unaided
from agent.commerce.memory import MemoryShop
from agent.desk.run import think
from agent.domain.decision import Outcome, Reason
from agent.domain.diagnosis import Diagnosis
from agent.domain.intents import Intent
from agent.domain.message import Identity, Turn
from agent.domain.reply import Translation
from agent.domain.triage import Triage
from agent.graph import build
from agent.phrasing import Phrases
from agent.policy import thresholds
from agent.policy.limits import LIMITS
from agent.policy.terms import TERMS
from agent.state import Parts

POLISH = "Dzień dobry, gdzie jest moja paczka z zamówienia #1042?"
ENGLISH = "Good day, where is my parcel of order #1042?"
SAID = "zamówienie jest jeszcze w drodze i przyjdzie do państwa już niedługo proszę o trochę cierpliwości"


class Bridge(Unaided):
    """Reads English alone; translates into Polish word by word, whatever the words were. `spoil` is what else it does to the text."""

    name = "bridge"

    def __init__(self, make: Any, *, spoil: str = "", back: bool = True) -> None:
        self.make, self.spoil, self.back = make, spoil, back

    async def triage(self, turn: Turn) -> Triage:
        polish = turn.text == POLISH
        return self.make.triage(
            (Intent.OUT_OF_SCOPE if polish else Intent.ORDER_STATUS, 0.9), text=turn.text, language="pl" if polish else "en"
        )

    async def translate(self, text: str, source: str, target: str) -> Translation:
        if target == "en":
            return Translation(language="en", text=ENGLISH, engine="folder nllb", bridged=self.back)
        masked, kept = mask(text)
        words = cycle(SAID.split())
        lines = [self._line(line, words) for line in masked.split("\n")]
        return Translation(language=target, text=unmask("\n".join(lines), kept), engine="folder nllb", bridged=True)

    def _line(self, line: str, words: Any) -> str:
        parts = re.split(rf"({MARK.pattern}|\W+)", line)
        return "".join(part if MARK.fullmatch(part) or not part.isalpha() else next(words) for part in parts) + self.spoil


class Eye:
    async def diagnose(self, photo: Any, lines: Any) -> Diagnosis:
        return Diagnosis(photo=photo.id)


class Library:
    def __init__(self, found: Any) -> None:
        self.found = found
        self.asked: list[str] = []

    async def search(self, query: str, **how: Any) -> Any:
        self.asked.append(query)
        return self.found


class NoHistory:
    async def look_back(self, order: str, email: str, subjects: Any) -> tuple[int, int]:
        return (0, 0)


def parts(make: Any, brain: Bridge) -> Parts:
    shop = MemoryShop.demo(today=make.today, now=lambda: make.now)
    library: Any = Library(make.found())
    whole: dict[str, Any] = {"orders": shop, "catalogue": shop, "stock": shop, "history": NoHistory(), "knowledge": library}
    rules: dict[str, Any] = {"thresholds": thresholds.load(), "terms": TERMS, "limits": LIMITS}
    return Parts(brain=brain, eye=Eye(), phrases=Phrases(), brand="Lumen & Loom", demo=True, **whole, **rules)


async def answer(make: Any, brain: Bridge) -> Any:
    turn = make.turn(POLISH, identity=Identity(signed_email="anna@example.com"))
    return await think(build(InMemorySaver()), parts(make, brain), turn)


async def test_a_polish_customer_is_answered_in_polish_with_the_figures_of_the_order(make: Any) -> None:
    outcome = await answer(make, Bridge(make))
    assert (outcome.decision.outcome, outcome.case, outcome.triage.language) == (Outcome.RESOLVE, None, "pl")
    reply = outcome.reply
    assert reply.language == "pl" and reply.source and reply.source.language == "en"
    assert "#1042" in reply.text and "zamówienie" in reply.text
    assert language.detect(reply.text)[0] == "pl"
    assert set(re.findall(r"\d{4,}", reply.text)) == set(re.findall(r"\d{4,}", reply.source.text))


@pytest.mark.parametrize("spoil", [" 777", " We will refund everything to you today, dear customer.", " https://evil.example", "⟦1⟧"])
async def test_a_spoilt_reply_is_never_sent_a_person_takes_over(make: Any, spoil: str) -> None:
    outcome = await answer(make, Bridge(make, spoil=spoil))
    assert outcome.decision.outcome is Outcome.HANDOFF
    assert Reason.UNSUPPORTED_LANGUAGE in outcome.decision.reasons
    assert outcome.case.working == ENGLISH and outcome.case.original == POLISH
    assert spoil.strip() not in outcome.reply.text and "refund" not in outcome.reply.text


async def test_without_the_way_back_a_person_answers_and_reads_it_in_english(make: Any) -> None:
    outcome = await answer(make, Bridge(make, back=False))
    assert outcome.decision.outcome is Outcome.HANDOFF
    assert Reason.UNSUPPORTED_LANGUAGE in outcome.decision.reasons
    assert outcome.case.working == ENGLISH
