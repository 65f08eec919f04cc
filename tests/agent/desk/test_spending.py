"""Budgets on a real PostgreSQL: hard under concurrency, settled exactly, quick."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from agent.brains.llm import MemoryMeter
from agent.desk.spending import KEPT, TableMeter, prune
from agent.domain.model_call import ModelCall
from agent.ports import Meter
from agent.settings import Settings
from agent.store.engine import make_engine
from agent.store.model_tables import model_budget, model_call

NOW = datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)
CALL = ModelCall(
    step="triage", size="small", model="tiny", prompt="triage v2 abc", outcome="ok", tokens_in=300, tokens_out=40, cost=230, ms=900
)

Made = Callable[[AsyncEngine, float], Meter]


@pytest.fixture
async def pool(database_url: str) -> Any:
    """An engine with a pool, as the service has one."""
    made = make_engine(database_url.replace("+psycopg", ""))
    async with made.begin() as connection:
        await connection.run_sync(lambda sync: model_budget.metadata.create_all(sync, tables=[model_budget, model_call]))
    yield made
    await made.dispose()


def meter(engine: AsyncEngine, *, now: datetime = NOW, **limits: float) -> TableMeter:
    """`limits` in euro: conversation, hour, day, month; and the share of strangers."""
    euros = {"conversation": 0.25, "hour": 25.0, "day": 25.0, "month": 300.0} | limits
    settings = Settings(_env_file=None, **{f"budget_{scope}": euro for scope, euro in euros.items()})
    return TableMeter(engine, settings, lambda: now)


async def spent(engine: AsyncEngine) -> dict[tuple[str, str], int]:
    async with engine.connect() as connection:
        rows = (await connection.execute(select(model_budget.c.scope, model_budget.c.key, model_budget.c.spent))).all()
    return {(row.scope, row.key): row.spent for row in rows}


async def test_a_call_is_taken_from_every_budget_and_settled(pool: AsyncEngine) -> None:
    made = meter(pool)
    assert await made.reserve("c1", 5000)
    scopes = {("conversation", "c1"), ("hour", "2026-03-31T23"), ("day", "2026-03-31"), ("month", "2026-03")}
    assert await spent(pool) == dict.fromkeys(scopes, 5000)
    await made.settle("c1", 5000, CALL)
    assert set((await spent(pool)).values()) == {230}
    async with pool.connect() as connection:
        row = (await connection.execute(select(model_call))).one()
    assert (row.conversation, row.step, row.tokens_in, row.cost, row.ms) == ("c1", "triage", 300, 230, 900)


@pytest.mark.parametrize("limit", ["conversation", "hour", "day", "month"])
async def test_one_budget_that_is_used_up_leaves_all_as_they_are(pool: AsyncEngine, limit: str) -> None:
    made = meter(pool, **{limit: 0.001})
    assert await made.reserve("c1", 1000)
    before = await spent(pool)
    assert not await made.reserve("c1", 1)
    assert await spent(pool) == before
    assert not await meter(pool, **{limit: 0.0}).reserve("c2", 1)
    assert ("conversation", "c2") not in await spent(pool)


async def test_fifty_at_once_never_pass_a_budget(pool: AsyncEngine) -> None:
    made = meter(pool, day=0.02, conversation=0.01)
    taken = await asyncio.gather(*(made.reserve(f"c{at % 3}", 1000) for at in range(50)))
    found = await spent(pool)
    assert sum(taken) == 20
    assert found["day", "2026-03-31"] == found["month", "2026-03"] == sum(found["conversation", f"c{at}"] for at in range(3)) == 20_000
    assert max(found.values()) <= 20_000
    assert all(found["conversation", f"c{at}"] <= 10_000 for at in range(3))


async def test_reserving_and_settling_side_by_side_ends_where_it_should(pool: AsyncEngine) -> None:
    made = meter(pool)

    async def one(at: int) -> bool:
        taken = await made.reserve(f"c{at % 4}", 1000)
        await made.settle(f"c{at % 4}", 1000, CALL)
        return taken

    assert all(await asyncio.gather(*(one(at) for at in range(40))))
    assert (await spent(pool))["day", "2026-03-31"] == 40 * CALL.cost


async def test_the_first_calls_of_a_day_race_too(pool: AsyncEngine) -> None:
    made = meter(pool, conversation=0.001)
    assert sum(await asyncio.gather(*(made.reserve("new", 1000) for _ in range(12)))) == 1


async def test_a_call_over_midnight_is_settled_under_its_own_day(pool: AsyncEngine) -> None:
    assert await meter(pool).reserve("c1", 5000)
    after = datetime(2026, 4, 1, 0, 0, 0, 100_000, tzinfo=UTC)
    await meter(pool, now=after).settle("c1", 5000, CALL)
    scopes = {("conversation", "c1"), ("hour", "2026-03-31T23"), ("day", "2026-03-31"), ("month", "2026-03")}
    assert await spent(pool) == dict.fromkeys(scopes, 230)


async def test_a_call_outside_a_conversation_has_no_budget_of_its_own(pool: AsyncEngine) -> None:
    made = meter(pool, conversation=0.0)
    assert await made.reserve("", 5000)
    assert {scope for scope, _ in await spent(pool)} == {"hour", "day", "month"}


def memory(engine: AsyncEngine, share: float) -> Meter:
    return MemoryMeter(1_000_000, 20_000, share)


def tables(engine: AsyncEngine, share: float) -> Meter:
    return meter(engine, conversation=1.0, day=0.02, strangers=share)


@pytest.mark.parametrize("made", [memory, tables])
class TestStrangers:
    """Both meters: strangers have a share, and what they leave or take back is everybody's."""

    async def test_a_flood_of_them_leaves_the_rest_to_customers(self, pool: AsyncEngine, made: Made) -> None:
        budgets = made(pool, 0.25)
        taken = await asyncio.gather(*(budgets.reserve(f"s{at}", 1000, False) for at in range(30)))
        assert sum(taken) == 5
        assert sum([await budgets.reserve(f"c{at}", 1000, True) for at in range(30)]) == 15

    async def test_customers_may_take_their_share_too(self, pool: AsyncEngine, made: Made) -> None:
        budgets = made(pool, 0.25)
        assert sum([await budgets.reserve(f"c{at}", 1000) for at in range(30)]) == 20
        assert not await budgets.reserve("s", 1000, False)

    async def test_settling_gives_back_what_a_call_did_not_cost(self, pool: AsyncEngine, made: Made) -> None:
        budgets = made(pool, 0.25)
        assert await budgets.reserve("s1", 5000, False)
        assert not await budgets.reserve("s2", 1, False)
        await budgets.settle("s1", 5000, CALL, False)
        assert await budgets.reserve("s2", 5000 - CALL.cost, False)
        assert not await budgets.reserve("s3", 1, False)

    @pytest.mark.parametrize(("share", "taken"), [(0.0, False), (1.0, True)])
    async def test_the_share_may_be_nothing_or_all(self, pool: AsyncEngine, made: Made, share: float, taken: bool) -> None:
        assert await made(pool, share).reserve("s1", 20_000, False) is taken


