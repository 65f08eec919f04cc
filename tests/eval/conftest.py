"""A brain that reads what it is told, and readings made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from agent.domain.intents import Intent
from agent.domain.triage import Flag, IntentScore, Sentiment, Triage, Urgency
from eval.case import Case

Read = Callable[..., Triage]


@pytest.fixture
def read() -> Read:
    """A reading; by default English, neutral, an order's status."""

    def make(
        *intents: tuple[Intent, float], language: str = "en", flags: Sequence[Flag] = (), mood: Sentiment = Sentiment.NEUTRAL
    ) -> Triage:
        found = tuple(IntentScore(intent, score) for intent, score in intents) or (IntentScore(Intent.ORDER_STATUS, 0.9),)
        return Triage(
            language=language,
            language_sure=True,
            intents=found,
            sentiment=mood,
            sentiment_score=0.9,
            urgency=Urgency.NORMAL,
            flags=frozenset(flags),
        )

    return make


@pytest.fixture
def case() -> Callable[..., Case]:
    def make(**given: object) -> Case:
        return Case.model_validate({"id": "en-1", "text": "where is it", "language": "en", "intents": ["order_status"], **given})

    return make
