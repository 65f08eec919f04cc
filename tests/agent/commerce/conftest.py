"""The demo shop in memory and in PostgreSQL, behind one face: a test of remedies runs on both."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from agent.commerce.demo.seed import seed
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_shop import DemoShop
from agent.commerce.memory import MemoryEffects, MemoryShop
from agent.commerce.tables import SCHEMA, metadata
from agent.domain.commerce import Order
from agent.domain.effect import EffectResult, PlannedEffect

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@dataclass
class Stage:
    """A shop to read and its effects. `at` is its clock."""

    reads: Any
    effects: Any
    at: datetime = NOW
    keys: int = 0

    async def do(self, kind: str, order: str, key: str = "", **payload: Any) -> EffectResult:
        self.keys += 1
        return await self.effects.carry_out(PlannedEffect(key=key or f"key {self.keys}", kind=kind, order=order, payload=payload))

    async def order(self, number: str) -> Order:
        return await self.reads.by_number(number)

    async def committed(self, sku: str, warehouse: str) -> int:
        return next(level.committed for level in await self.reads.levels([sku]) if level.warehouse == warehouse)

    async def on_hand(self, sku: str, warehouse: str) -> int:
        return next(level.on_hand for level in await self.reads.levels([sku]) if level.warehouse == warehouse)

    async def told(self, event: Any) -> list[str]:
        """What the event tells the procedures: kind and event."""
        return [f"{each.kind} {each.event}" for each in await self.effects.happen(event)]


def url_of(server: str, name: str) -> str:
    return server.replace("postgresql://", "postgresql+psycopg://", 1).replace("/postgres?", f"/{name}?", 1)


def administer(server: str, command: Any, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))


async def _seeded(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        await connection.run_sync(metadata.create_all)
    await seed(engine, today=TODAY)
    await engine.dispose()


@pytest.fixture(scope="session")
def seeded_shop(pg_server: str) -> Iterator[str]:
    """Name of a seeded database to copy: ten times faster than seeding for each test."""
    name = f"remedies_{os.getpid()}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE template0", name)
    asyncio.run(_seeded(url_of(pg_server, name)))
    yield name
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def shop_copy(pg_server: str, seeded_shop: str) -> Iterator[str]:
    name = f"{seeded_shop}_copy"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, seeded_shop)
    yield url_of(pg_server, name)
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(params=["memory", "postgres"])
def shop_url(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "memory" else request.getfixturevalue("shop_copy")


@pytest.fixture
async def stage(shop_url: str | None) -> AsyncIterator[Stage]:
    made = Stage(None, None)
    if shop_url is None:
        made.reads = MemoryShop.demo(today=TODAY, now=lambda: made.at)
        made.effects = MemoryEffects(made.reads)
        yield made
        return
    engine = create_async_engine(shop_url, poolclass=NullPool)
    made.reads, made.effects = DemoShop(engine, now=lambda: made.at), DemoEffects(engine, now=lambda: made.at)
    yield made
    await engine.dispose()
