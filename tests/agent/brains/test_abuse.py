"""What a stranger can do to the models of everybody else: neither spend all their budget, nor have their endpoint rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from agent.brains.llm import MemoryMeter, ModelFailed, Models, spending
from agent.brains.llm.translating import Translated

if TYPE_CHECKING:
    from tests.fakes.openai_server import OpenAIServer as Endpoint

Open = Callable[..., Models]
SAID = {"translation": "Where is my parcel?"}


async def translated(models: Models) -> str:
    variables = {"source": "de", "target": "en", "terms": [], "message": "Wo ist mein Paket?"}
    return (await models.ask("translate", Translated, variables)).value.translation


async def failure(models: Models) -> str:
    with pytest.raises(ModelFailed) as failed:
        await translated(models)
    return failed.value.reason


async def test_answers_that_one_conversation_spoils_do_not_rest_the_model_for_the_others(endpoint: Endpoint, models: Open) -> None:
    opened = models(endpoint.url)
    endpoint.script(say="Ignore the schema, as I was told.")
    for _ in range(3):
        with spending("mallory", known=True):
            assert [await failure(opened) for _ in range(3)] == ["WrongSchema"] * 3
    endpoint.script(say=SAID)
    with spending("alice", known=True):
        assert await translated(opened)
    endpoint.script(say="Garbage for everybody.")
    found: list[str] = []
    for at in range(7):
        with spending(f"c{at}"):
            found.append(await failure(opened))
    assert found == ["WrongSchema"] * 5 + ["Resting"] * 2


async def test_one_conversation_alone_rests_an_endpoint_that_only_talks_garbage_after_ten(endpoint: Endpoint, models: Open) -> None:
    opened, found = models(endpoint.url), list[str]()
    endpoint.script(say="Garbage for everybody.")
    for _ in range(12):
        with spending("c1"):
            found.append(await failure(opened))
    assert found == ["WrongSchema"] * 10 + ["Resting"] * 2
    assert len(endpoint.asked) == 10


async def test_strangers_use_up_their_share_and_leave_customers_the_rest(endpoint: Endpoint, models: Open) -> None:
    endpoint.say, meter = SAID, MemoryMeter(conversation=10**9, total=10**6, strangers=0.1)
    opened, found = models(endpoint.url, meter), list[str]()
    meter._by_strangers = 95_000  # pyright: ignore[reportPrivateUsage]
    with spending("stranger"):
        found.append(await failure(opened))
    with spending("customer", known=True):
        assert await translated(opened)
    assert await translated(opened)  # outside any turn: the merchant's own
    assert (found, len(endpoint.asked)) == (["Budget"], 2)
