"""What nobody knows the outcome of is looked up at the shop, never done again; and ledger and shop are compared."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from agent.desk.ledger import plan_effects
from agent.desk.reconcile import differences, reconcile, report
from agent.desk.settle import MOST_LOOKS, carry_out, settle
from agent.domain.authority import Role
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money

CONFIRMED = EffectResult(state=EffectState.CONFIRMED, data={"amount": {"minor": 500, "currency": "EUR"}})
FAILED = EffectResult(state=EffectState.FAILED, data={}, error="over_paid")
UNKNOWN = EffectResult(state=EffectState.UNKNOWN, data={}, error="timeout")
REFUND = PlannedEffect(
    key="refund-1042-k",
    kind="refund",
    order="1042",
    payload={"minor": 500, "currency": "EUR", "reason": "damaged"},
    amount=Money(500, "EUR"),
    paid=Money(9000, "EUR"),
)


class Killed(BaseException):
    """The process is gone: nothing behind the shop's call runs any more."""


class Shop:
    """Does each key once, as the port promises, and counts. It can be killed before or after it has done the work."""

    def __init__(self, die="", says=None):
        self.done, self.calls, self.looks, self.die, self.says = {}, 0, 0, die, says

    async def carry_out(self, effect):
        self.calls += 1
        if self.die == "before":
            raise Killed
        self.done.setdefault(effect.key, CONFIRMED)
        if self.die == "after":
            raise Killed
        return self.done[effect.key]

    async def look_up(self, effect):
        self.looks += 1
        return self.says or self.done.get(effect.key)


@pytest.fixture
async def held(scene):
    """A reply of the agent's that waits for a refund somebody granted."""
    received = await scene.receive("It is broken")
    turn = await scene.turn(received.conversation)
    outcome = scene.cancelling(turn, "It is on its way.")
    reply = replace(outcome.reply, effects=(REFUND.key,))
    await scene.commit(replace(outcome, effects=(), reply=reply))
    async with scene.engine.begin() as connection:
        from agent.desk.granting import Standing

        await plan_effects(connection, received.conversation, turn.id, (REFUND,), "mia", Standing(who="mia", role=Role.OPERATOR))
    (row,) = await scene.rows("select id, conversation from message where held")
    return row


async def run(scene, shop, held):
    await settle(scene.engine, scene.queue, shop, held["id"], "https://shop.example")


async def later(scene, minutes=2):
    await scene.run(f"update effect set updated_at = now() - interval '{minutes} minutes'")


async def look(scene, shop):
    found = await reconcile(scene.engine, scene.queue, shop)
    (row,) = await scene.rows("select state, error, looked_up from effect")
    return found, row


@pytest.mark.parametrize(("die", "state", "done"), [("after", "confirmed", 1), ("before", "failed", 0)])
async def test_killed_between_shop_and_ledger_money_moves_once_or_never(scene, held, die, state, done):
    shop = Shop(die)
    with pytest.raises(Killed):
        await run(scene, shop, held)
    shop.die = ""
    assert await scene.rows("select state from effect") == [{"state": "sent"}]
    if die == "before":  # the job comes back at once: what may be under way is not sent again
        await run(scene, shop, held)
        assert (await scene.rows("select held, effects from message where held"))[0]["effects"] == [REFUND.key]
    assert (await look(scene, shop))[0] == 0  # too fresh: it may still be under way
    await later(scene)
    found, row = await look(scene, shop)
    assert (found, row["state"]) == (1, state)
    await run(scene, shop, held)
    assert (shop.calls, len(shop.done)) == (1, done)
    (message,) = await scene.rows("select held from message where author = 'bot'")
    (thread,) = await scene.rows("select forced from conversation")
    assert (message["held"], thread["forced"]) == ((False, None) if done else (True, "effect_failed"))
    if not done:
        assert row["error"] == "never_done"


async def test_what_the_shop_refused_withdraws_the_reply(scene, held):
    await scene.run("update effect set state = 'sent'")
    await later(scene)
    shop = Shop(says=FAILED)
    assert (await look(scene, shop))[1] == {"state": "failed", "error": "over_paid", "looked_up": 1}
    assert "settle" in await scene.jobs()
    await run(scene, shop, held)
    assert await scene.rows("select forced from conversation") == [{"forced": "effect_failed"}]
    assert shop.calls == 0


