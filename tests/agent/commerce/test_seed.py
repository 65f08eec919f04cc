"""Seeding happens once, and again only when asked."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.demo.seed import seed
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.tables import SCHEMA, metadata, orders, seeding
from agent.domain.effect import PlannedEffect

TODAY = date(2026, 11, 21)


@pytest.fixture
async def shop(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        await connection.run_sync(metadata.create_all)
    return engine


async def seeded_on(engine: AsyncEngine) -> date | None:
    async with engine.connect() as connection:
        return await connection.scalar(select(seeding.c.today))


async def test_two_processes_at_once_seed_once(shop: AsyncEngine) -> None:
    first, second = await asyncio.gather(seed(shop, today=TODAY), seed(shop, today=TODAY))
    assert first == second and first["orders"] == 800
    async with shop.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(orders)) == 800


async def test_seeded_is_left_alone(shop: AsyncEngine) -> None:
    await seed(shop, today=TODAY)
    await seed(shop, today=TODAY + timedelta(days=30))
    assert await seeded_on(shop) == TODAY


async def test_force_seeds_anew(shop: AsyncEngine) -> None:
    await seed(shop, today=TODAY)
    await seed(shop, today=TODAY + timedelta(days=1), force=True)
    assert await seeded_on(shop) == TODAY + timedelta(days=1)


@pytest.mark.parametrize(("days", "renewed"), [(3, False), (4, True)])
async def test_refresh_renews_what_is_stale(shop: AsyncEngine, days: int, renewed: bool) -> None:
    await seed(shop, today=TODAY)
    later = TODAY + timedelta(days=days)
    await seed(shop, today=later, refresh=True)
    assert await seeded_on(shop) == (later if renewed else TODAY)


async def test_refresh_spares_a_shop_somebody_used(shop: AsyncEngine) -> None:
    await seed(shop, today=TODAY)
    await DemoEffects(shop).carry_out(PlannedEffect(key="k", kind="cancel", order="1044", payload={}))
    await seed(shop, today=TODAY + timedelta(days=9), refresh=True)
    assert await seeded_on(shop) == TODAY
