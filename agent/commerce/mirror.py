"""What the sources said last, kept in PostgreSQL: an answer that is young enough spares a reading, an old one is better than none."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.as_json import from_json, to_json
from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.errors import frames
from agent.store.source_tables import delivery, mirror

log = structlog.get_logger()
T = TypeVar("T")
#: A source that is away, that refuses us, or whose answer is no order at all. What was known before is told instead.
DOWN = (SourceDown, SourceRefused, OSError, TimeoutError, ValueError)
#: Rows that nobody has asked for are thrown away: they are customers' data.
KEPT = timedelta(days=30)
DELIVERIES_KEPT = timedelta(days=7)

# A reading that began earlier never overwrites a later one; what was told to have changed while it was read stays to be read again.
_KEEP = text(
    "INSERT INTO mirror AS m (source, kind, id, data, read_at) VALUES (:source, :kind, :id, :data, :read_at)"
    " ON CONFLICT (source, kind, id) DO UPDATE SET data = excluded.data, read_at = excluded.read_at,"
    " dirty = m.dirty AND m.changed_at IS DISTINCT FROM cast(:seen AS timestamptz) WHERE excluded.read_at >= m.read_at"
).bindparams(bindparam("data", type_=JSONB))
_TOUCH = text(
    "UPDATE mirror SET dirty = true, changed_at = coalesce(changed_at, 'epoch') + interval '1 microsecond'"
    " WHERE source = :source AND kind = :kind AND id = :id"
)


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """`value` is what the source said when it was asked at `read_at`. `seen` is given back when it is read again."""

    value: T
    read_at: datetime
    dirty: bool
    seen: datetime | None

    def fresh(self, now: datetime, ttl: timedelta) -> bool:
        return not self.dirty and timedelta(0) <= now - self.read_at < ttl


def utc_now() -> datetime:
    return datetime.now(UTC)


class Mirror:
    """The rows of one source. `now` is our own clock."""

    def __init__(self, engine: AsyncEngine, source: str, *, now: Callable[[], datetime] = utc_now) -> None:
        self._engine, self.source, self.now = engine, source, now

    async def get(self, kind: str, type_: type[T], ids: Sequence[str]) -> dict[str, Kept[T]]:
        """By id, those that are known."""
        if not (wanted := [key for key in dict.fromkeys(ids) if key and key.isprintable()]):
            return {}
        rows = select(mirror.c.id, mirror.c.data, mirror.c.read_at, mirror.c.dirty, mirror.c.changed_at).where(
            mirror.c.source == self.source, mirror.c.kind == kind, mirror.c.id.in_(wanted)
        )
        async with self._reading().connect() as connection:
            found = (await connection.execute(rows)).all()
        read = [(row, from_json(type_, row.data)) for row in found]
        return {row.id: Kept(value, row.read_at, row.dirty, row.changed_at) for row, value in read if value is not None}

    async def all(self, kind: str, type_: type[T], most: int = 5000) -> tuple[T, ...]:
        rows = select(mirror.c.data).where(mirror.c.source == self.source, mirror.c.kind == kind).limit(most)
        async with self._reading().connect() as connection:
            found = await connection.scalars(rows)
            return tuple(value for data in found if (value := from_json(type_, data)) is not None)

    async def keep(
        self, kind: str, type_: type[Any], values: Mapping[str, Any], begun: datetime, seen: Mapping[str, Kept[Any]] | None = None
    ) -> None:
        """What a reading that began at `begun` found. A fact that cannot be kept is still a fact: that is logged alone."""
        before = seen or {}
        rows = [
            {
                "source": self.source,
                "kind": kind,
                "id": key,
                "data": to_json(type_, value),
                "read_at": begun,
                "seen": before[key].seen if key in before else None,
            }
            for key, value in sorted(values.items())  # always in one order: two at once never wait for each other
            if key and key.isprintable()
        ]
        if not rows:
            return
        try:
            async with self._engine.begin() as connection:
                await connection.execute(_KEEP, rows)
        except SQLAlchemyError as error:
            log.warning("mirror.not_kept", source=self.source, kind=kind, error=type(error).__name__)

    async def forget(self, kind: str, key: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(mirror).where(mirror.c.source == self.source, mirror.c.kind == kind, mirror.c.id == key))

    async def touch(self, kind: str, key: str) -> None:
        """It has changed, by our own doing: read it again before it is told. Never fails what was done."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(_TOUCH, {"source": self.source, "kind": kind, "id": key})
        except SQLAlchemyError as error:
            log.warning("mirror.not_touched", source=self.source, kind=kind, error=type(error).__name__)

    async def through(
        self, kind: str, type_: type[T], ids: Sequence[str], ttl: timedelta, read: Callable[[list[str]], Awaitable[Mapping[str, T]]]
    ) -> tuple[dict[str, T], dict[str, T]]:
        """(what is fresh or was read now, what is old because the source is down). `read` must answer for every id it is asked.

        Raises SourceDown when the source is down and something asked for was never known.
        """
        known = await self.get(kind, type_, ids)
        began = self.now()
        missing = [key for key in dict.fromkeys(ids) if key not in known or not known[key].fresh(began, ttl)]
        fresh = {key: row.value for key, row in known.items() if key not in missing}
        if not missing:
            return fresh, {}
        try:
            found = await read(missing)
        except DOWN as error:
            old = {key: known[key].value for key in missing if key in known}
            if len(old) < len(missing):
                raise down(self.source, error) from error
            told_as_old(self.source, error)
            return fresh, old
        await self.keep(kind, type_, found, began, known)
        return fresh | dict(found), {}

    def _reading(self) -> AsyncEngine:
        return self._engine.execution_options(isolation_level="AUTOCOMMIT")


def down(source: str, error: BaseException) -> SourceDown:
    """The one error callers know, with nothing of what was asked in it."""
    return error if isinstance(error, SourceDown) else SourceDown(f"{source} cannot be read ({type(error).__name__}).")


def told_as_old(source: str, error: BaseException) -> None:
    where = frames(error, 2) if isinstance(error, ValueError) else []
    log.warning("source.down", source=source, error=type(error).__name__, at=where)


async def prune(engine: AsyncEngine, now: datetime, kept: timedelta = KEPT) -> int:
    """Throw away what is too old to be told. Returns the number of rows."""
    async with engine.begin() as connection:
        gone = await connection.execute(delete(mirror).where(mirror.c.read_at < now - kept))
        await connection.execute(delete(delivery).where(delivery.c.at < now - DELIVERIES_KEPT))
    return gone.rowcount


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How much is kept of one kind of a source's facts, and how old it is."""

    source: str
    kind: str
    count: int
    oldest: datetime
    newest: datetime
    dirty: int


async def known(engine: AsyncEngine) -> tuple[Known, ...]:
    by_kind = (
        select(
            mirror.c.source,
            mirror.c.kind,
            func.count().label("count"),
            func.min(mirror.c.read_at).label("oldest"),
            func.max(mirror.c.read_at).label("newest"),
            func.count().filter(mirror.c.dirty).label("dirty"),
        )
        .group_by(mirror.c.source, mirror.c.kind)
        .order_by(mirror.c.source, mirror.c.kind)
    )
    async with engine.connect() as connection:
        return tuple(Known(**row) for row in (await connection.execute(by_kind)).mappings())
