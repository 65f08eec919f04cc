"""A stage without models, personas."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.decision import Outcome
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import IntentScore, Sentiment, Triage, Urgency
from agent.graph import build
from agent.phrasing import Phrases
from agent.policy.thresholds import load
from eval.faults import NoKnowledge
from eval.simulation.customer import Question, Seen
from eval.simulation.goal import goals
from eval.simulation.persona import Persona, persona
from eval.stage import Stage


class OneWish(Unaided):
    """A brain that reads every message as the same wish."""

    name = "one wish"

    def __init__(self, intent: Intent, broken: bool = False) -> None:
        self._intent, self._broken = intent, broken

    async def triage(self, turn: Turn) -> Triage:
        if self._broken:
            raise RuntimeError("out of order")
        return (await self.triage_texts([turn.text], [turn.language]))[0]

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return [
            Triage(
                language="en",
                language_sure=True,
                intents=(IntentScore(self._intent, 0.99),),
                sentiment=Sentiment.NEUTRAL,
                sentiment_score=0.9,
                urgency=Urgency.NORMAL,
                entities=entities.find(text),
                brain=self.name,
            )
            for text in texts
        ]

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=text)


@pytest.fixture
def stage() -> Callable[..., Stage]:
    def made(intent: Intent, broken: bool = False) -> Stage:
        return Stage(
            brain=OneWish(intent, broken),
            knowledge=NoKnowledge(),
            thresholds=load(),
            demo=True,
            graph=build(InMemorySaver()),
            phrases=Phrases(),
            brand="Lumen & Loom",
        )

    return made


@pytest.fixture
def who() -> Callable[..., Persona]:
    """who(goal, language, seed)"""
    return lambda goal, language="en", seed=0: persona(goals()[goal], language, seed)


@pytest.fixture
def seen() -> Callable[..., Seen]:
    """seen(question) is a reply that asks; without one it resolves."""

    def made(question: Question | None = None, *, done: Sequence[str] = (), told: Sequence[str] = ()) -> Seen:
        outcome = Outcome.ASK if question else Outcome.RESOLVE
        return Seen(reply="...", outcome=outcome, turn=1, language="en", question=question, done=frozenset(done), told=frozenset(told))

    return made
