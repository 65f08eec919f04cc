"""A model's endpoint that fails in every way, under the whole service: acknowledged at once, answered or handed over within 20 s."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from agent.brains.llm import open_models
from agent.brains.opening import open_brain
from agent.desk.spending import TableMeter
from agent.ports import Brain
from agent.settings import Settings
from agent.store.engine import make_engine
from tests.fakes.openai_server import CALL, MEGABYTE, OpenAIServer, openai_server, refusing, step

if TYPE_CHECKING:
    from tests.acceptance.conftest import Running, Start

#: Nobody reads this without a model: the local brain is unsure of it, and hands it over.
ODD = "My brother in law sat on the thing and now the whole evening is rather quiet, what would you do in my place?"
READ = {
    "language": "en",
    "intents": [{"intent": "defective", "confidence": 0.9}],
    "sentiment": "negative",
    "sentiment_confidence": 0.8,
    "urgency": "normal",
    "flags": [],
}
GERMAN = READ | {"language": "de"}
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "hang": ({"fault": "hang"}, "Timeout"),
    "slow drip": ({"say": READ, "drip": 20.0}, "Timeout"),
    "429 with Retry-After": ({"status": 429, "headers": {"retry-after": "30"}}, "RateLimited"),
    "500": ({"status": 500}, "ServerError"),
    "closed": ({"fault": "close"}, "Refused"),
    "cut in the middle": ({"say": READ, "fault": "cut"}, "Refused"),
    "truncated JSON": ({"say": json.dumps(READ)[:50]}, "WrongSchema"),
    "garbage": ({"say": b"<html>gateway</html>"}, "Garbage"),
    "wrong schema": ({"say": {"mood": "bad"}}, "WrongSchema"),
    "empty": ({"say": ""}, "Empty"),
    "1 MB": ({"say": "x" * MEGABYTE}, "TooLarge"),
    "tool call": ({"say": "", "tool_calls": (CALL,), "finish": "tool_calls"}, "ToolCall"),
}
Served = Callable[[str], "AbstractAsyncContextManager[Running]"]


@pytest.fixture
def served(start: Start, settings: Settings, brain: Brain, url: str) -> Served:
    """served(endpoint): the service with models there, a second and a half for each call."""

    @asynccontextmanager
    async def opened(endpoint: str) -> AsyncIterator[Running]:
        more = {
            "openai_base_url": endpoint,
            "openai_api_key": SecretStr("k"),
            "model_small": "tiny",
            "model_large": "big",
            "model_timeout": 1.5,
        }
        chosen = settings.model_copy(update=more)
        engine = make_engine(url, pool=2)
        models = open_models(chosen, TableMeter(engine, chosen))
        async with start(settings=chosen, models=models, brain=open_brain(chosen, brain, models)) as running:
            yield running
        await engine.dispose()

    return opened


async def asked(running: Running, text: str = ODD) -> tuple[dict[str, Any], float, float]:
    """The answer, and the seconds until the message was acknowledged and answered."""
    chat = await running.chat(market="GB")
    began = time.monotonic()
    sent = await chat.post(text)
    acknowledged = time.monotonic() - began
    assert sent.status_code == 202
    return await chat.reply(), acknowledged, time.monotonic() - began


async def named(running: Running) -> str:
    """Who read and wrote in the newest turn, and what became of its calls."""
    await running.quiet()
    (row,) = await running.rows("select detail from turn_record order by created_at desc limit 1")
    return json.dumps([row["detail"][key] for key in ("brain", "writer", "model")])


async def test_every_fault_ends_in_a_reply_or_a_person(served: Served) -> None:
    async with openai_server() as endpoint, served(endpoint.url) as running:
        for fault, (script, reason) in FAULTS.items():
            healthy(endpoint, running)
            endpoint.script(**script)
            reply, acknowledged, answered = await asked(running)
            assert reply["author"] == "bot" and reply["text"], fault
            assert acknowledged <= 1 and answered <= 20, (fault, acknowledged, answered)
            assert reason in await named(running), fault


def healthy(endpoint: OpenAIServer, running: Running) -> None:
    """As if the endpoint had never failed."""
    endpoint.script(say="", status=200, headers={}, drip=0.0, fault="", tool_calls=(), finish="stop")
    for seat in running.p.models._seats.values():  # pyright: ignore[reportPrivateUsage]
        seat.breaker.tell(well=True)


async def test_nobody_listens(served: Served) -> None:
    with refusing() as url:
        async with served(url) as running:
            reply, acknowledged, answered = await asked(running)
            assert reply["text"] and acknowledged <= 1 and answered <= 20
            assert "Refused" in await named(running)


async def test_a_model_that_writes_in_another_language_is_not_sent(served: Served) -> None:
    def say(request: dict[str, Any]) -> dict[str, Any]:
        return (
            {"sentences": [{"text": "Alles ist schon erledigt.", "sources": ["s1"], "paragraph": 1}]}
            if step(request) == "Written"
            else READ
        )

    async with openai_server(say) as endpoint, served(endpoint.url) as running:
        reply, _, answered = await asked(running)
        assert "erledigt" not in reply["text"] and answered <= 20
        assert any(step(request) == "ReadMessage" for request in endpoint.asked)


async def test_the_breaker_opens_under_the_service_and_recovers(served: Served) -> None:
    async with openai_server(READ) as endpoint, served(endpoint.url) as running:
        endpoint.status = 500
        await asyncio.gather(*(asked(running) for _ in range(12)))
        assert len([request for request in endpoint.asked if request["model"] == "tiny"]) <= 10
        assert "Resting" in await named(running)
        before, endpoint.status = len(endpoint.asked), 200
        breaker = running.p.models._seats["small"].breaker  # pyright: ignore[reportPrivateUsage]
        assert breaker._until - time.monotonic() <= 30  # pyright: ignore[reportPrivateUsage]
        breaker._until = 0.0  # pyright: ignore[reportPrivateUsage]  # its rest is over
        await asked(running)
        await asked(running)
        assert len(endpoint.asked) >= before + 2
