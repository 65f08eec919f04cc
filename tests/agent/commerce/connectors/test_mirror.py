"""What is kept of the sources: spares readings, outlives an outage with its age, serves no stranger, and no old message undoes a new state."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.commerce.mirror import known, prune
from agent.commerce.mirrored import MirroredEffects
from agent.domain.commerce import OrderState
from agent.domain.effect import PlannedEffect

START = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
Scene = Any  # fakes/kept.py


async def test_a_young_answer_spares_a_reading(scene: Scene) -> None:
    first = await scene.orders.by_number("1042")
    assert await scene.orders.by_number("#1042") == first == scene.order and scene.source.asked == ["by_number"]
    scene.later(61)
    assert await scene.orders.by_number("1042") == first and len(scene.source.asked) == 2


@pytest.mark.parametrize("fault", [SourceDown("x"), SourceRefused("x"), OSError(), TimeoutError(), ValueError("odd")])
async def test_a_source_that_is_down_is_answered_for_with_its_age(scene: Scene, fault: Exception) -> None:
    await scene.orders.find("1042", "mia@example.org")
    scene.later(3600)
    scene.down(fault)
    for found in (await scene.orders.by_number("1042"), await scene.orders.find("1042", "MIA@example.org ")):
        assert found and found.stale and found.read_at == START and replace(found, stale=False) == scene.order
    with pytest.raises(SourceDown):
        await scene.orders.by_number("1043")
    scene.source.fault = None
    scene.source.orders["1042"] = replace(scene.order, state=OrderState.DELIVERED, read_at=scene.at)
    found = await scene.orders.by_number("1042")
    assert found and not found.stale and found.state is OrderState.DELIVERED


async def test_a_stranger_is_served_nothing_and_told_nothing(scene: Scene) -> None:
    await scene.orders.find("1042", "mia@example.org")
    scene.source.asked.clear()
    assert await scene.orders.find("1042", "eve@example.org") is None
    assert await scene.orders.find("1043", "eve@example.org") is None
    assert await scene.orders.find("1042", "") is None
    assert scene.source.asked == ["find"] * 3  # a known order takes as long as an unknown one
    assert await scene.orders.find("1042", "mia@example.org") and len(scene.source.asked) == 3
    scene.down()
    for number, email in (("1042", "eve@example.org"), ("1043", "eve@example.org"), ("1042", "")):
        with pytest.raises(SourceDown):
            await scene.orders.find(number, email)
    assert await scene.orders.find("1042", "mia@example.org")


async def test_an_order_that_changed_hands_is_no_longer_the_first_ones(scene: Scene) -> None:
    await scene.orders.find("1042", "mia@example.org")
    scene.source.orders["1042"] = scene.make(email="tom@example.org")
    assert await scene.orders.find("1042", "tom@example.org")  # read again, though what is kept is young
    assert await scene.orders.find("1042", "mia@example.org") is None


async def test_an_order_deleted_at_the_shop_is_forgotten(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    scene.source.orders.clear()
    scene.later(61)
    assert await scene.orders.by_number("1042") is None
    assert await scene.rows("select id from mirror where kind = 'order'") == []


async def test_a_customers_orders(scene: Scene) -> None:
    scene.source.orders["1050"] = scene.make("1050")
    scene.source.orders["1051"] = scene.make("1051", email="tom@example.org")
    orders = await scene.orders.of_customer("mia@example.org", 2)
    assert [each.number for each in orders] == ["1050", "1042"]
    assert await scene.orders.of_customer("Mia@example.org", 1) == orders[:1] and scene.source.asked == ["of_customer"]
    assert len(await scene.orders.of_customer("mia@example.org", 5)) == 2 and len(scene.source.asked) == 2
    assert await scene.orders.by_number("1050") == orders[0] and len(scene.source.asked) == 2
    assert await scene.orders.of_customer("nobody@example.org") == () and await scene.orders.of_customer("nobody@example.org") == ()
    assert len(scene.source.asked) == 3
    scene.down()
    scene.later(100)
    assert [each.stale for each in await scene.orders.of_customer("mia@example.org")] == [True, True]
    with pytest.raises(SourceDown):
        await scene.orders.of_customer("tom@example.org")


async def test_a_new_order_of_a_customer_is_told_of(scene: Scene) -> None:
    await scene.orders.of_customer("mia@example.org")
    scene.source.orders["1060"] = scene.make("1060")
    await scene.tell("d1", number="1060")
    assert [each.number for each in await scene.orders.of_customer("mia@example.org")] == ["1060", "1042"]


async def test_customers_are_kept_too(scene: Scene) -> None:
    first = await scene.orders.customer("mia@example.org")
    scene.later(61)
    scene.down()
    assert first and await scene.orders.customer("mia@example.org") == first
    with pytest.raises(SourceDown):
        await scene.orders.customer("tom@example.org")


async def test_a_message_has_the_order_read_again(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    scene.source.orders["1042"] = replace(scene.order, state=OrderState.IN_TRANSIT)
    assert await scene.tell("d1")
    found = await scene.orders.by_number("1042")
    assert found and found.state is OrderState.IN_TRANSIT
    await scene.orders.by_number("1042")
    assert scene.source.asked == ["by_number"] * 2
    scene.down()
    await scene.tell("d2", at=scene.at + timedelta(seconds=1))
    found = await scene.orders.by_number("1042")
    assert found and found.stale  # known to have changed, and still better than nothing


async def test_late_and_repeated_messages_change_nothing(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    assert await scene.tell("d2", at=START - timedelta(seconds=10))
    await scene.orders.by_number("1042")
    assert await scene.tell("d1", at=START - timedelta(seconds=20))  # older than what came before
    assert not await scene.tell("d2", at=START - timedelta(seconds=10))  # the same once more
    await scene.orders.by_number("1042")
    assert scene.source.asked == ["by_number"] * 2
    assert await scene.tell("d3", at=START - timedelta(seconds=10))  # another one of the same second
    await scene.orders.by_number("1042")
    assert scene.source.asked == ["by_number"] * 3


async def test_a_message_from_the_future_silences_no_later_one(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    await scene.tell("d1", at=START + timedelta(days=900))
    await scene.orders.by_number("1042")
    scene.later(5)
    await scene.tell("d2")
    await scene.orders.by_number("1042")
    assert scene.source.asked == ["by_number"] * 3


async def test_what_comes_in_during_a_reading_is_not_lost(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    scene.later(61)
    scene.source.gate = asyncio.Event()
    reading = asyncio.create_task(scene.orders.by_number("1042"))
    await scene.asked(2)
    await scene.tell("d1")  # after the shop was asked, before its answer is kept
    scene.source.orders["1042"] = replace(scene.order, state=OrderState.DELIVERED)
    scene.source.gate.set()
    await reading
    found = await scene.orders.by_number("1042")
    assert found and found.state is OrderState.DELIVERED


async def test_a_slow_reading_never_overwrites_a_later_one(scene: Scene) -> None:
    scene.source.gate = asyncio.Event()
    slow = asyncio.create_task(scene.orders.by_number("1042"))
    await scene.asked(1)
    scene.later(1)
    gate, scene.source.gate = scene.source.gate, None
    scene.source.orders["1042"] = replace(scene.order, state=OrderState.DELIVERED)
    await scene.orders.by_number("1042")
    gate.set()
    await slow
    found = await scene.orders.by_number("1042")
    assert found and found.state is OrderState.DELIVERED


async def test_a_hundred_duplicates_at_once_are_heard_once(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    heard = await asyncio.gather(*(scene.tell("d1") for _ in range(100)))
    assert heard.count(True) == 1 and await scene.rows("select id from delivery") == ["d1"]


async def test_messages_in_any_order_end_in_the_same_state(scene: Scene) -> None:
    """Whatever the order of messages and readings, the last reading shows the last state."""
    chance = random.Random(7)
    for number in range(30):
        states = [OrderState.PAID, OrderState.PACKED, OrderState.IN_TRANSIT, OrderState.DELIVERED]
        messages = [(f"{number}-{step}", START + timedelta(seconds=number * 100 + step)) for step in range(4)]
        scene.at = START + timedelta(seconds=number * 100 + 10)
        await scene.orders.by_number("1042")
        scene.source.orders["1042"] = replace(scene.order, state=states[number % 4])
        for delivery, at in chance.sample(messages * 2, 8):
            await scene.tell(delivery, at=at)
        found = await scene.orders.by_number("1042")
        assert found and found.state is states[number % 4]


async def test_a_message_without_the_number_means_any_order(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    await scene.tell("d1", number="")
    await scene.orders.by_number("1042")
    assert len(scene.source.asked) == 2


async def test_an_effect_of_our_own_is_seen_at_once(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    effects = MirroredEffects(scene.source, scene.mirror)
    await effects.carry_out(PlannedEffect(key="k", kind="cancel", order="1042", payload={}))
    found = await scene.orders.by_number("1042")
    assert found and found.state is OrderState.CANCELLED
    scene.down()
    with pytest.raises(SourceDown):
        await effects.carry_out(PlannedEffect(key="k2", kind="cancel", order="1042", payload={}))
    assert await scene.rows("select dirty from mirror where kind = 'order'") == [True]


async def test_old_rows_are_thrown_away(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    await scene.tell("d1")
    assert await prune(scene.engine, START + timedelta(days=29)) == 0
    assert await scene.rows("select id from delivery") == []
    (row,) = await known(scene.engine)
    assert (row.source, row.kind, row.count, row.dirty, row.oldest) == ("shop", "order", 1, 1, START)
    assert await prune(scene.engine, START + timedelta(days=31)) == 1


async def test_odd_ids_and_odd_texts_are_no_trouble(scene: Scene) -> None:
    odd = replace(scene.order, address=replace(scene.order.address, name="a\0b \ud800"), raw_state="\x01")
    scene.source.orders["1042"] = odd
    assert await scene.orders.by_number("1042") == odd
    kept = await scene.orders.by_number("1042")
    assert kept and kept.address.name == "ab ?" and len(scene.source.asked) == 1
    assert await scene.orders.by_number("\0") is None and await scene.stock.levels(["\0", ""]) == ()


async def test_a_row_of_another_version_is_read_again(scene: Scene) -> None:
    await scene.orders.by_number("1042")
    async with scene.engine.begin() as connection:
        await connection.execute(text("update mirror set data = jsonb_set(data, '{version}', '0')"))
    assert await scene.orders.by_number("1042") == scene.order and len(scene.source.asked) == 2
    assert await scene.orders.by_number("1042") == scene.order and len(scene.source.asked) == 2