@pytest.mark.parametrize("limit", ["hour", "day", "month"])
async def test_every_shared_budget_has_its_strangers_share(pool: AsyncEngine, limit: str) -> None:
    made = meter(pool, **{limit: 0.002}, strangers=0.5)
    assert await made.reserve("s1", 1000, False)
    before = await spent(pool)
    assert not await made.reserve("s2", 1, False)
    assert await spent(pool) == before
    assert await made.reserve("c1", 1000, True)


async def test_a_conversation_that_is_named_as_a_strangers_key_has_its_own_limit(pool: AsyncEngine) -> None:
    assert await meter(pool, strangers=0.0).reserve("2026-03 strangers", 1000)


async def test_known_and_unknown_side_by_side_never_wait_for_each_other_for_ever(pool: AsyncEngine) -> None:
    made = meter(pool)

    async def one(at: int) -> bool:
        taken = await made.reserve(f"c{at % 4}", 1000, at % 2 == 0)
        await made.settle(f"c{at % 4}", 1000, CALL, at % 2 == 0)
        return taken

    assert all(await asyncio.gather(*(one(at) for at in range(60))))
    found = await spent(pool)
    assert found["day", "2026-03-31"] == 60 * CALL.cost == 2 * found["day", "2026-03-31 strangers"]


async def test_old_calls_and_the_budgets_of_old_times_and_talks_go(pool: AsyncEngine) -> None:
    made = meter(pool)
    for conversation in ("old", "new", "both", ""):
        await made.reserve(conversation, 1000)
        await made.settle(conversation, 1000, CALL)
    async with pool.begin() as connection:
        await connection.execute(text(f"update model_call set at = at - interval '{KEPT} days' where conversation in ('old', 'both', '')"))
        await connection.execute(
            text(f"update model_budget set updated_at = updated_at - interval '{KEPT} days' where key in ('old', '2026-03-31')")
        )
    await made.settle("both", 0, CALL)
    async with pool.begin() as connection:
        await connection.execute(text(f"update model_budget set updated_at = now() - interval '{KEPT} days' where scope = 'hour'"))
    async with pool.begin() as connection:
        assert await prune(connection) == 3
    async with pool.connect() as connection:
        calls = (await connection.execute(select(model_call.c.conversation).order_by(model_call.c.conversation))).scalars().all()
    assert calls == ["both", "new"]
    assert set(await spent(pool)) == {("conversation", "new"), ("conversation", "both"), ("day", "2026-03-31"), ("month", "2026-03")}


async def test_settling_never_raises() -> None:
    away = create_async_engine("postgresql+psycopg://nobody@127.0.0.1:9/none")
    await meter(away).settle("c1", 5000, CALL)
    await away.dispose()


async def test_both_take_at_most_a_few_milliseconds(pool: AsyncEngine) -> None:
    made = meter(pool)
    for at in range(3):
        await made.reserve(f"c{at}", 10)
        await made.settle(f"c{at}", 10, CALL)
    laps: list[float] = []
    for at in range(40):
        began = time.perf_counter()
        await made.reserve(f"c{at}", 10)
        await made.settle(f"c{at}", 10, CALL)
        laps.append((time.perf_counter() - began) * 1000)
    assert min(laps) < 20  # 3 ms were measured for both; other work may share this machine
    async with pool.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(model_call)) == 43
