"""A scripted OpenAI-compatible endpoint over HTTP, a local brain of word lists alone, and the real client between them."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from agent.brains.cascade import Cascade
from agent.brains.llm import MemoryMeter, Models, open_models
from agent.brains.local import language, lexicon, reading
from agent.brains.opening import ModelTranslator
from agent.brains.route import Route
from agent.brains.translation.glossary import NONE
from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Author, Message, Turn
from agent.domain.reply import Translation
from agent.domain.triage import IntentScore, Sentiment, Triage
from agent.ports import Meter
from agent.settings import Settings
from tests.fakes.openai_server import OpenAIServer as Endpoint
from tests.fakes.openai_server import openai_server

READ = {
    "language": "en",
    "intents": [{"intent": "refund_request", "confidence": 0.91}, {"intent": "damaged", "confidence": 0.8}],
    "sentiment": "negative",
    "sentiment_confidence": 0.7,
    "urgency": "normal",
    "flags": ["anger"],
}


class Words(Unaided):
    """A local brain of language rules and word lists alone, unsure of its intent."""

    name = "words"

    def __init__(self, intent: Intent = Intent.COMPLAINT, score: float = 0.4) -> None:
        self._wish = IntentScore(intent, score)

    async def triage(self, turn: Turn) -> Triage:
        return (await self.triage_texts([turn.text], [turn.language]))[0]

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return [self._read(text, hint) for text, hint in zip(texts, hints, strict=True)]

    def _read(self, text: str, hint: str | None) -> Triage:
        code, sure = language.detect(text, hint)
        keys = lexicon.found(text, code)
        said = tuple(IntentScore(intent, 0.9) for key, intent in reading.OUTRIGHT.items() if key in keys)
        flags = reading.flags(keys, said)
        return Triage(
            language=code,
            language_sure=sure,
            intents=(*said, self._wish),
            sentiment=Sentiment.NEUTRAL,
            sentiment_score=0.5,
            urgency=reading.urgency(keys, flags, Sentiment.NEUTRAL),
            entities=entities.find(text),
            flags=flags,
        )

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=text if source == target else None)


@pytest.fixture
def words() -> type[Words]:
    return Words


@pytest.fixture
def turn() -> Callable[..., Turn]:
    """turn(text, *earlier): a turn of one message, after lines of (author, text)."""

    def made(text: str, *earlier: tuple[Author, str]) -> Turn:
        now = datetime(2026, 3, 1, tzinfo=UTC)
        said = [Message(seq=1, author=author, text=line, at=now) for author, line in (*earlier, (Author.CUSTOMER, text))]
        return Turn(id="c:1", conversation="c", channel="chat", market="GB", messages=(said[-1],), history=tuple(said[:-1]), now=now)

    return made


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """A scripted one that reads every message as READ says."""
    async with openai_server(dict(READ)) as made:
        yield made


@pytest.fixture
async def models() -> AsyncIterator[Callable[..., Models]]:
    """models(url, meter, **settings): the real client with a second's patience and a large model too; closed after the test."""
    opened: list[Models] = []

    def made(url: str, meter: Meter | None = None, **more: Any) -> Models:
        wish = {"model_small": "tiny", "model_large": "big", "model_timeout": 1.0} | more
        settings = Settings(_env_file=None, openai_base_url=url, openai_api_key=SecretStr("k"), **wish)
        opened.append(open_models(settings, meter or MemoryMeter()))
        return opened[-1]

    yield made
    for each in opened:
        await each.aclose()


@pytest.fixture
def cascade(models: Callable[..., Models]) -> Callable[..., Cascade]:
    """cascade(url, local, route, **settings): the real thing with one model, unless told otherwise."""

    def made(url: str, local: Words | None = None, route: Route | None = None, **more: Any) -> Cascade:
        opened = models(url, **{"model_large": ""} | more)
        return Cascade(local or Words(), opened, route=route, translators=(ModelTranslator(opened, NONE),))

    return made


@pytest.fixture
def brain(endpoint: Endpoint, cascade: Callable[..., Cascade]) -> Cascade:
    return cascade(endpoint.url)
