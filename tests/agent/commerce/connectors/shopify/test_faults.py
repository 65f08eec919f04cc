"""A shop that is slow, busy, broken or half there: reads are repeated or given up, changes are never sent twice."""

import asyncio
from typing import Any

import httpx
import pytest

from agent.commerce.connectors.client import Bounds, SourceDown, SourceRefused
from agent.commerce.connectors.shopify import Admin, Shop, Shopify, ShopifyEffects
from agent.domain.effect import EffectState

Effects = ShopifyEffects


@pytest.mark.parametrize("kind", ["500", "503", "429", "throttled"])
async def test_a_read_is_tried_again(reads: Shopify, store: Any, kind: str) -> None:
    store.fail("Orders", kind)
    found = await reads.by_number("1042")
    assert found and found.number == "1042"


@pytest.mark.parametrize("kind", ["500", "429", "throttled", "garbage", "half", "shape", "big"])
async def test_a_read_is_given_up_in_one_way(reads: Shopify, store: Any, kind: str) -> None:
    store.fail("Orders", kind, done=True, times=9)
    with pytest.raises(SourceDown if kind != "big" else SourceRefused):
        await reads.by_number("1042")


@pytest.mark.parametrize("kind", ["denied", "401", "403", "402", "423", "404", "internal"])
async def test_a_refused_read_says_what_to_check(reads: Shopify, store: Any, kind: str) -> None:
    store.fail("Orders", kind)
    with pytest.raises((SourceRefused, SourceDown)) as caught:
        await reads.by_number("1042")
    assert "harbour" in str(caught.value) and "shpat" not in str(caught.value)


async def test_a_wrong_token(store: Any, shop: Shop) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=store)) as client:
        reads = Shopify(Admin("harbour", "", "stolen", base="http://harbour.test/api", client=client), shop)
        with pytest.raises(SourceRefused):
            await reads.find("1042", "anna@example.com")


@pytest.mark.parametrize("kind", ["500", "503", "garbage", "half", "shape", "internal", "big"])
@pytest.mark.parametrize("done", [True, False])
async def test_a_change_without_a_clear_answer_is_unknown_and_sent_once(
    effects: Effects, store: Any, plan: Any, kind: str, done: bool
) -> None:
    store.fail("Refund", kind, done=done)
    result = await effects.carry_out(plan("refund", minor=2000, currency="EUR"))
    assert (result.state, result.error) == (EffectState.UNKNOWN, "unanswered")
    assert store.count("Refund") == done


@pytest.mark.parametrize("kind", ["denied", "403", "423"])
async def test_a_change_that_was_clearly_refused_has_failed(effects: Effects, store: Any, plan: Any, kind: str) -> None:
    store.fail("Refund", kind)
    result = await effects.carry_out(plan("refund", minor=2000, currency="EUR"))
    assert (result.state, result.error) == (EffectState.FAILED, "source_refused")


async def test_a_change_that_the_budget_did_not_let_through_is_sent_when_it_may(effects: Effects, store: Any, plan: Any) -> None:
    store.fail("Refund", "throttled", times=2)
    assert (await effects.carry_out(plan("refund", minor=2000, currency="EUR"))).state is EffectState.CONFIRMED
    assert store.count("Refund") == 1


@pytest.mark.parametrize("operation", ["Marked", "SuggestedRefund", "Claim"])
async def test_whatever_fails_before_the_change_leaves_nothing_done(effects: Effects, store: Any, plan: Any, operation: str) -> None:
    store.fail(operation, "500", times=9)
    result = await effects.carry_out(plan("refund", minor=2000, currency="EUR"))
    assert result.state is EffectState.UNKNOWN
    assert store.count("Refund") == 0
    store.faults.clear()
    assert await effects.look_up(plan("refund", minor=2000, currency="EUR")) is None


async def test_a_mark_whose_answer_was_lost_keeps_the_change_from_being_made(effects: Effects, store: Any, plan: Any) -> None:
    store.fail("Claim", "500", done=True)
    effect = plan("refund", minor=2000, currency="EUR")
    assert (await effects.carry_out(effect)).state is EffectState.UNKNOWN
    assert (await effects.carry_out(effect)).state is EffectState.UNKNOWN
    assert store.count("Refund") == 0


