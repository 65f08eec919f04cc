"""One transaction: an outcome becomes true as a whole, or is discarded as a whole."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.desk import cases
from agent.desk.turns import load
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.intents import Intent
from agent.errors import Conflict


async def nothing_written(scene):
    for table in ("turn_record", "effect", "support_case", "audit"):
        if await scene.rows(f'select 1 from {table} where not to_jsonb({table}) @> \'{{"action": "conversation.taken"}}\''):
            return False
    return not await scene.rows("select 1 from message where author <> 'customer'")


async def test_an_outcome_is_written_with_its_record_and_its_audit_line(scene):
    received = await scene.receive()
    assert await scene.commit(scene.outcome(await scene.turn(received.conversation), newly_proven=("1042",)))
    (reply,) = await scene.rows("select seq, text, held, turn from message where author = 'bot'")
    assert reply == {"seq": 2, "text": "Hello.", "held": False, "turn": f"{received.conversation}:1"}
    (thread,) = await scene.rows("select answered_seq, last_seq, proven_orders, greeted, owner from conversation")
    assert thread == {"answered_seq": 1, "last_seq": 2, "proven_orders": ["1042"], "greeted": True, "owner": "bot"}
    assert [row["action"] for row in await scene.rows("select action from audit")] == ["turn.resolve"]
    assert await load(scene.engine, received.conversation, scene.make.now) is None


async def test_an_outcome_is_discarded_when_something_newer_came_in(scene):
    received = await scene.receive()
    turn = await scene.turn(received.conversation)
    await scene.receive("wait, one more thing")
    assert not await scene.commit(scene.cancelling(turn))
    assert await nothing_written(scene)
    assert (await scene.turn(received.conversation)).text == "Hi\nwait, one more thing"


async def test_an_outcome_is_discarded_when_an_operator_has_taken_over(scene):
    received = await scene.receive()
    turn = await scene.turn(received.conversation)
    await cases.take(scene.engine, received.conversation, "mia")
    assert not await scene.commit(scene.cancelling(turn))
    assert await nothing_written(scene)
    assert (await scene.turn(received.conversation)).owner == "mia"


async def test_an_outcome_is_discarded_even_when_the_operator_has_handed_back_meanwhile(scene):
    received = await scene.receive()
    turn = await scene.turn(received.conversation)
    await cases.take(scene.engine, received.conversation, "mia")
    await cases.give_back(scene.engine, received.conversation, "mia")
    assert not await scene.commit(scene.outcome(turn))


async def test_of_ten_commits_of_one_turn_one_is_kept(scene):
    received = await scene.receive()
    turn = await scene.turn(received.conversation)
    kept = await asyncio.gather(*(scene.commit(scene.cancelling(turn)) for _ in range(10)))
    assert sorted(kept) == [False] * 9 + [True]
    assert len(await scene.rows("select 1 from message where author = 'bot'")) == 1
    assert len(await scene.rows("select 1 from effect")) == 1


async def test_a_reply_that_reports_an_effect_is_held_until_it_is_carried_out(scene):
    received = await scene.receive()
    await scene.commit(scene.cancelling(await scene.turn(received.conversation)))
    assert await scene.rows("select held from message where author = 'bot'") == [{"held": True}]
    assert await scene.rows("select state, authority from effect") == [{"state": "planned", "authority": "bot"}]
    assert await scene.jobs() == ["handle", "settle"]


async def test_a_hand_off_opens_a_case_and_gives_the_conversation_to_the_desk(scene):
    received = await scene.receive("A person, please")
    turn = await scene.turn(received.conversation)
    await scene.commit(scene.handed_over(turn))
    (thread,) = await scene.rows("select owner, owner_epoch from conversation")
    assert thread == {"owner": "desk", "owner_epoch": turn.epoch + 1}
    (case,) = await scene.rows("select status, version, draft, due_at, desk from support_case")
    assert case == {"status": "open", "version": 1, "draft": "A draft.", "due_at": turn.now + timedelta(hours=4), "desk": "operator"}


async def test_what_is_written_later_refreshes_the_case_and_makes_it_no_less_grave(scene):
    received = await scene.receive("The battery burnt my hand")
    grave = await scene.turn(received.conversation)
    await scene.commit(scene.handed_over(grave, Desk.CRISIS, "critical"))
    (before,) = await scene.rows("select id, due_at from support_case")
    await scene.receive("hello?")
    assert await scene.commit(scene.handed_over(await scene.turn(received.conversation)))
    (case,) = await scene.rows("select id, desk, urgency, reasons, version, due_at, packet from support_case")
    assert (case["id"], case["due_at"]) == (before["id"], before["due_at"])
    assert (case["desk"], case["urgency"], case["version"]) == ("crisis", "critical", 2)
    assert "human_wanted" in case["reasons"]
    assert (case["packet"]["desk"], case["packet"]["urgency"], case["packet"]["original"]) == (
        "crisis",
        "critical",
        "The battery burnt my hand\nhello?",
    )
    assert len(await scene.rows("select 1 from message where author = 'bot'")) == 1


async def test_two_operators_cannot_take_the_same_conversation(scene):
    received = await scene.receive()
    taken = await asyncio.gather(*(cases.take(scene.engine, received.conversation, who) for who in ("mia", "tom")), return_exceptions=True)
    assert [type(item) for item in taken].count(Conflict) == 1


async def test_the_same_wish_in_another_turn_is_the_same_ledger_row(scene):
    for thread in ("a", "b"):
        received = await scene.receive(thread=thread)
        await scene.commit(scene.cancelling(await scene.turn(received.conversation)))
    assert len(await scene.rows("select 1 from effect")) == 1


async def test_the_ledger_knows_no_other_state_than_its_five(scene):
    received = await scene.receive()
    await scene.commit(scene.cancelling(await scene.turn(received.conversation)))
    with pytest.raises(Exception, match="check"):
        await scene.run("update effect set state = 'perhaps'")


async def test_the_audit_is_only_ever_added_to(scene):
    received = await scene.receive()
    await scene.commit(scene.outcome(await scene.turn(received.conversation)))
    for change in ("update audit set actor = 'nobody'", "delete from audit", "truncate audit"):
        with pytest.raises(Exception, match="audit"):
            await scene.run(change)


async def test_a_question_is_counted_and_its_wish_remembered(scene):
    received = await scene.receive()
    turn = await scene.turn(received.conversation)
    question = Reason.IDENTITY_MISMATCH
    asking = Decision(outcome=Outcome.ASK, desk=Desk.AGENT, reasons=(question,), question=question, unserved=(Intent.ORDER_STATUS,))
    await scene.commit(scene.outcome(turn, decision=asking))
    await scene.receive()
    asked = await scene.turn(received.conversation)
    assert (asked.asked, asked.failed, asked.pending_intents) == (1, 1, ("order_status",))
    await scene.commit(scene.outcome(replace(asked)))
    await scene.receive()
    answered = await scene.turn(received.conversation)
    assert (answered.asked, answered.failed, answered.pending_intents) == (0, 0, ())
