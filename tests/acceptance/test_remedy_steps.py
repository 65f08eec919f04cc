"""A return goes its whole way over HTTP: the newcomer plays the warehouse on the command line, and the customer sees every step."""

import asyncio
import re

import pytest
from typer.testing import CliRunner

from agent.desk import overdue
from agent.desk.following import follow_all
from api.cli import app
from api.worker import by_silence, following


@pytest.fixture
def portside(url, monkeypatch, tmp_path):
    """The command line beside the running service; it has an event loop of its own."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PORTSIDE_DATA", str(tmp_path))

    async def run(*words):
        return await asyncio.to_thread(CliRunner().invoke, app, ["demo", *words])

    return run


@pytest.fixture
async def returned(running):
    """(chat, number of the return)"""
    chat = await running.chat()
    reply = await chat.ask("I want to return my order #1045. john@example.com")
    (number,) = re.findall(r"RL-[A-Z0-9]+", reply["text"])
    await running.quiet()
    return chat, number


async def steps(running, chat, kind="return"):
    found = (await running.client.get("/api/chat/remedies", headers=chat.headers)).raise_for_status().json()["remedies"]
    (mine,) = [each for each in found if each["kind"] == kind]
    return mine["over"], [step["text"] for step in mine["steps"] if step["state"] == "done"]


async def test_from_the_label_to_the_money_and_everything_once(running, returned, portside):
    chat, number = returned
    for _ in range(2):  # killed in between, it is simply told again
        done = await portside("return", "receive", number.lower())
        assert done.exit_code == 0, done.output
    assert "no remedy under way waited for it" in done.output
    told = await chat.reply()
    assert (told["author"], told["text"]) == ("bot", f"News of {number} for order #1045: Arrived at our warehouse.")
    for _ in range(2):
        done = await portside("return", "inspect", number, "--grade", "a", "--note", "sealed")
        assert done.exit_code == 0, done.output
    assert await steps(running, chat) == (False, ["Requested", "Label sent", "Arrived at our warehouse", "Checked"])

    desk = await running.operator()
    await running.rows("update operator set authority = 'lead' returning 1")
    (asked,) = (await desk.get("/approvals?state=waiting"))["approvals"]
    assert (asked["requested_by"], asked["kind"], asked["order"], asked["may"]) == ("procedure", "refund", "1045", True)
    assert (await desk.post(f"/approvals/{asked['id']}/approve")).status_code == 200
    await running.quiet()
    over, seen = await steps(running, chat)
    assert over and seen[-2:] == ["Refund in progress", "Settled"]
    assert (await steps(running, chat, "refund"))[1] == ["Requested"]
    (row,) = [each for each in (await desk.get("/ledger?order=1045"))["effects"] if each["kind"] == "refund"]
    assert (row["state"], row["authority"], row["approved_by"]) == ("confirmed", "procedure", "operator@lumenandloom.example")
    order = await running.p.parts.orders.by_number("1045")
    assert order.refunded.minor == row["amount"]["minor"] == asked["amount"]["minor"]

    await running.rows(
        "update procedure set detail = jsonb_set(detail, '{told,at}', to_jsonb('2020-01-01T00:00:00+00:00'::text)) where kind = 'return' returning 1"
    )
    for _ in range(2):
        await overdue.overdue(following(running.p), by_silence(running.p))
        await follow_all(following(running.p))
    last = await chat.reply()
    assert last["text"].startswith(f"News of {number} for order #1045: Checked. We have ordered the refund of ")
    assert len([message for message in await chat.replies() if "News of" in message["text"]]) == 2
    assert (await desk.get("/cases"))["cases"] == []


async def test_what_is_damaged_comes_to_an_operator_who_sends_it_back(running, returned, portside):
    chat, number = returned
    await portside("return", "receive", number)
    await portside("return", "inspect", number, "--grade", "D", "--note", "Broken by a fall.")
    desk = await running.operator()
    case = await desk.case()
    assert "Grade D" in case["summary"] and "Broken by a fall." in case["summary"]
    (found,) = (await desk.get("/procedures?order=1045"))["procedures"]
    assert (await desk.post(f"/procedures/{found['id']}/events", event="send_back")).status_code == 200
    answer = await desk.answer(case, "edit", text="We send it back to you.")
    assert answer.status_code == 202
    await running.quiet()
    assert "We send it back to you." in [message["text"] for message in await chat.replies()]


async def test_a_label_that_is_never_used_lapses_in_the_shop_as_well(running, returned):
    chat, number = returned
    await running.rows("update procedure set due_at = now() - interval '1 day' returning 1")
    for _ in range(2):
        await overdue.overdue(following(running.p), by_silence(running.p))
    assert (await chat.reply())["text"] == f"News of {number} for order #1045: Label expired."
    (slip,) = await running.rows('select step from demo_shop."return" where number = %(number)s', number=number)
    assert slip == {"step": "refused"}


async def test_unknown_numbers_are_said_clearly(portside, running):
    wrong = {
        ("return", "receive", "RL-NONE99"): "There is no return",
        ("return", "inspect", "RL-NONE99"): "There is no return",
        ("parcel", "ship", "999999"): "There is no order #999999",
        ("parcel", "deliver", "999999"): "no parcel under way",
        ("claim", "answer", "CL-NONE99", "lost"): "There is no claim",
        ("repair", "done", "RP-NONE99"): "There is no visit",
        ("repair", "missed", "RP-NONE99"): "There is no visit",
    }
    for words, says in wrong.items():
        assert says in str((await portside(*words)).exception), words
    for words in (("return", "inspect", "RL-NONE99", "--grade", "F"), ("claim", "answer", "CL-NONE99", "perhaps")):
        assert (await portside(*words)).exit_code == 2
    for words in (("parcel", "ship", "#1054"), ("parcel", "deliver", "1054")):
        done = await portside(*words)
        assert done.exit_code == 0, done.exception
    assert "no remedy under way waited for it" in done.output
