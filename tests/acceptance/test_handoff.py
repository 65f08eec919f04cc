"""A person takes over: the case waits, the operator answers, the customer sees it, and the agent goes on."""

import asyncio

import pytest
from sqlalchemy import text

from agent.brains.unaided import Unaided
from agent.commerce.demo_effects import DemoEffects

BROKEN = "My earbuds from order #1045 stopped working and I want my money back. john@example.com"


@pytest.fixture
async def waiting(running):
    """A conversation that was handed over: (chat, desk, case)."""
    chat = await running.chat(market="GB")
    told = await chat.ask(BROKEN)
    assert "colleague" in told["text"]
    assert await chat.state() == {"owner": "desk", "waiting": True}
    desk = await running.operator()
    case = await desk.case()
    assert len(await running.rows("select 1 from checkpoints where thread_id like %(turn)s || ':%%'", turn=told["turn"])) == 1
    return chat, desk, case


async def closed(running, case):
    """The case's row after the graph has gone on to its end."""
    await running.quiet()
    (row,) = await running.rows("select * from support_case where id = %(id)s", id=case["id"])
    assert await running.rows("select 1 from checkpoints") == []
    return row


async def test_the_case_holds_what_an_operator_needs(waiting):
    _, _, case = waiting
    packet = case["packet"]
    assert packet["original"] == BROKEN
    assert "John Carter" in packet["summary"]
    assert any("Batch" in fact["label"] for fact in packet["facts"])
    assert {remedy["kind"] for remedy in packet["suggested"]} >= {"refund"}
    assert "John Carter" in case["draft"]


async def test_an_approved_draft_reaches_the_customer_as_it_is(running, waiting):
    chat, desk, case = waiting
    assert (await desk.answer(case, "approve")).status_code == 202
    reply = await chat.reply()
    assert (reply["author"], reply["text"]) == ("operator", case["draft"])
    row = await closed(running, case)
    assert (row["status"], row["edit_distance"], row["sent"]) == ("answered", 0, case["draft"])
    assert await chat.state() == {"owner": "bot", "waiting": False}


async def test_an_edited_draft_is_sent_and_its_distance_is_kept(running, waiting):
    chat, desk, case = waiting
    await desk.answer(case, "edit", text=case["draft"] + " Bye!")
    assert (await chat.reply())["text"].endswith(" Bye!")
    row = await closed(running, case)
    assert (row["status"], row["edit_distance"]) == ("answered", len(" Bye!"))


async def test_a_rejected_draft_sends_nothing_and_the_agent_answers_again(running, waiting):
    chat, desk, case = waiting
    await desk.answer(case, "reject")
    row = await closed(running, case)
    assert (row["status"], row["sent"]) == ("rejected", None)
    assert [message["author"] for message in await chat.messages()] == ["customer", "bot"]
    assert (await chat.ask("How long does delivery to Germany take?"))["author"] == "bot"


