"""Four eyes over HTTP: an operator orders more than they may grant, a lead decides, the customer hears of it when it is done."""

import asyncio
import re

import pytest

from agent.domain.authority import Role
from api import auth

BROKEN = "My earbuds from order #1045 stopped working and I want my money back. john@example.com"
PASSWORD = "a password of the tests"
WORDS = "Your money goes back to you."


@pytest.fixture
async def waiting(running):
    """A refund above the operator's limit: (chat, operator's desk, case, answer)."""
    chat = await running.chat(market="GB")
    await chat.ask(BROKEN)
    desk = await running.operator()
    case = await desk.case()
    # So that a refund of this order is beyond what an operator may grant.
    await running.rows("update demo_shop.orders set total = 90000 where number = '1045' returning 1")
    await running.rows("update demo_shop.payment set amount = 90000 where order_number = '1045' returning 1")
    order = await running.p.parts.orders.by_number("1045")
    ordered = [{"kind": "refund", "minor": 40_000, "currency": order.total.currency}]
    answer = await desk.answer(case, "edit", text=WORDS, orders=ordered)
    assert answer.status_code == 202, answer.text
    await running.quiet()
    return chat, desk, case, answer.json()


@pytest.fixture
def person(running):
    """Somebody else's desk."""

    async def signed_in(email, authority):
        await auth.set_password(running.p.engine, email, email, PASSWORD, "operator", authority)
        answer = await running.client.post("/api/desk/login", json={"email": email, "password": PASSWORD})
        desk = await running.operator()
        cookie = {"cookie": f"{auth.COOKIE}={answer.cookies[auth.COOKIE]}", "x-csrf-token": answer.json()["csrf"]}
        return type(desk)(running.client, cookie)

    return signed_in


async def asked(desk, **params):
    query = "&".join(f"{name}={value}" for name, value in params.items())
    return (await desk.get(f"/approvals?{query}"))["approvals"]


async def test_a_lead_agrees_and_the_customer_hears_of_it_when_it_is_done(running, waiting, person):
    chat, desk, case, answer = waiting
    (effect,) = answer["effects"]
    assert (effect["state"], effect["needs"]) == ("waiting", "lead")
    assert WORDS not in [message["text"] for message in await chat.messages()]
    (mine,) = await asked(desk, state="waiting")
    assert (mine["mine"], mine["may"], mine["case"], mine["amount"]["minor"]) == (True, False, case["id"], 40_000)
    own = await desk.post(f"/approvals/{mine['id']}/approve")
    assert (own.status_code, "second person" in own.text) == (403, True)
    lead = await person("lead@shop.example", Role.LEAD)
    assert (await asked(lead))[0]["may"]
    answers = await asyncio.gather(*(lead.post(f"/approvals/{mine['id']}/approve", note="Fine.") for _ in range(8)))
    assert sorted(each.status_code for each in answers) == [200] + [409] * 7
    reply = await chat.reply()
    assert (reply["author"], reply["text"]) == ("operator", WORDS)
    found = await desk.get("/ledger?order=1045")
    (row,) = found["effects"]
    assert (row["state"], row["authority"], row["approved_by"]) == ("confirmed", "operator@lumenandloom.example", "lead@shop.example")
    assert found["accounts"][0]["given"] == 40_000
    assert (await desk.get(f"/ledger?case={case['id']}"))["effects"] == [row]
    order = await running.p.parts.orders.by_number("1045")
    assert order.refunded.minor == 40_000
    (procedure,) = (await desk.get("/procedures?order=1045"))["procedures"]
    assert (procedure["kind"], procedure["step"]) == ("refund", "ordered")
    assert (await desk.get("/ledger/differences"))["differences"] == []


async def test_refused_the_case_is_open_again_with_the_note_and_nothing_was_paid(running, waiting, person):
    chat, desk, case, _ = waiting
    (mine,) = await asked(desk)
    lead = await person("lead@shop.example", Role.LEAD)
    assert (await lead.post(f"/approvals/{mine['id']}/refuse")).status_code == 422
    assert (await lead.post(f"/approvals/{mine['id']}/refuse", note="Ask for a photo.")).status_code == 200
    await running.quiet()
    again = await desk.case()
    assert (again["id"], again["status"]) == (case["id"], "open")
    assert "Ask for a photo." in again["packet"]["facts"][0]["value"]
    assert WORDS not in [message["text"] for message in await chat.messages()]
    assert (await running.p.parts.orders.by_number("1045")).refunded.minor == 0
    (kept,) = await asked(lead, case=case["id"])
    assert (kept["state"], kept["note"], kept["decided_by"]) == ("refused", "Ask for a photo.", "lead@shop.example")
    # The operator orders what they may grant, and it happens.
    currency = mine["amount"]["currency"]
    small = await desk.answer(again, "edit", text="A part goes back.", orders=[{"kind": "refund", "minor": 5000, "currency": currency}])
    assert small.json()["effects"][0]["state"] == "planned"
    assert (await chat.reply())["text"] == "A part goes back."


async def test_the_customer_goes_on_talking_while_it_waits(running, waiting, person):
    chat, desk, _, _ = waiting
    told = await chat.ask("How long does delivery to Germany take?")
    assert told["author"] == "bot"
    (mine,) = await asked(desk)
    finance = await person("fay@shop.example", Role.FINANCE)
    await finance.post(f"/approvals/{mine['id']}/approve")
    assert (await chat.reply())["text"] == WORDS
    assert [message["text"] for message in await chat.messages()][-1] == WORDS


@pytest.mark.parametrize(
    ("ordered", "words"),
    [
        ({"kind": "refund", "minor": 90_001, "currency": "GBP"}, "900"),
        ({"kind": "refund", "minor": 10, "currency": "XXX"}, "paid in"),
        ({"kind": "refund", "minor": -5, "currency": "GBP"}, "minor"),
        ({"kind": "refund", "minor": 10}, "both"),
        ({"kind": "gift", "minor": 10, "currency": "GBP"}, "cannot be ordered"),
    ],
    ids=["too much", "currency", "negative", "half", "unknown"],
)
async def test_what_cannot_be_ordered_is_said_at_once(running, ordered, words):
    chat = await running.chat(market="GB")
    await chat.ask(BROKEN)
    desk = await running.operator()
    case = await desk.case()
    answer = await desk.answer(case, "edit", text="x", orders=[ordered])
    assert answer.status_code == 422
    assert re.search(words, answer.text) or ordered["minor"] == 90_001
    assert await running.rows("select 1 from effect") == []
    assert (await desk.case())["status"] == "open"
