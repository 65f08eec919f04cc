"""Effects after the commit: confirmed releases the reply, anything else becomes a hand-off."""

import asyncio

import pytest

from agent.desk import settle as module
from agent.desk.settle import settle
from agent.domain.effect import EffectResult, EffectState


class Shop:
    """Gives one result, or raises one error. `found` is what it says when it is asked what became of something."""

    def __init__(self, state=EffectState.CONFIRMED, error=None, found=None, **data):
        self.result, self.error, self.calls, self.found, self.asked = EffectResult(state=state, data=data), error, 0, found, 0

    async def carry_out(self, effect):
        self.calls += 1
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        return self.result

    async def look_up(self, effect):
        self.asked += 1
        return self.found


@pytest.fixture
async def held(scene):
    """The id of a reply that waits for its effect."""
    received = await scene.receive("Cancel #1054")
    turn = await scene.turn(received.conversation)
    await scene.commit(scene.cancelling(turn, "Cancelled, code ⟦cancel-1054-abc|code⟧, see ⟦cancel-1054-abc|document⟧."))
    (row,) = await scene.rows("select id from message where held")
    return row["id"]


async def settled(scene, shop, held):
    await settle(scene.engine, scene.queue, shop, held, "https://shop.example")
    (message,) = await scene.rows("select held, text from message where author = 'bot'")
    (effect,) = await scene.rows("select state from effect")
    (thread,) = await scene.rows("select forced, answered_seq from conversation")
    return message, effect["state"], thread


async def test_a_confirmation_fills_the_reply_and_lets_it_go(scene, held):
    shop = Shop(code="AB12", document="d1")
    message, state, thread = await settled(scene, shop, held)
    assert message == {"held": False, "text": "Cancelled, code AB12, see https://shop.example/documents/d1."}
    assert (state, thread) == ("confirmed", {"forced": None, "answered_seq": 1})
    await settled(scene, shop, held)
    assert shop.calls == 1


@pytest.mark.parametrize(
    ("shop", "state"),
    [
        (Shop(EffectState.FAILED), "failed"),
        (Shop(EffectState.UNKNOWN), "unknown"),
        (Shop(error=TimeoutError()), "unknown"),
        (Shop(error=ValueError("a wild answer")), "unknown"),
    ],
    ids=["failed", "unknown", "timeout", "error"],
)
async def test_anything_else_withdraws_the_reply_and_has_the_turn_handed_over(scene, held, shop, state):
    message, found, thread = await settled(scene, shop, held)
    assert message["held"]
    assert (found, thread) == (state, {"forced": "effect_failed", "answered_seq": 0})
    (row,) = await scene.rows("select conversation from message where held")
    assert (await scene.turn(row["conversation"])).forced == "effect_failed"
    told = [line["action"] for line in await scene.rows("select action from audit order by id")]
    assert told[-2:] == [f"effect.{state}", "reply.withdrawn"]


async def test_a_shop_that_does_not_answer_in_time_is_unknown(scene, held, monkeypatch):
    class Silent(Shop):
        async def carry_out(self, effect):
            await asyncio.sleep(30)

    monkeypatch.setattr(module, "PATIENCE", 0.05)
    _, state, thread = await settled(scene, Silent(), held)
    assert (state, thread["forced"]) == ("unknown", "effect_failed")


async def test_a_confirmation_without_what_the_reply_must_say_withdraws_it(scene, held):
    message, state, thread = await settled(scene, Shop(), held)
    assert message["held"]
    assert (state, thread["forced"]) == ("confirmed", "effect_failed")


async def test_a_crash_between_shop_and_ledger_calls_again_under_the_same_key(scene, held):
    """Nothing is lost by it: the shop says that it never heard of the key, and the effect costs neither money nor goods."""
    await scene.run("update effect set state = 'sent'")
    shop = Shop(code="AB12", document="d1")
    message, state, _ = await settled(scene, shop, held)
    assert (message["held"], state, shop.calls, shop.asked) == (False, "confirmed", 1, 1)


async def test_what_the_shop_knows_is_not_done_again(scene, held):
    await scene.run("update effect set state = 'sent'")
    known = EffectResult(state=EffectState.CONFIRMED, data={"code": "AB12", "document": "d1"})
    shop = Shop(found=known)
    message, state, _ = await settled(scene, shop, held)
    assert (message["held"], state, shop.calls) == (False, "confirmed", 0)


@pytest.mark.parametrize("found", [None, EffectResult(state=EffectState.UNKNOWN, data={})], ids=["never done", "no answer"])
async def test_money_that_may_be_under_way_is_never_sent_again_and_the_reply_waits(scene, held, found):
    await scene.run("update effect set state = 'sent', kind = 'refund'")
    shop = Shop(found=found)
    message, state, thread = await settled(scene, shop, held)
    assert (message["held"], state, shop.calls, thread["forced"]) == (True, "sent", 0, None)


async def test_the_procedure_goes_with_its_effect(scene, held):
    await settled(scene, Shop(code="AB12", document="d1"), held)
    (row,) = await scene.rows("select id, kind, step, closed_at is not null as over, detail from procedure")
    assert (row["id"], row["kind"], row["step"], row["over"]) == ("cancel-1054-abc", "cancel", "done", True)
    assert row["detail"]["result"]["code"] == "AB12"
    (taken,) = await scene.rows("select event, before, after, actor from procedure_step")
    assert taken == {"event": "confirmed", "before": "requested", "after": "done", "actor": "bot"}


async def test_a_withdrawn_reply_is_not_released_by_a_job_that_comes_again(scene, held):
    await settled(scene, Shop(EffectState.FAILED), held)
    message, _, _ = await settled(scene, Shop(code="AB12", document="d1"), held)
    assert message["held"]


@pytest.mark.parametrize(("working", "date"), [("The code is valid until ...", "1 sierpnia 2026"), (None, "1 August 2026")])
async def test_a_date_is_in_the_language_that_the_reply_was_translated_into(scene, working, date):
    turn = await scene.turn((await scene.receive("Cancel #1054")).conversation)
    await scene.commit(scene.cancelling(turn, "Kod jest wazny do ⟦cancel-1054-abc|valid_until⟧."))
    await scene.run("update conversation set language = 'pl'")
    await scene.run("update message set working = " + (f"'{working}'" if working else "null") + " where held")
    (row,) = await scene.rows("select id from message where held")
    message, _, _ = await settled(scene, Shop(valid_until="2026-08-01"), row["id"])
    assert message["text"] == f"Kod jest wazny do {date}."
