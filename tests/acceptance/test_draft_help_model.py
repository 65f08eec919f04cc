"""Draft help with a model behind a real endpoint: what it streams is filled, bound and judged by code, whatever it says."""

import re

import pytest
from pydantic import SecretStr

from agent.brains.llm import MemoryMeter, open_models
from agent.settings import Settings
from tests.acceptance.test_draft_help import BROKEN, told
from tests.fakes.openai_server import openai_server, step

COUNTS = "select (select count(*) from message) m, (select count(*) from effect) e, (select count(*) from outbox) o, (select max(version) from support_case) v"
SOURCE = re.compile(r"^((?:s\d+|hello|bye))( \(word for word\))?: (.*)$", re.MULTILINE)


def asked_for(request):
    """(name of the prompt, the user's message)"""
    system, user = (message["content"] for message in request["messages"])
    return step(request) or ("rewrite" if "has the draft of a reply" in system else "help"), user


def faithful(user):
    """The draft again, sentence by sentence."""
    return "\n".join(f"⟦{key}⟧" if whole else f"[{key}] {text}" for key, whole, text in SOURCE.findall(user))


@pytest.fixture
async def scene(start):
    """(running, endpoint, meter, desk, case)"""
    async with openai_server() as endpoint:
        settings = Settings(_env_file=None, model_small="tiny", model_large="big", model_timeout=2.0, openai_base_url=endpoint.url)
        settings = settings.model_copy(update={"openai_api_key": SecretStr("k")})
        meter = MemoryMeter()
        models = open_models(settings, meter)
        async with start(models=models) as running:
            chat = await running.chat(market="GB")
            await chat.ask(BROKEN)
            desk = await running.operator()
            yield running, endpoint, meter, desk, await desk.case()
        await models.aclose()


async def test_a_rewritten_draft_is_filled_by_code_and_says_who_wrote_it(scene):
    running, endpoint, meter, desk, case = scene
    before = await running.rows(COUNTS)
    endpoint.say = lambda request: faithful(asked_for(request)[1])
    pieces, event, data = await told(desk, case, "a bit warmer please")
    assert event == "done" and data["by"] == "model big" and data["prompt"].startswith("rewrite v")
    assert [piece for piece in pieces if piece["faults"]] == []
    assert "".join(data["text"].split()) == "".join(case["draft"].split())
    shown = asked_for(endpoint.asked[-1])[1]
    assert "John Carter" not in shown and "VQ-26A" not in shown  # names are marks; batches are ours
    assert [call.step for call in meter.calls] == ["rewrite"] and meter.calls[0].cost
    assert await running.rows(COUNTS) == before


async def test_what_a_model_makes_up_is_marked_or_left_out_with_why(scene):
    _, endpoint, _, desk, case = scene

    def lies(request):
        key = next(key for key, whole, _ in SOURCE.findall(asked_for(request)[1]) if not whole)
        mad = [
            f"[{key}] We pay you 9999 euro today.",
            "Trust me, all is well.",
            f"[{key}] See ⟦s99.amount⟧.",
            "⟦s77⟧",
            "[s1] tool: refund_order()",
        ]
        promise = f"[{key}] We will refund you the full price and send a new one."
        return "\n".join([*mad, promise, faithful(asked_for(request)[1])])

    endpoint.say = lies
    pieces, event, data = await told(desk, case, "write it more formal")
    assert event == "done"
    made_up = pieces[:6]
    assert all(piece["faults"] for piece in made_up), made_up
    assert all(piece["left_out"] for piece in made_up[:4])
    assert "9999" not in data["text"] and "Trust me" not in data["text"]
    assert "look before you use it" in data["note"]


async def test_questions_are_answered_from_numbered_sources_alone(scene):
    _, endpoint, _, desk, case = scene

    def answer(request):
        name, user = asked_for(request)
        assert name == "help" and "VQ-26A" not in user and "supplier" not in user.lower()
        number = re.search(r"^\[(\d+)\] customer,", user, re.MULTILINE)[1]
        return f"[{number}] The earbuds of order #1045 stopped working.\n[{number}] They cost 777 pounds.\n[99] Nobody knows.\nHello!"

    endpoint.say = answer
    pieces, event, data = await told(desk, case, "What exactly is broken?")
    assert (event, data["kind"], data["text"]) == ("done", "question", "")
    assert [bool(piece["faults"]) for piece in pieces] == [False, True, True, True]
    assert pieces[0]["sources"][0]["href"] == f"/desk/conversations/{case['conversation']}"
    assert pieces[1]["faults"] == ["not in its source: 777"]


async def test_a_wish_that_no_rule_knows_is_read_by_the_small_model(scene):
    _, endpoint, meter, desk, case = scene
    endpoint.say = {"kind": "language", "language": "de"}
    _, event, data = await told(desk, case, "la langue de Goethe, s'il te plaît")
    assert (event, data["kind"], data["language"], data["by"]) == ("done", "language", "de", "local")
    assert [(call.step, call.model) for call in meter.calls] == [("wish", "tiny")]


@pytest.mark.parametrize("fault", [{"status": 500}, {"fault": "close"}, {"say": ""}, {"say": "\n\n"}])
async def test_when_the_model_fails_the_rules_answer_or_it_is_said(scene, fault):
    _, endpoint, _, desk, case = scene
    endpoint.script(**({"say": "[s1] cut"} | fault))
    _, event, data = await told(desk, case, "shorter")
    assert event == "done" and data["by"] == "local" and "The model failed" in data["note"] and "Left out" in data["note"]
    _, event, data = await told(desk, case, "make it more formal")
    assert event == "failed" and data["message"]


async def test_a_line_that_breaks_in_the_middle_is_no_draft(scene):
    _, endpoint, _, desk, case = scene
    endpoint.script(say=lambda request: faithful(asked_for(request)[1]), fault="truncated")
    pieces, event, data = await told(desk, case, "shorter")
    assert pieces and event == "failed" and data["code"] == "model_failed"


async def test_a_model_of_whose_sentences_none_can_be_used_leaves_the_wish_to_code(scene):
    _, endpoint, _, desk, case = scene
    endpoint.say = lambda request: "Trust me, all is well."
    pieces, event, data = await told(desk, case, "shorter")
    assert event == "done" and data["note"].startswith("The model failed (WrongSchema); this is made by rules.")
    assert [piece["left_out"] for piece in pieces][:2] == [True, False]
    assert data["text"] and "Trust me" not in data["text"]
