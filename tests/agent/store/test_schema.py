"""A database that this version cannot use is told in one line, with what to run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.errors import NotReady
from agent.store import migrate
from agent.store.engine import EMPTY, check_schema, make_engine, unusable


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = make_engine(database_url.replace("+psycopg", ""), pool=1)
    yield made
    await made.dispose()


async def test_without_tables_with_old_ones_and_with_newer_ones(engine: AsyncEngine) -> None:
    with pytest.raises(NotReady, match=r"no tables yet\. Run: portside setup"):
        await check_schema(engine)
    await asyncio.to_thread(migrate.upgrade, engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    await check_schema(engine)
    for version, refused in (("0003", True), ("9999", False)):
        async with engine.begin() as connection:
            await connection.execute(text(f"update alembic_version set version_num = '{version}'"))
        if refused:
            with pytest.raises(NotReady, match=r"older version\. Run: portside setup"):
                await check_schema(engine)
        else:
            await check_schema(engine)


async def test_only_a_missing_table_or_server_says_something_of_the_whole_database(engine: AsyncEngine) -> None:
    told: list[str] = []
    for statement in ("select 1 from support_case", "select 1 from", "select 1/0", "select pg_sleep(9)"):
        async with engine.connect() as connection:
            await connection.execute(text("set statement_timeout = 50"))
            with pytest.raises(DBAPIError) as failed:
                await connection.execute(text(statement))
        told.append(str(unusable(failed.value) or ""))
    assert told == [EMPTY, "", "", ""]
    assert unusable(ValueError("orig")) is None


async def test_a_database_that_is_away_is_told_too() -> None:
    away = make_engine("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(NotReady, match="DATABASE_URL"):
        await check_schema(away)
    await away.dispose()
