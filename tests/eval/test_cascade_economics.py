"""Three ways to play the same cases: what they cost is counted call by call, and what is lost is told turn by turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from agent.settings import Settings
from eval.cascade.asked import Answer, Asked, tokens
from eval.cascade.economics import Judged, against, by_language, figures, judged
from eval.cascade.endpoint import Endpoint, serving
from eval.cascade.oracle import FILLER, Oracle, beside
from eval.cascade.way import ALWAYS, CASCADE, LARGE, LOCAL, Plan, Turned, Way, theatre
from eval.case import Case
from eval.stage import Stage

Cases = Callable[..., Case]


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with serving(lambda asked: Answer({"text": asked.user})) as made:
        yield made


async def played(way: Way, stage: Stage, endpoint: Endpoint, case: Case, wrong: float = 0.0) -> list[Turned]:
    settings = Settings(_env_file=None, brand=stage.brand)
    plan = Plan(settings=settings, thresholds=stage.thresholds, way=way, wrong={LARGE: wrong})
    # In the demo any reader acts on our thresholds; elsewhere a model's readings are handed over until they are certified.
    made = theatre(plan, replace(stage, demo=True), endpoint)
    try:
        return await made.play(case)
    finally:
        await made.models.aclose()


def status(case: Cases, own: tuple[str, str]) -> Case:
    gold = {"intents": ["order_status"], "outcomes": ["resolve"], "language": "en"}
    return case(turns=[{"text": f"order_status: {own[0]} {own[1]}", "gold": gold}])


async def test_local_calls_nobody_and_always_calls_for_every_step(stage: Stage, endpoint: Endpoint, case: Cases, own: Any) -> None:
    (local,) = await played(Way(name=LOCAL), stage, endpoint, status(case, own))
    assert local.calls == () and endpoint.asked == 0
    (always,) = await played(Way(name=ALWAYS), stage, endpoint, status(case, own))
    assert {call.step for call in always.calls} >= {"triage", "write"}
    assert {call.model for call in always.calls} == {LARGE}
    assert endpoint.asked == len(always.calls) and all(call.cost > 0 and call.outcome == "ok" for call in always.calls)
    assert always.record.outcome == local.record.outcome == "resolve"
    assert always.record.reply == local.record.reply  # it only repeats


async def test_the_cascade_calls_below_its_certainty_alone(stage: Stage, endpoint: Endpoint, case: Cases, own: Any) -> None:
    steps = {}
    for sure in (0.0, 2.0):
        (turn,) = await played(Way(name=CASCADE, sure=sure), stage, endpoint, status(case, own))
        steps[sure] = [call.step for call in turn.calls]
    assert steps == {0.0: [], 2.0: ["triage"]}


async def test_a_reader_mishears_the_same_wishes_each_time(stage: Stage, endpoint: Endpoint, case: Cases, own: Any) -> None:
    one = status(case, own)
    heard = [(await played(Way(name=ALWAYS), stage, endpoint, one, wrong=share))[0].record.intents[0][0] for share in (0.0, 1.0, 1.0)]
    assert heard[0] == "order_status" and heard[1] == heard[2] != heard[0]


async def test_turns_are_judged_by_their_labels(stage: Stage, endpoint: Endpoint, case: Cases, own: Any) -> None:
    right, wrong = status(case, own), status(case, own).model_copy(update={"id": "en-2"})
    turned = await played(Way(name=ALWAYS), stage, endpoint, right)
    handed = turned[0].record.model_copy(update={"case": "en-2", "outcome": "handoff"})
    found = judged([right, wrong], [*turned, Turned(handed, ())])
    assert [(row.right, row.needless, row.calls > 0) for row in found.values()] == [(True, False, True), (False, True, False)]


def turn(case: str, *, calls: int, right: bool = True, cost: int = 10) -> Judged:
    return Judged(
        case=case,
        language="de" if case < "c" else "en",
        calls=calls,
        steps=("triage small",) * calls,
        tokens_in=100 * calls,
        tokens_out=10 * calls,
        cached=50 * calls,
        cost=cost * calls,
        crash=False,
        wrong=not right,
        needless=False,
        handed_over=False,
    )


def test_shares_of_calls_and_losses_are_of_the_same_turns() -> None:
    one = {(name, 0): turn(name, calls=1, right=name != "a") for name in "abcd"}
    other = {(name, 0): turn(name, calls=4, right=name != "b", cost=30) for name in "abcde"}
    found = against(one, other)
    assert (found["calls_share"], found["cost_share"]) == (0.25, round(10 / 120, 4))
    assert (found["lost"], found["won"], found["newly_wrong"], found["no_longer_wrong"]) == (1, 1, 1, 1)
    assert found["right_difference"] == 0.0 and found["right_difference_interval"][0] < 0 and not found["no_loss"]


def test_figures_are_per_turn_and_by_language() -> None:
    rows = [turn("a", calls=2), turn("b", calls=0), turn("c", calls=1, right=False)]
    found = figures(rows)
    assert (found["calls"], found["calls_a_turn"], found["tokens_in_a_turn"], found["cached_share"]) == (3, 1.0, 100, 0.5)
    assert found["euro_a_thousand_turns"] == 0.01
    assert (found["right"]["hits"], found["wrong"]["hits"], found["steps"]) == (2, 1, {"triage small": 3})
    assert {code: row["right"] for code, row in by_language(rows).items()} == {"de": 1.0, "en": 0.0}


def test_the_oracle_keeps_every_mark_of_a_translation() -> None:
    body = {
        "messages": [{"role": "user", "content": "From de into en.\n\n<message>\nWo ist ⟦1⟧?\n\nDanke ⟦2⟧\n</message>"}],
        "response_format": {"json_schema": {"schema": {"properties": {"translation": {}}}}},
    }
    assert Oracle()(Asked(body)).content == {"translation": f"{FILLER} ⟦1⟧\n\n{FILLER} ⟦2⟧"}


def test_the_oracle_translates_with_its_reading_only_when_told_to() -> None:
    def said(wish: str) -> str:
        user = f"{wish}\n<message>\nWo ist #1042?\n</message>"
        return beside(Asked({"messages": [{"role": "user", "content": user}]}))

    assert said("Translation wanted: en") == f"{FILLER} #1042"
    assert said("") == ""


async def test_the_endpoint_speaks_as_openai_does(endpoint: Endpoint) -> None:
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "Wo?"}, {"type": "image_url"}]},
    ]
    async with httpx.AsyncClient(base_url=endpoint.url) as client:
        first = (await client.post("chat/completions", json={"model": "m", "messages": messages})).json()
        second = (await client.post("chat/completions", json={"model": "m", "messages": messages})).json()
        streamed = (await client.post("chat/completions", json={"model": "m", "messages": messages, "stream": True})).text
    assert first["choices"][0]["message"]["content"] == '{"text": "Wo?"}'
    assert [made["usage"]["prompt_tokens_details"]["cached_tokens"] for made in (first, second)] == [0, tokens("Be brief.")]
    assert streamed.endswith("data: [DONE]\n\n") and '"finish_reason": "stop"' in streamed


async def test_the_endpoint_ends_with_nothing_left_at_work() -> None:
    before = asyncio.all_tasks()
    async with httpx.AsyncClient() as client:
        async with serving(lambda asked: Answer("")) as endpoint:
            await client.post(f"{endpoint.url}/chat/completions", json={"model": "m", "messages": []})
            assert asyncio.all_tasks() > before  # the connection is kept for the next request
        assert asyncio.all_tasks() == before
