"""The judge end to end: the real client against a scripted endpoint."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agent.errors import NotReady
from agent.settings import Settings
from eval.commands.run import run
from eval.judging.opinion import TOKENS
from eval.model_judge import ABREAST, GIVEN_UP, judge
from prompts import load

Judged = Callable[..., Any]
PATIENCE = 1.0


def settings(url: str, model: str = "tiny") -> Settings:
    return Settings(_env_file=None, openai_base_url=url, openai_api_key=SecretStr("k" if url else ""), model_small=model)


def opinion(resolution: str = "right", **given: Any) -> dict[str, Any]:
    return {"reason": "It answers the question.", "resolution": resolution, "helpful": 4, "polite": 5} | given


@pytest.mark.parametrize(("resolution", "row"), [("right", 0), ("wrong", 1), ("cannot_tell", 2)])
async def test_what_the_model_says_is_counted(endpoint: Any, judged: Judged, resolution: str, row: int) -> None:
    endpoint.say = opinion(resolution)
    seen: list[tuple[int, int]] = []
    found = await judge(settings(endpoint.url), judged(4, 9), most=10, progress=lambda done, total: seen.append((done, total)))
    assert (found["model"], found["prompt"], found["n"], found["failed"]) == ("tiny", load("judge").label, 10, 0)
    assert [line[row] for line in found["table"]["counts"]] == [6, 4]
    assert found["agreement"]["n"] == (0 if resolution == "cannot_tell" else 10)
    assert len(found["disagreements"]) == {"right": 4, "wrong": 6, "cannot_tell": 0}[resolution]
    assert (found["helpful"], found["polite"]) == (4, 5)
    assert seen == [(done, 10) for done in range(1, 11)]
    assert len(endpoint.asked) == 10
    assert endpoint.peak <= ABREAST
    json.dumps(found, allow_nan=False)


async def test_it_is_asked_once_a_turn_with_bounds_and_a_form(endpoint: Any, judged: Judged) -> None:
    endpoint.say = opinion()
    await judge(settings(endpoint.url), judged(0, 1))
    (asked,) = endpoint.asked
    assert (asked["model"], asked["temperature"], asked["max_completion_tokens"]) == ("tiny", 0, TOKENS)
    assert list(asked["response_format"]["json_schema"]["schema"]["properties"]) == ["reason", "resolution", "helpful", "polite"]
    assert "<reply>\nIt is on its way.\n</reply>" in asked["messages"][1]["content"]


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"delay": 3.0, "say": opinion()}, {"Timeout"}),
        ({"status": 401, "say": b"{}"}, {"NotAuthorised"}),
        ({"say": opinion(helpful=9)}, {"WrongSchema"}),
        ({"say": opinion("fine")}, {"WrongSchema"}),
        ({"say": {"resolution": "right"}}, {"WrongSchema"}),
        ({"say": "Right, I would say."}, {"WrongSchema", "Garbage"}),
        ({"say": b"<html>"}, {"Garbage"}),
        ({"say": b"x" * 1_000_000}, {"TooLarge"}),
        ({"say": ""}, {"Empty", "WrongSchema"}),
    ],
)
async def test_a_failed_call_is_counted_and_no_verdict(endpoint: Any, judged: Judged, fault: dict[str, Any], named: set[str]) -> None:
    for name, value in fault.items():
        setattr(endpoint, name, value)
    began = time.monotonic()
    found = await judge(settings(endpoint.url), judged(1, 1), patience=PATIENCE)
    assert time.monotonic() - began < PATIENCE + 10
    assert (found["n"], found["failed"], found["failures"].keys() <= named) == (2, 2, True), found["failures"]
    assert found["agreement"]["n"] == sum(map(sum, found["table"]["counts"])) == 0
    assert found["helpful"] is None


async def test_a_dead_endpoint_is_not_asked_for_ever(judged: Judged) -> None:
    found = await judge(settings("http://127.0.0.1:9/v1"), judged(0, 30), patience=PATIENCE)
    assert (found["n"], found["failed"]) == (30, 30)
    assert found["failures"]["GivenUp"] >= 30 - GIVEN_UP - ABREAST


async def test_nothing_to_judge_asks_nothing(endpoint: Any) -> None:
    found = await judge(settings(endpoint.url), [])
    assert (found["n"], endpoint.asked) == (0, [])


@pytest.mark.parametrize(("url", "model"), [("", "tiny"), ("http://127.0.0.1:9/v1", "")])
async def test_without_a_model_it_says_what_to_set(judged: Judged, url: str, model: str) -> None:
    with pytest.raises(NotReady, match="PORTSIDE_MODEL_SMALL, and OPENAI_API_KEY or OPENAI_BASE_URL"):
        await judge(settings(url, model), judged(1, 1))


def test_the_command_refuses_before_it_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTSIDE_MODEL_SMALL", "")
    with pytest.raises(NotReady, match="A model judge needs a model"):
        run(judge=True)
