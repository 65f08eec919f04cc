"""Which passages a search looks at: those of the active snapshot, held in memory and checked once a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.passages import PassageSet
from knowledge.snapshot import entries_of
from knowledge.tables import active, snapshot

_log = structlog.get_logger(__name__)


class Shelf(Protocol):
    """Gives the passages to search now."""

    async def current(self) -> PassageSet: ...


class FixedShelf:
    """Always the same passages."""

    def __init__(self, passages: PassageSet) -> None:
        self._passages = passages

    async def current(self) -> PassageSet:
        return self._passages


class ActiveShelf:
    """The active snapshot; while a new one loads, or the database is away, the one in memory serves."""

    def __init__(self, engine: AsyncEngine, ttl: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._ttl = ttl
        self._clock = clock
        self._held: PassageSet | None = None
        self._checked = float("-inf")
        self._loading = asyncio.Lock()

    async def current(self) -> PassageSet:
        held = self._held
        if held is not None and (self._fresh() or self._loading.locked()):
            return held
        async with self._loading:
            if self._held is None or not self._fresh():
                self._held = await self._refresh()
                self._checked = self._clock()
            return self._held

    def _fresh(self) -> bool:
        return self._clock() - self._checked < self._ttl

    async def _refresh(self) -> PassageSet:
        try:
            return await self._read()
        except (SQLAlchemyError, OSError) as error:
            if self._held is None:
                raise
            _log.warning("knowledge.pointer.unreadable", error=type(error).__name__, serving=self._held.snapshot)
            return self._held

    async def _read(self) -> PassageSet:
        async with self._engine.connect() as connection:
            found = await self._pointer(connection)
            if self._held is not None and self._held.snapshot == found[0]:
                return self._held
            entries = await entries_of(connection, found[0])
        return await asyncio.to_thread(PassageSet, found[0], entries, found[1])

    @staticmethod
    async def _pointer(connection: AsyncConnection) -> tuple[str, str]:
        query = select(snapshot.c.id, snapshot.c.fingerprint).join(active, active.c.snapshot_id == snapshot.c.id)
        row = (await connection.execute(query)).one_or_none()
        return (row.id, row.fingerprint) if row else ("", "")
