"""Asking a model: what it costs, when it is refused, and how a stream ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, SecretStr

from agent.brains.llm import MemoryMeter, ModelFailed, Models, open_models, spending
from agent.brains.llm.endpoint import judging
from agent.brains.llm.failure import retry_after
from agent.brains.llm.prices import Price, most_in, prices
from agent.brains.llm.translating import Translated
from agent.errors import NotReady
from agent.settings import Settings
from prompts import PromptError, load

if TYPE_CHECKING:
    from tests.fakes.openai_server import OpenAIServer as Endpoint

Open = Callable[..., Models]
SAID = {"translation": "Where is my parcel?"}
TEXT: dict[str, Any] = {"source": "de", "target": "en", "terms": [], "message": "Wo ist mein Paket?"}


async def translated(models: Models, **more: Any) -> str:
    return (await models.ask("translate", Translated, TEXT, **more)).value.translation


async def failure(models: Models, **more: Any) -> str:
    with pytest.raises(ModelFailed) as failed:
        await translated(models, **more)
    return failed.value.reason


async def test_an_answer_says_who_gave_it_and_what_it_cost(endpoint: Endpoint, models: Open) -> None:
    endpoint.say, meter = SAID, MemoryMeter()
    with spending("c1") as spent:
        answer = await models(endpoint.url, meter, model_prices="small 1 10 0.1, large 3 15, vision 3 15").ask(
            "translate", Translated, TEXT
        )
    label = load("translate").label
    assert (answer.value.translation, answer.by, answer.prompt) == ("Where is my parcel?", f"model tiny, {label}", label)
    (call,) = spent.calls
    assert (call.step, call.size, call.model, call.prompt, call.outcome) == ("translate", "small", "tiny", label, "ok")
    assert (call.tokens_in, call.tokens_out, call.tokens_cached) == (300, 40, 128)
    assert call.cost == 172 * 1 + 13 + 40 * 10  # 128 from the cache at a tenth, rounded up
    assert meter.spent == {"c1": call.cost}


async def test_the_instructions_stay_the_same_from_turn_to_turn(endpoint: Endpoint, models: Open) -> None:
    endpoint.say, opened = SAID, models(endpoint.url)
    for text in ("Wo ist mein Paket?", "Was kostet der Versand?"):
        await opened.ask("translate", Translated, TEXT | {"message": text})
    first, second = endpoint.asked
    assert first["messages"][0] == second["messages"][0]
    assert first["response_format"] == second["response_format"]
    assert first["response_format"]["json_schema"]["strict"] is True
    assert "tools" not in first


async def test_sizes(endpoint: Endpoint, models: Open) -> None:
    endpoint.say = SAID
    both, one, always = models(endpoint.url), models(endpoint.url, model_large=""), models(endpoint.url, model_use="always")
    await translated(both, size="large")
    await translated(one, size="large")
    await translated(always)
    assert [asked["model"] for asked in endpoint.asked] == ["big", "tiny", "big"]
    assert (both.has("vision"), both.has("large"), models(endpoint.url, model_vision="eye").has("vision")) == (False, True, True)
    assert await failure(both, size="vision") == "NotConfigured"
    assert not open_models(Settings(_env_file=None), MemoryMeter()).has("small")


async def test_pictures_go_along(endpoint: Endpoint, models: Open) -> None:
    endpoint.say = SAID
    await translated(models(endpoint.url, model_vision="eye"), size="vision", images=[b"\xff\xd8jpeg"])
    text, picture = endpoint.asked[0]["messages"][1]["content"]
    assert "<message>" in text["text"]
    assert picture == {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,/9hqcGVn"}}


async def test_a_prompt_and_its_schema_must_agree(endpoint: Endpoint, models: Open) -> None:
    class Other(BaseModel):
        translation: str
        mood: str

    with pytest.raises(PromptError, match=r"translate\.md.*mood, translation"):
        await models(endpoint.url).ask("translate", Other, TEXT)
    assert not endpoint.asked


async def test_an_empty_budget_asks_nothing(endpoint: Endpoint, models: Open) -> None:
    endpoint.say = SAID
    meter = MemoryMeter(conversation=20_000)
    opened = models(endpoint.url, meter)
    with spending("c1"):
        assert await translated(opened)
        meter.spent["c1"] = 15_000
        assert await failure(opened) == "Budget"  # its worst cost is reserved: 4000 tokens out
    with spending("c2"):
        assert await translated(opened)
    assert len(endpoint.asked) == 2


async def test_a_budget_that_cannot_be_read_allows_nothing(endpoint: Endpoint, models: Open) -> None:
    class Away(MemoryMeter):
        async def reserve(self, conversation: str, cost: int) -> bool:
            raise OSError("the database is away")

    assert await failure(models(endpoint.url, Away())) == "NoMeter"
    assert not endpoint.asked


@pytest.mark.parametrize(
    ("script", "cost"), [({"status": 500}, 0), ({"status": 429}, 0), ({"fault": "hang"}, None), ({"say": "no JSON", "usage": None}, None)]
)
async def test_a_failed_call_is_booked(endpoint: Endpoint, models: Open, script: dict[str, Any], cost: int | None) -> None:
    meter = MemoryMeter()
    endpoint.script(say=SAID, **script) if "say" not in script else endpoint.script(**script)
    with spending("c1") as spent:
        await failure(models(endpoint.url, meter))
    worst = prices(Settings(_env_file=None).model_prices)["small"].of(0, 4000)
    booked = meter.spent["c1"]
    assert spent.calls[0].cost == booked
    assert booked == 0 if cost == 0 else booked > worst


async def test_a_cancelled_call_is_booked_too(endpoint: Endpoint, models: Open) -> None:
    endpoint.fault, meter = "hang", MemoryMeter()
    asking = asyncio.create_task(translated(models(endpoint.url, meter)))
    while not endpoint.asked:  # noqa: ASYNC110  a server of our own, which tells nobody
        await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [call.outcome for call in meter.calls] == ["Cancelled"]


async def test_a_turn_has_a_bound_on_calls_and_a_deadline(endpoint: Endpoint, models: Open) -> None:
    endpoint.say, opened = SAID, models(endpoint.url)
    with spending("c1", most=2) as spent:
        found = await asyncio.gather(*(translated(opened) for _ in range(4)), return_exceptions=True)
    assert sorted(item.reason for item in found if isinstance(item, ModelFailed)) == ["TurnLimit", "TurnLimit"]
    assert len(endpoint.asked) == len(spent.calls) == 2
    endpoint.fault = "hang"
    began, patient = time.monotonic(), models(endpoint.url, model_timeout=15.0)
    with spending("c2", seconds=0.5):
        assert [await failure(patient) for _ in range(3)] == ["Timeout", "TurnLimit", "TurnLimit"]
    assert time.monotonic() - began < 10


async def test_the_breaker_opens_and_recovers(endpoint: Endpoint, models: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, skipped = models(endpoint.url), [0.0]
    real = time.monotonic
    breaker = opened._seats["small"].breaker  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(breaker, "_clock", lambda: real() + skipped[0])
    endpoint.script(say=SAID, status=500)
    assert [await failure(opened) for _ in range(7)] == ["ServerError"] * 5 + ["Resting"] * 2
    assert await translated_by(opened, endpoint, "large")  # the other model has its own
    endpoint.status, skipped[0] = 500, 21.0
    found = await asyncio.gather(*(translated(opened) for _ in range(3)), return_exceptions=True)
    assert sorted(str(getattr(item, "reason", item)) for item in found) == ["Resting", "Resting", "ServerError"]
    endpoint.status, skipped[0] = 200, 42.0
    assert await translated(opened)
    assert await translated(opened)


async def translated_by(opened: Models, endpoint: Endpoint, size: Any) -> str:
    endpoint.status = 200
    return await translated(opened, size=size)


async def test_retry_after_is_honoured_within_bounds(endpoint: Endpoint, models: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, skipped = models(endpoint.url), [0.0]
    real = time.monotonic
    monkeypatch.setattr(opened._seats["small"].breaker, "_clock", lambda: real() + skipped[0])  # pyright: ignore[reportPrivateUsage]
    endpoint.script(say=SAID, status=429, headers={"retry-after": "7"})
    assert [await failure(opened) for _ in range(2)] == ["RateLimited", "Resting"]
    endpoint.script(status=200, headers={})
    skipped[0] = 7.1
    assert await translated(opened)
    endpoint.script(status=429, headers={"retry-after": "86400"})
    assert await failure(opened) == "RateLimited"
    endpoint.script(status=200, headers={})
    skipped[0] = 37.5
    assert await translated(opened)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("3", 3.0), ("Wed, 04 Mar 2026 12:00:09 GMT", 9.0), ("nan", None), ("soon", None), ("", None)],
)
def test_retry_after_is_read(said: str, seconds: float | None) -> None:
    class Answered(Exception):
        response = type("Response", (), {"headers": {"retry-after": said}})

    assert retry_after(Answered(), datetime(2026, 3, 4, 12, tzinfo=UTC)) == seconds
    assert retry_after(ValueError()) is None


async def test_a_stream_comes_in_pieces(endpoint: Endpoint, models: Open) -> None:
    endpoint.say, meter = "We are looking into it.", MemoryMeter()
    pieces = [piece async for piece in models(endpoint.url, meter).stream("translate", TEXT)]
    assert len(pieces) > 1
    assert "".join(pieces) == "We are looking into it."
    assert (meter.calls[0].outcome, meter.calls[0].tokens_out) == ("ok", 40)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ({"fault": "hang"}, "Timeout"),
        ({"say": "x" * 2000, "drip": 200.0}, "Timeout"),
        ({"status": 500}, "ServerError"),
        ({"say": ""}, "Empty"),
        ({"say": "word " * 40_000}, "TooLarge"),
        ({"fault": "close"}, "Refused"),
    ],
)
async def test_a_stream_that_fails_says_so_in_time(endpoint: Endpoint, models: Open, script: dict[str, Any], reason: str) -> None:
    endpoint.script(**{"say": "We are looking into it."} | script)
    began, long = time.monotonic(), 8.0 if reason == "TooLarge" else 1.0
    with spending("c1", seconds=2 * long), pytest.raises(ModelFailed) as failed:
        _ = [piece async for piece in models(endpoint.url, model_timeout=long).stream("translate", TEXT)]
    assert failed.value.reason == reason
    assert time.monotonic() - began < 2 * long + 10


async def test_a_reader_who_leaves_a_stream_pays_for_it(endpoint: Endpoint, models: Open) -> None:
    endpoint.say, meter = "We are looking into it.", MemoryMeter()
    stream = models(endpoint.url, meter).stream("translate", TEXT)
    async for _ in stream:
        break
    await stream.aclose()  # pyright: ignore[reportAttributeAccessIssue]
    assert [call.outcome for call in meter.calls] == ["Cancelled"]


def test_the_evaluation_may_have_a_model_of_its_own() -> None:
    with_key = Settings(_env_file=None, openai_api_key=SecretStr("k"), model_small="tiny")
    assert judging(with_key) == "tiny"
    assert judging(with_key.model_copy(update={"model_judge": "wise"})) == "wise"
    for wrong in ({"model_small": ""}, {"openai_api_key": SecretStr("")}):
        with pytest.raises(NotReady, match="PORTSIDE_MODEL_JUDGE"):
            judging(with_key.model_copy(update=wrong))


def test_prices_are_read_and_say_what_is_wrong() -> None:
    found = prices("small 0.5 2, large 3 15 0.3, vision 0 0")
    assert (found["small"], found["large"]) == (Price(0.5, 2, 0.5), Price(3, 15, 0.3))
    assert (found["large"].of(1000, 100, 600), found["vision"].of(9, 9)) == (1200 + 180 + 1500, 0)
    for wrong in ("", "small 0.5", "small 0.5 2", "small -1 2, large 1 1, vision 1 1", "tiny 1 1"):
        with pytest.raises(NotReady, match="PORTSIDE_MODEL_PRICES"):
            prices(wrong)


@pytest.mark.parametrize(
    ("text", "least"), [("Where is my parcel? " * 20, 100), ("我的包裹在哪里？" * 20, 160), ("0123456789" * 20, 70), ("👩‍👩‍👧" * 20, 200)]
)
def test_tokens_are_never_guessed_too_low(text: str, least: int) -> None:
    assert least <= most_in([text]) <= 4 * len(text.encode())


async def test_a_meter_without_a_database_keeps_the_merchants_budgets_too() -> None:
    meter = MemoryMeter.of(Settings(_env_file=None, budget_conversation=0.01, budget_day=0.015))
    assert [await meter.reserve("one", 9_000), await meter.reserve("one", 2_000), await meter.reserve("two", 7_000)] == [True, False, False]
    assert await meter.reserve("", 6_000)
