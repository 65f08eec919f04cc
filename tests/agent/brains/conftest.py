"""A scripted OpenAI-compatible endpoint over HTTP, a local brain of word lists alone, and the real client between them."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import SecretStr

from agent.brains.cascade import Breaker, Cascade
from agent.brains.llm import open_model
from agent.brains.local import language, lexicon, reading
from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Author, Message, Turn
from agent.domain.reply import Translation
from agent.domain.triage import IntentScore, Sentiment, Triage
from agent.settings import Settings

READ = {
    "language": "en",
    "intents": [{"intent": "refund_request", "confidence": 0.91}, {"intent": "damaged", "confidence": 0.8}],
    "sentiment": "negative",
    "sentiment_confidence": 0.7,
    "urgency": "normal",
    "flags": ["anger"],
}


@dataclass
class Endpoint:
    """Answers as `say` tells; keeps what it was asked."""

    url: str
    say: Any = field(default_factory=lambda: dict(READ))
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    open: int = 0
    peak: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)

    def body(self) -> bytes:
        if isinstance(self.say, bytes):
            return self.say
        content = self.say if isinstance(self.say, str) else json.dumps(self.say)
        message = {"role": "assistant", "content": content}
        usage = {"prompt_tokens": 300, "completion_tokens": 40, "total_tokens": 340}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        made = {"id": "x", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [choice], "usage": usage}
        return json.dumps(made).encode()


@asynccontextmanager
async def scripted() -> AsyncIterator[Endpoint]:
    app = FastAPI()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        endpoint = Endpoint(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")

        @app.post("/v1/chat/completions")
        async def complete(request: Request) -> Response:
            endpoint.asked.append(await request.json())
            endpoint.open += 1
            endpoint.peak = max(endpoint.peak, endpoint.open)
            await asyncio.sleep(endpoint.delay)
            endpoint.open -= 1
            return Response(endpoint.body(), endpoint.status, endpoint.headers, "application/json")

        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110  it offers no event to wait for
            await asyncio.sleep(0.01)
        yield endpoint
        server.should_exit = True
        await serving


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
    async with scripted() as made:
        yield made


@pytest.fixture
async def cascade() -> AsyncIterator[Callable[..., Cascade]]:
    """cascade(url, local, breaker): the real thing with a second's patience; closed after the test."""
    opened: list[Cascade] = []

    def made(url: str, local: Words | None = None, breaker: Breaker | None = None) -> Cascade:
        known = local or Words()
        wish = Settings(_env_file=None, openai_base_url=url, openai_api_key=SecretStr("k"), model_small="tiny", model_timeout=1.0)
        opened.append(Cascade(known, open_model(wish, known), breaker=breaker))
        return opened[-1]

    yield made
    for brain in opened:
        await brain.aclose()


@pytest.fixture
def brain(endpoint: Endpoint, cascade: Callable[..., Cascade]) -> Cascade:
    return cascade(endpoint.url)