async def test_after_some_looks_without_an_answer_a_person_takes_over_and_it_still_counts(scene, held):
    await scene.run("update effect set state = 'sent'")
    shop = Shop(says=UNKNOWN)
    for count in range(1, MOST_LOOKS + 1):
        await run(scene, shop, held)
        assert await scene.rows("select forced from conversation") == [{"forced": None}]
        await later(scene)
        assert (await look(scene, shop))[1]["looked_up"] == count
    await run(scene, shop, held)
    assert await scene.rows("select forced from conversation") == [{"forced": "effect_failed"}]
    (row,) = await scene.rows("select state, amount from effect")
    assert row == {"state": "unknown", "amount": 500}
    await later(scene)
    assert (await look(scene, shop))[1]["looked_up"] == MOST_LOOKS  # from now on once an hour
    await later(scene, 61)
    shop.says = CONFIRMED
    assert (await look(scene, shop))[1]["state"] == "confirmed"
    assert shop.calls == 0


async def test_the_truth_that_comes_late_is_written_into_the_open_case(scene, held):
    await scene.run("update effect set state = 'unknown'; update message set effects = '{}' where held")
    await later(scene)
    await scene.receive("hello?")
    await scene.commit(scene.handed_over(await scene.turn(held["conversation"])))
    await look(scene, Shop(says=CONFIRMED))
    (case,) = await scene.rows("select packet, version from support_case")
    assert "do not order it again" in case["packet"]["facts"][0]["value"]
    assert case["version"] == 2


async def test_two_reconciliations_at_once_find_out_once(scene, held):
    await scene.run("update effect set state = 'unknown'")
    await later(scene)
    shop = Shop(says=CONFIRMED)
    found = await asyncio.gather(*(reconcile(scene.engine, scene.queue, shop) for _ in range(5)))
    assert sum(found) == 1
    assert len(await scene.rows("select 1 from audit where action = 'effect.confirmed'")) == 1


async def test_a_shop_that_raises_is_asked_again_later(scene, held):
    class Down(Shop):
        async def look_up(self, effect):
            raise ConnectionError

    await scene.run("update effect set state = 'unknown'")
    await later(scene)
    assert await look(scene, Down()) == (0, {"state": "unknown", "error": "", "looked_up": 1})


@pytest.mark.parametrize(
    ("ledger", "says", "what"),
    [
        ("confirmed", CONFIRMED, None),
        ("confirmed", None, "missing"),
        ("confirmed", FAILED, "state"),
        ("confirmed", EffectResult(state=EffectState.CONFIRMED, data={"amount": {"minor": 501, "currency": "EUR"}}), "amount"),
        ("confirmed", EffectResult(state=EffectState.CONFIRMED, data={}), None),
        ("confirmed", UNKNOWN, "no_answer"),
        ("failed", None, None),
        ("failed", FAILED, None),
        ("failed", CONFIRMED, "done"),
        ("unknown", None, "open"),
        ("unknown", CONFIRMED, "open"),
        ("planned", None, None),
        ("waiting", None, None),
    ],
)
async def test_where_ledger_and_shop_differ(scene, held, ledger, says, what):
    await scene.run(f"update effect set state = '{ledger}'")

    class Says(Shop):
        async def look_up(self, effect):
            return says

    now = datetime.now(UTC) + timedelta(minutes=1)
    found = await differences(scene.engine, Says(), now - timedelta(days=1), now)
    assert [each.what for each in found] == ([what] if what else [])
    assert await differences(scene.engine, Says(), now - timedelta(days=3), now - timedelta(days=2)) == ()
    await report(scene.engine, Says(), now)
    (line,) = await scene.rows("select detail from audit where action = 'ledger.compared'")
    assert len(line["detail"]["differences"]) == len(found)


async def test_an_effect_without_a_message_is_carried_out_once(scene, held):
    shop = Shop()
    results = await asyncio.gather(*(carry_out(scene.engine, shop, REFUND.key) for _ in range(5)))
    assert EffectState.CONFIRMED in {result.state for result in results}
    assert len(shop.done) == 1
    assert await scene.rows("select state from effect") == [{"state": "confirmed"}]
    assert shop.calls == 1


async def test_the_conversation_is_held_before_its_effect_so_that_nobody_else_puts_the_same_job_on_the_queue(scene):
    received = await scene.receive("Please cancel #1054")
    assert await scene.commit(scene.cancelling(await scene.turn(received.conversation)))
    await scene.run("update effect set state = 'sent', updated_at = now() - interval '2 minutes'")
    await scene.run("delete from procrastinate_jobs")
    async with scene.engine.begin() as connection:
        await connection.execute(text("select 1 from conversation for update"))
        found = asyncio.create_task(reconcile(scene.engine, scene.queue, Told()))
        await asyncio.sleep(0.3)
        async with scene.engine.connect() as other:  # free: whoever holds the conversation gets on
            await other.execute(text("select 1 from effect for update nowait"))
        assert not found.done()
    assert await found == 1
    assert await scene.jobs() == ["settle"]


class Told:
    async def look_up(self, effect):
        return EffectResult(state=EffectState.CONFIRMED, data={})
