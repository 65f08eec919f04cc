"""The customers' articles of the active snapshot, held in memory: a request costs one look at the pointer, and most not even that."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.editorial.tables import revision
from knowledge.snapshot import pointer
from knowledge.variants import Variant, variants_of

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Published:
    """What customers may read, by article and language, and when editors published it."""

    snapshot: str = ""
    articles: dict[str, dict[str, Variant]] = field(default_factory=dict[str, dict[str, Variant]])
    edited: dict[tuple[str, str], datetime] = field(default_factory=dict[tuple[str, str], datetime])


class FaqShelf:
    """Gives what is published now; while it loads, or the database is away, what it held before."""

    def __init__(self, engine: AsyncEngine, ttl: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._ttl, self._clock = engine, ttl, clock
        self._held: Published | None = None
        self._checked = float("-inf")
        self._loading = asyncio.Lock()

    async def current(self) -> Published:
        held = self._held
        if held is not None and (self._fresh() or self._loading.locked()):
            return held
        async with self._loading:
            if self._held is None or not self._fresh():
                self._held, self._checked = await self._refresh(), self._clock()
            return self._held

    def _fresh(self) -> bool:
        return self._clock() - self._checked < self._ttl

    async def _refresh(self) -> Published:
        try:
            return await self._read()
        except (SQLAlchemyError, OSError) as error:
            if self._held is None:
                raise
            _log.warning("faq.pointer.unreadable", error=type(error).__name__, serving=self._held.snapshot)
            return self._held

    async def _read(self) -> Published:
        async with self._engine.connect() as connection:
            now = await pointer(connection)
            if now is None:
                return Published()
            if self._held is not None and self._held.snapshot == now.snapshot:
                return self._held
            return _published(now.snapshot, await variants_of(connection, now.snapshot, "customer"), await _edited(connection))


async def _edited(connection: AsyncConnection) -> dict[tuple[str, str], datetime]:
    query = select(revision.c.article, revision.c.language, func.max(revision.c.at).label("at"))
    changed = query.where(revision.c.kind.in_(("published", "restored"))).group_by(revision.c.article, revision.c.language)
    return {(row.article, row.language): row.at for row in await connection.execute(changed)}


def _published(snapshot: str, variants: Sequence[Variant], edited: dict[tuple[str, str], datetime]) -> Published:
    articles: dict[str, dict[str, Variant]] = {}
    for found in variants:
        articles.setdefault(found.article.id, {})[found.article.language] = found
    return Published(snapshot, articles, edited)
