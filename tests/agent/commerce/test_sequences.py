"""Random sequences of remedies and of what warehouse and carrier do: money, stock and states stay right whatever the order."""

import asyncio
import importlib.util
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from agent.commerce.demo.seed import seed
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_shop import DemoShop
from agent.commerce.memory import MemoryEffects, MemoryShop
from agent.commerce.remedies import codes, return_
from agent.commerce.remedies.carry_out import REMEDIES
from agent.commerce.routing import warehouse_of
from agent.commerce.tables import SCHEMA, metadata
from agent.domain.commerce import Order, OrderState
from agent.domain.effect import EffectState, PlannedEffect


def _drawn():
    """Tests are no package: a module beside them is loaded by its path."""
    name = "sequences_of_remedies"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("sequences.py"))
    assert spec and spec.loader
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


drawn = _drawn()
Clock, Codes, World, sequence = drawn.Clock, drawn.Codes, drawn.World, drawn.sequence
DEMO, NOW, SKUS, TODAY = drawn.DEMO, drawn.NOW, drawn.SKUS, drawn.TODAY
SEQUENCES, ON_POSTGRES, AT_ONCE = 10_000, 50, 1000
Step = Callable[[Any], Any]
S = OrderState
_UNSENT = {S.UNPAID, S.PAID, S.PACKED}
#: state -> states that remedies and events may lead to.
LEGAL = {
    S.UNPAID: {S.CANCELLED},
    S.PAID: {S.CANCELLED, S.IN_TRANSIT},
    S.PACKED: {S.IN_TRANSIT},
    S.DELIVERED: {S.PART_RETURNED, S.REFUNDED},
    S.PART_RETURNED: {S.REFUNDED},
    **{state: {S.DELIVERED, S.REFUNDED} for state in (S.IN_TRANSIT, S.CUSTOMS_HOLD, S.LATE, S.LOST)},
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels are tested elsewhere; here they would cost minutes."""

    async def here(call: Callable[..., bytes], *given: object) -> bytes:
        return call(*given)

    monkeypatch.setattr(return_, "label", lambda *_: b"%PDF-")
    monkeypatch.setattr(return_.asyncio, "to_thread", here)


async def check_order(world: Any, first: Order, before: Order) -> Order:
    """What holds after every step."""
    after = await world.reads.by_number(first.number)
    assert after.refunded.minor <= max(after.paid.minor, first.paid.minor)
    assert after.state is before.state or after.state in LEGAL.get(before.state, set())
    assert all(0 <= line.returned <= line.quantity for line in after.lines)
    assert all(each.amount.minor > 0 for each in after.refunds[len(first.refunds) :])
    await check_value(world, first, after)
    return after


async def check_value(world: Any, first: Order, after: Order) -> None:
    """Refunds and what was sent again never exceed what was paid, altogether and for each article."""
    given, pieces, again = Counter[str](), Counter[str](), 0
    for effect, result in world.done:
        if result.state is not EffectState.CONFIRMED or result.data["order"] != first.number:
            continue
        new = result.data.get("new_order")
        if new and (await world.reads.by_number(new)).state is S.CANCELLED:
            continue
        given.update(result.data.get("given") or {})
        if new:
            again += sum(result.data["given"].values())
            pieces.update({entry["sku"]: entry["quantity"] for entry in result.data["lines"]})
        assert effect.key
    assert after.refunded.minor + again <= max(after.paid.minor, first.paid.minor)
    worth, bought = Counter[str](), Counter[str]()
    for line in after.lines:
        worth[line.sku] += line.price.minor * line.quantity
        bought[line.sku] += line.quantity
    assert all(given[sku] <= worth[sku] for sku in given) and all(pieces[sku] <= bought[sku] for sku in pieces)


def check_shelves(world: Any) -> None:
    """Nothing below 0 and nothing promised twice; what is committed is what open orders hold."""
    shop: MemoryShop = world.effects.books.shop
    houses = {result.data["new_order"]: result.data["warehouse"] for _, result in world.done if "new_order" in result.data}
    held = Counter(HELD)
    for order in {order.number: order for order in DEMO.orders if shop.orders[order.number] is not order}.values():
        held.subtract(needs(order, ""))
    for number, order in shop.orders.items():
        if number in houses or order is not BY_NUMBER.get(number):
            held.update(needs(order, houses.get(number, "")))
    for key, level in shop.stock.items():
        assert 0 <= level.committed <= level.on_hand and level.committed == held[key]


def needs(order: Order, house: str) -> Counter[tuple[str, str]]:
    where = house or warehouse_of(order.address.country)
    return Counter({(sku, where): count for sku, count in pieces_of(order).items()}) if order.state in _UNSENT else Counter()


def pieces_of(order: Order) -> Counter[str]:
    count = Counter[str]()
    for line in order.lines:
        count[line.sku] += line.quantity
    return count


BY_NUMBER = {order.number: order for order in DEMO.orders}
HELD: Counter[tuple[str, str]] = Counter()
for _order in DEMO.orders:
    HELD.update(needs(_order, ""))


def in_memory() -> Any:
    clock = Clock()
    shop = MemoryShop(DEMO, now=clock.now)
    return World(shop, MemoryEffects(shop), clock)


async def run(world: Any, order: Order, steps: Sequence[Step]) -> list[Any]:
    first = before = await world.reads.by_number(order.number)
    seen: list[Any] = []
    for step in steps:
        seen.append(await step(world))
        before = await check_order(world, first, before)
    return seen


async def test_ten_thousand_sequences_keep_money_stock_and_states(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, started = Counter[str](), time.process_time()
    for number in range(SEQUENCES):
        order, steps = sequence(number)
        monkeypatch.setattr(codes, "secrets", Codes(number))
        world = in_memory()
        seen = await run(world, order, steps)
        check_shelves(world)
        kinds.update(effect.kind for effect, result in world.done if result.state is EffectState.CONFIRMED)
        if number % 20 == 0:
            monkeypatch.setattr(codes, "secrets", Codes(number))
            twin = in_memory()
            assert await run(twin, order, steps) == seen
            assert twin.reads.orders == world.reads.orders and twin.reads.stock == world.reads.stock
    assert set(kinds) == set(REMEDIES), "every remedy was carried out, or the sequences prove nothing of it"
    assert time.process_time() - started < 100, "seconds of a core: it takes 14"


@pytest.fixture
async def shop_engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """The seeded shop behind a pool of 20 connections."""
    engine = create_async_engine(database_url, pool_size=20, max_overflow=0, pool_timeout=120)
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        await connection.run_sync(metadata.create_all)
    await seed(engine, today=TODAY)
    yield engine
    await engine.dispose()


def comparable(order: Order) -> Order:
    return replace(order, read_at=NOW)


async def test_sequences_on_postgresql_end_as_in_memory(shop_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One shop for all of them, an order each: what a sequence left behind is there for the next."""
    memory, clock = in_memory(), Clock()
    orders = Random("postgres").sample(DEMO.orders, ON_POSTGRES)
    for number, order in enumerate(orders):
        endings: list[list[Any]] = []
        sql = World(DemoShop(shop_engine, now=clock.now), DemoEffects(shop_engine, now=clock.now), clock)
        for world in (World(memory.reads, memory.effects, memory.clock), sql):
            monkeypatch.setattr(codes, "secrets", Codes(number))
            world.clock.at = NOW
            seen = await run(world, order, sequence(number, order)[1])
            numbers = sorted({order.number, *world.known["new_order"]})
            endings.append([seen, *[comparable(await world.reads.by_number(each)) for each in numbers]])
        assert endings[0] == endings[1], f"sequence {number} on order {order.number}"
    shelves = [await reads.levels(SKUS) for reads in (memory.reads, DemoShop(shop_engine))]
    kept, stored = ([replace(level, read_at=NOW) for level in levels] for levels in shelves)
    assert kept == stored
    batches = [await reads.traced(order.number) for reads in (memory.reads, DemoShop(shop_engine)) for order in orders]
    assert batches[:ON_POSTGRES] == batches[ON_POSTGRES:]


async def test_of_a_thousand_refunds_at_once_one_pays(shop_engine: AsyncEngine) -> None:
    effects, before = DemoEffects(shop_engine), await DemoShop(shop_engine).by_number("1045")
    assert before
    started = time.perf_counter()
    wishes = [
        PlannedEffect(
            key=f"refund {at}", kind="refund", order="1045", payload={"minor": before.total.minor, "currency": before.total.currency}
        )
        for at in range(AT_ONCE)
    ]
    results = await asyncio.gather(*map(effects.carry_out, wishes))
    seconds = time.perf_counter() - started
    print(f"{AT_ONCE} refunds at once: {seconds:.1f} s")  # noqa: T201 - the measurement
    errors = Counter(result.error for result in results)
    assert errors == {"": 1, "over_paid": AT_ONCE - 1}
    after = await DemoShop(shop_engine).by_number("1045")
    assert after and after.refunded == before.paid and after.state is S.REFUNDED and len(after.refunds) == 1
