"""A brain that reads by keyword, a stage and an embedder without models, and files of the suites' formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import Flag, IntentScore, Sentiment, Triage, Urgency
from agent.graph import build
from agent.phrasing import Phrases
from agent.policy import thresholds
from eval.faults import NoKnowledge
from eval.stage import Stage
from eval.suites import brain, played

INTENTS = {
    "where": Intent.ORDER_STATUS,
    "cancel": Intent.CANCEL_ORDER,
    "money": Intent.REFUND_REQUEST,
    "return": Intent.RETURN_REQUEST,
    "card": Intent.PAYMENT,
}
MOODS = {"bad": Sentiment.NEGATIVE, "good": Sentiment.POSITIVE}
FLAGS = {"idiot": Flag.ABUSE, "ignore all": Flag.INJECTION}


def read(text: str, hint: str | None) -> Triage:
    low = text.casefold()
    found = [IntentScore(intent, 0.95) for word, intent in INTENTS.items() if word in low]
    return Triage(
        language="id" if "tidak" in low else (hint or "en"),
        language_sure=True,
        intents=tuple(found) or (IntentScore(Intent.OUT_OF_SCOPE, 0.9),),
        sentiment=next((mood for word, mood in MOODS.items() if word in low), Sentiment.NEUTRAL),
        sentiment_score=0.9,
        urgency=Urgency.NORMAL,
        entities=entities.find(text),
        flags=frozenset(flag for word, flag in FLAGS.items() if word in low),
    )


class KeywordBrain(Unaided):
    name = "keyword"

    async def triage(self, turn: Turn) -> Triage:
        return read(turn.text, None)

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return [read(text, hint) for text, hint in zip(texts, hints, strict=True)]

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=None)


class CrashingBrain(KeywordBrain):
    async def triage(self, turn: Turn) -> Triage:
        if "crash" in turn.text:
            raise RuntimeError("boom")
        return await super().triage(turn)


class WordEmbedder:
    """Texts with the same words are near each other."""

    fingerprint = "words"
    dim = 64

    async def queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    async def passages(self, texts: Sequence[str]) -> np.ndarray:
        return await self.queries(texts)

    def _vector(self, text: str) -> np.ndarray:
        made = np.full(self.dim, 1e-3, np.float32)
        for word in text.casefold().split():
            made[sum(map(ord, word.strip("?.,"))) % self.dim] += 1
        return made / np.linalg.norm(made)


def stage_of(reader: KeywordBrain) -> Stage:
    return Stage(
        brain=reader,
        knowledge=NoKnowledge(),  # pyright: ignore[reportArgumentType] - a twin of the one method that is used
        thresholds=thresholds.load(),
        demo=True,
        graph=build(InMemorySaver()),
        phrases=Phrases(),
        brand="Shop",
    )


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Suites read by keyword, and a message with the word "crash" breaks the graph."""
    reader = CrashingBrain()

    async def opened() -> Stage:
        return stage_of(reader)

    monkeypatch.setattr(brain, "prepared_brain", lambda: reader)
    monkeypatch.setattr(brain, "prepared_embedder", WordEmbedder)
    monkeypatch.setattr(played, "prepared_stage", opened)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A file of JSON Lines; ids are given where a row has none."""

    def make(*rows: dict[str, Any], name: str = "own.jsonl") -> Path:
        file = tmp_path / name
        file.write_text("\n".join(json.dumps({"id": f"r{at}", **row}, ensure_ascii=False) for at, row in enumerate(rows)), encoding="utf-8")
        return file

    return make
