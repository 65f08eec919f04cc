"""The customer chooses a way out in the chat: proven by a mailed code, carried out once, told when it is true."""

import asyncio
import re

import pytest

#: Signed in at the shop, where no code is needed; and by order and e-mail alone, where it is.
LOST = (
    "select o.number, o.email, o.total, c.language from demo_shop.orders o join demo_shop.customer c on c.id = o.customer"
    " where o.state = 'lost' and o.currency = 'EUR' and o.total < 9000 and c.tier in ('drift', 'swell') order by o.number"
)


@pytest.fixture
async def lost(running):
    """A parcel that never came, worth less than an operator's limit."""
    return (await running.rows(LOST))[0]


@pytest.fixture
async def asked(running, lost):
    """The chat after the hand-off, the desk, and the case with its offers."""
    chat = await running.chat()
    told = await chat.ask(f"My parcel #{lost['number']} is lost, what now? {lost['email']}")
    desk = await running.operator()
    return chat, desk, await desk.case(), told


def code_in(rows):
    (mail,) = rows[:1]
    return re.findall(r"\b\d{6}\b", bytes(mail["content"]).decode())[-1]


async def mailed(running):
    return await running.rows("select content from demo_shop.document where kind = 'mail' order by created_at desc")


async def test_ways_out_are_told_with_the_hand_off_and_the_choice_waits_for_a_colleague(running, asked):
    chat, desk, case, told = asked
    assert re.search(r"^1\. ", told["text"], re.MULTILINE) and re.search(r"^2\. ", told["text"], re.MULTILINE)
    assert "colleague confirms" in told["text"]
    noted = await chat.ask("2")
    assert "noted your choice" in noted["text"]
    chosen = (await desk.case())["packet"]["chosen"]
    assert chosen["key"] == case["packet"]["offers"][1]["key"]
    assert await running.rows("select 1 from effect") == []


async def test_offered_by_an_operator_chosen_in_the_chat_proven_by_a_code_it_happens_once(running, asked, lost):
    chat, desk, case, _ = asked
    answer = await desk.post(f"/cases/{case['id']}/offer", version=case["version"], keys=["offer-reship", "offer-refund"])
    assert answer.status_code == 202, answer.text
    offered = await chat.reply()
    assert (offered["author"], "2. " in offered["text"]) == ("operator", True)
    code_asked = await chat.ask("the refund please")
    assert lost["email"][1:8] not in code_asked["text"]
    assert "•••@" in code_asked["text"]
    assert await running.rows("select 1 from effect where kind = 'refund'") == []
    wrong = await chat.ask("000000")
    assert "not right" in wrong["text"]
    done = await chat.ask(code_in(await mailed(running)))
    assert "ordered the refund" in done["text"]
    (row,) = await running.rows("select state, amount, authority from effect where kind = 'refund'")
    assert (row["state"], row["amount"], row["authority"]) == ("confirmed", lost["total"], "operator@lumenandloom.example")
    (paid,) = await running.rows("select sum(amount) as back from demo_shop.refund where order_number = %(order)s", order=lost["number"])
    assert paid["back"] == lost["total"]
    again = await chat.ask("the refund please")
    assert "ordered the refund" not in again["text"]


async def test_what_is_above_the_operators_limit_is_not_chosen_unread_and_not_promised(running):
    (dear,) = await running.rows(LOST.replace("o.total < 9000", "o.total between 15100 and 45000") + " limit 1")
    chat = await running.chat(dear["email"])
    told = await chat.ask(f"My parcel #{dear['number']} is lost")
    assert "1. " not in told["text"]
    await chat.post("1")
    await running.quiet()
    desk = await running.operator()
    case = await desk.case()
    assert case["packet"]["chosen"] is None, "nobody chooses from what was never read"
    await desk.post(f"/cases/{case['id']}/offer", version=case["version"], keys=["offer-refund"])
    assert "colleague confirms" in (await chat.reply())["text"]


async def test_a_signed_customer_needs_no_code(running, lost):
    chat = await running.chat(lost["email"])
    await chat.ask(f"My parcel #{lost['number']} is lost, I want it again")
    desk = await running.operator()
    case = await desk.case()
    await desk.post(f"/cases/{case['id']}/offer", version=case["version"], keys=["offer-reship"])
    await chat.reply()
    done = await chat.ask("yes please")
    (made,) = await running.rows("select number, priority from demo_shop.orders where parent = %(order)s", order=lost["number"])
    assert f"#{made['number']}" in done["text"]
    assert made["priority"]


async def test_twenty_choices_at_once_are_one(running, lost):
    chat = await running.chat(lost["email"])
    await chat.ask(f"My parcel #{lost['number']} is lost, I want my money back")
    desk = await running.operator()
    case = await desk.case()
    await desk.post(f"/cases/{case['id']}/offer", version=case["version"], keys=["offer-refund"])
    await chat.reply()
    await asyncio.gather(*(chat.post("yes please") for _ in range(20)))
    await running.quiet()
    (paid,) = await running.rows("select sum(amount) as back from demo_shop.refund where order_number = %(order)s", order=lost["number"])
    assert paid["back"] == lost["total"]


async def test_nobody_offers_what_the_case_does_not_hold_and_only_once(running, asked):
    _, desk, case, _ = asked
    path = f"/cases/{case['id']}/offer"
    assert (await desk.post(path, version=case["version"], keys=["offer-gold"])).status_code == 422
    assert (await desk.post(path, version=case["version"] - 1, keys=["offer-refund"])).status_code == 409
    answers = await asyncio.gather(*(desk.post(path, version=case["version"], keys=["offer-refund"]) for _ in range(5)))
    assert sorted(each.status_code for each in answers) == [202, 409, 409, 409, 409]


async def test_faster_shipping_is_offered_with_its_consequences_and_chosen(running):
    (open_order,) = await running.rows(
        "select number, email, total from demo_shop.orders where state = 'paid' and currency = 'EUR' and email not like '%%example.com' order by number limit 1"
    )
    chat = await running.chat(open_order["email"])
    told = await chat.ask(f"Can I get express shipping for #{open_order['number']}, please?")
    assert "CO₂" in told["text"]
    done = await chat.ask("1")
    (after,) = await running.rows("select service, total from demo_shop.orders where number = %(number)s", number=open_order["number"])
    assert after["service"] == "express", done["text"]
