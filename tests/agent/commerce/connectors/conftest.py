"""Sources of a shop on 127.0.0.1, and a database with the schema and nothing in it."""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.store import migrate
from agent.store.engine import make_engine

FAKES = Path(__file__).parents[3] / "fakes"
_numbers = itertools.count(1)


def fake(name: str) -> ModuleType:
    """A module of tests/fakes: the tests are no package."""
    known = f"fakes_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, FAKES / f"{name}.py")
        assert spec and spec.loader
        sys.modules[known] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


@pytest.fixture
def load_fake() -> Callable[[str], ModuleType]:
    return fake


@pytest.fixture
async def erp() -> AsyncIterator[Any]:
    module = fake("erp")
    async with module.serving(module.Erp()) as running:
        yield running


def administer(server: str, command: LiteralString, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))


@pytest.fixture(scope="session")
def empty_tables(pg_server: str) -> str:
    """Name of a database with the schema and nothing in it."""
    name = f"sources_{os.getpid()}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE template0", name)
    migrate.upgrade(pg_server.replace("/postgres?", f"/{name}?", 1))
    return name


@pytest.fixture
def shop_database(pg_server: str, empty_tables: str) -> Iterator[str]:
    name = f"mirror_{os.getpid()}_{next(_numbers)}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, empty_tables)
    yield pg_server.replace("/postgres?", f"/{name}?", 1)
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
async def tables(shop_database: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of this test's own."""
    made = make_engine(shop_database, pool=4)
    yield made
    await made.dispose()


@pytest.fixture
async def scene(tables: AsyncEngine) -> Any:
    """A shop with one order and two articles, and what is kept of it."""
    kept = fake("kept")
    return kept.Scene(tables, kept.Source({"1042": kept.order()}, {"AU-1": 5, "AU-2": 0}))