async def test_an_outcome_that_could_not_be_written_down_is_found_all_the_same(effects: Effects, store: Any, plan: Any) -> None:
    effect = plan("refund", minor=2000, currency="EUR")
    real = store._Claim
    store._Claim = lambda asked: real(asked) if "compareDigest" in asked["metafields"][0] else 1 / 0
    with pytest.raises(ZeroDivisionError):  # the fake itself falls over, as a process that is killed here would
        await effects.carry_out(effect)
    del store._Claim
    found = await effects.look_up(effect)
    assert found and found.state is EffectState.CONFIRMED
    assert (await effects.carry_out(effect)).state is EffectState.CONFIRMED and store.count("Refund") == 1


async def test_a_source_that_is_away_is_unknown_to_a_look_up(effects: Effects, store: Any, plan: Any) -> None:
    store.fail("", "500", times=20)
    found = await effects.look_up(plan("refund", minor=2000, currency="EUR"))
    assert found and found.state is EffectState.UNKNOWN


async def test_the_budget_is_waited_for_and_not_overdrawn(reads: Shopify, store: Any, time: Any) -> None:
    store.left, store.cost, store.restore = 50.0, 250.0, 100.0
    await reads.by_number("1042")
    await reads.by_number("1042")
    assert time.slept == [pytest.approx(2.0)]


async def test_a_wait_that_is_too_long_is_not_waited(reads: Shopify, store: Any, time: Any) -> None:
    store.left, store.cost, store.restore = 0.0, 900.0, 50.0
    await reads.by_number("1042")
    with pytest.raises(SourceDown):
        await reads.by_number("1042")
    assert time.slept == []


# Over the wire


@pytest.fixture
def wired(store: Any, shop: Shop) -> Any:
    def made(base: str) -> tuple[Admin, Shopify, ShopifyEffects]:
        admin = Admin("harbour", "", store.token, base=base, bounds=Bounds(timeout=0.4, per_second=1000, attempts=1, failures=99))
        return admin, Shopify(admin, shop), ShopifyEffects(admin, shop, secret="pepper")

    return made


async def test_over_real_http(store: Any, wired: Any, plan: Any) -> None:
    with store.served() as base:
        admin, reads, effects = wired(base)
        found = await reads.find("1042", "anna@example.com")
        assert found and found.total.minor == 15980
        assert (await effects.carry_out(plan("refund", minor=2000, currency="EUR"))).state is EffectState.CONFIRMED
        await admin.http.aclose()
    with pytest.raises(SourceDown):
        await Shopify(Admin("harbour", "", "t", base=base, bounds=Bounds(attempts=1)), Shop(name="harbour")).by_number("1042")


@pytest.mark.parametrize(("kind", "seconds"), [("half", 0.0), ("", 1.2)])
async def test_a_connection_that_breaks_or_hangs_after_the_work_was_done(
    store: Any, wired: Any, plan: Any, kind: str, seconds: float
) -> None:
    with store.served() as base:
        admin, _, effects = wired(base)
        store.fail("Refund", kind, done=True, seconds=seconds)
        effect = plan("refund", minor=2000, currency="EUR")
        assert (await effects.carry_out(effect)).error == "unanswered"
        if seconds:  # the shop works on although nobody waits for it
            assert store.count("Refund") == 0
            await asyncio.sleep(seconds)
        found = await effects.look_up(effect)
        assert found and found.state is EffectState.CONFIRMED
        assert store.count("Refund") == 1
        await admin.http.aclose()


async def test_a_read_that_hangs_or_breaks(store: Any, wired: Any) -> None:
    with store.served() as base:
        admin, reads, _ = wired(base)
        for kind, seconds in (("half", 0.0), ("", 1.0)):
            store.fail("Orders", kind, done=True, seconds=seconds)
            with pytest.raises(SourceDown):
                await reads.by_number("1042")
        await admin.http.aclose()