async def test_only_the_first_of_two_answers_counts(running, waiting):
    chat, desk, case = waiting
    answers = await asyncio.gather(*(desk.answer(case, "edit", text=f"Answer {n}") for n in range(5)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409, 409]
    assert "Reload" in max(answers, key=lambda answer: answer.status_code).json()["error"]["message"]
    await closed(running, case)
    assert len([message for message in await chat.replies() if message["author"] == "operator"]) == 1


async def test_an_answer_to_what_the_customer_has_since_added_to_is_refused(running, waiting):
    chat, desk, case = waiting
    await chat.post("And the box was open, too!")
    await running.quiet()
    assert (await desk.answer(case, "approve")).status_code == 409
    fresh = await desk.case()
    assert fresh["id"] == case["id"]
    assert "box was open" in fresh["packet"]["original"]
    assert (await desk.answer(fresh, "approve")).status_code == 202
    await closed(running, case)


async def test_while_an_operator_owns_the_agent_only_refreshes_the_case(running, waiting):
    chat, desk, case = waiting
    assert (await desk.post(f"/cases/{case['id']}/take")).json()["owner"] == "operator@lumenandloom.example"
    before = await chat.replies()
    await chat.post("Where is my refund? I want it now.")
    await running.quiet()
    assert await chat.replies() == before
    fresh = await desk.case()
    assert fresh["version"] > case["version"]
    assert set(case["reasons"]) <= set(fresh["reasons"])
    assert fresh["packet"]["original"].endswith("I want it now.")
    assert await chat.state() == {"owner": "operator", "waiting": True}


async def test_an_operator_writes_once_however_often_the_page_sends(running, waiting):
    chat, desk, case = waiting
    await desk.post(f"/cases/{case['id']}/take")
    body = {"client_id": "00000000-0000-4000-8000-000000000001", "text": "One moment, please."}
    sent = await asyncio.gather(*(desk.post(f"/conversations/{case['conversation']}/messages", **body) for _ in range(5)))
    assert {answer.status_code for answer in sent} == {202}
    assert [message["text"] for message in await chat.replies() if message["author"] == "operator"] == ["One moment, please."]


async def test_an_operator_orders_an_effect_with_the_answer_and_it_is_told_when_it_is_done(running):
    chat, desk = await running.chat(market="GB"), await running.operator()
    await chat.ask("I want to talk to a human. Please cancel my order #1054. oliver@example.com")
    case = await desk.case()
    assert "cancel" in {remedy["kind"] for remedy in case["packet"]["suggested"]}
    await desk.answer(case, "edit", text="Done, it is cancelled.", remedies=["cancel"])
    assert (await chat.reply())["text"] == "Done, it is cancelled."
    (row,) = await running.rows("select state, authority from effect")
    assert row == {"state": "confirmed", "authority": "operator@lumenandloom.example"}
    assert (await closed(running, case))["status"] == "answered"


async def test_what_an_operator_orders_and_the_shop_refuses_is_not_told_and_comes_back_as_a_case(running):
    chat, desk = await running.chat(), await running.operator()
    await chat.ask("Bitte stornieren Sie meine Bestellung #1048. joao@example.com")
    case = await desk.case()
    await desk.answer(case, "edit", text="Ist storniert.", remedies=["cancel"])
    await running.quiet()
    fresh = await desk.case()
    assert fresh["id"] != case["id"]
    assert "effect_failed" in fresh["reasons"]
    assert "Ist storniert." not in [message["text"] for message in await chat.messages()]


class SlowBrain(Unaided):
    """The real brain, which waits until it is let go."""

    def __init__(self, brain):
        self.brain, self.name = brain, brain.name
        self.reading, self.go = asyncio.Event(), asyncio.Event()

    async def triage(self, turn):
        self.reading.set()
        await self.go.wait()
        return await self.brain.triage(turn)

    async def triage_texts(self, texts, hints):
        return await self.brain.triage_texts(texts, hints)

    async def translate(self, text, source, target):
        return await self.brain.translate(text, source, target)


async def test_an_operator_who_takes_over_in_mid_turn_silences_the_agent(start, brain):
    slow = SlowBrain(brain)
    async with start(brain=slow) as running:
        chat, desk = await running.chat(), await running.operator()
        await chat.post("Where is my order #1042? anna@example.com")
        await slow.reading.wait()
        (thread,) = await running.rows("select id from conversation")
        taken = await desk.post(f"/conversations/{thread['id']}/take")
        assert taken.status_code == 200
        slow.go.set()
        await running.quiet()
        assert await chat.replies() == []
        case = await desk.case()
        assert case["owner"] == "operator@lumenandloom.example"


class Interfered:
    """The shop's effects, after something else has happened in the shop, or with an answer that never comes."""

    def __init__(self, before="", error=None):
        self._before, self._error = before, error
        self.engine, self.calls = None, 0

    async def carry_out(self, effect):
        self.calls += 1
        if self._error:
            raise self._error
        async with self.engine.begin() as connection:
            await connection.execute(text(self._before))
        return await DemoEffects(self.engine).carry_out(effect)


async def test_a_cancellation_the_shop_refuses_becomes_a_case_and_no_false_sentence(start):
    effects = Interfered(before="update demo_shop.orders set state = 'packed' where number = '1054'")
    async with start(effects=effects) as running:
        effects.engine = running.p.engine
        chat, desk = await running.chat(market="GB"), await running.operator()
        told = await chat.ask("Please cancel my order #1054. oliver@example.com")
        assert "colleague" in told["text"]
        assert "is cancelled" not in told["text"]
        case = await desk.case()
        await running.quiet()
        assert "effect_failed" in case["reasons"]
        assert [row["state"] for row in await running.rows("select state from effect")] == ["failed"]
        assert len(await chat.replies()) == 1
        assert effects.calls == 1


@pytest.mark.parametrize(
    "error", [TimeoutError(), ConnectionError("reset"), RuntimeError("anything")], ids=lambda error: type(error).__name__
)
async def test_an_effect_of_which_nobody_knows_the_outcome_becomes_a_case_and_is_not_tried_again(start, error):
    effects = Interfered(error=error)
    async with start(effects=effects) as running:
        chat, desk = await running.chat(market="GB"), await running.operator()
        told = await chat.ask("Please cancel my order #1054. oliver@example.com")
        assert "is cancelled" not in told["text"]
        assert "effect_failed" in (await desk.case())["reasons"]
        await running.quiet()
        assert [row["state"] for row in await running.rows("select state from effect")] == ["unknown"]
        assert effects.calls == 1
        assert len(await chat.replies()) == 1


async def test_the_audit_tells_every_step_and_cannot_be_changed(running, waiting):
    _, desk, case = waiting
    await desk.answer(case, "approve")
    await closed(running, case)
    told = [row["action"] for row in await running.rows("select action from audit order by id")]
    assert told == ["turn.handoff", "case.approve", "case.answered"]
    for change in ("update audit set actor = 'nobody'", "delete from audit", "truncate audit"):
        with pytest.raises(Exception, match="audit"):
            await running.rows(change)
