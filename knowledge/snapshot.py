"""Snapshots of the knowledge base: which one is active, going back to another, and clearing out old ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.entry import Entry
from knowledge.errors import NoSuchSnapshot, SyncRunning
from knowledge.held import go_back
from knowledge.index import VectorIndex
from knowledge.tables import active, passage, snapshot, snapshot_passage, snapshot_variant, variant
from knowledge.variants import Variant, link

# One statement for all rows: 10,000 of them take a tenth of the time of an insert each.
_LINK = text(
    "insert into knowledge_snapshot_passage (snapshot_id, passage_id, position)"
    " select :snapshot, id, at from unnest(cast(:ids as text[]), cast(:at as integer[])) as held (id, at) on conflict do nothing"
)
_READ = 1000
_LOCK = 0x6B6E6F77  # any fixed number; all syncs and prunes of a database share it


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the knowledge base."""

    id: str
    created_at: datetime
    fingerprint: str
    articles: int
    passages: int
    report: dict[str, Any]
    active: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """The active snapshot, and since when."""

    snapshot: str
    switched_at: datetime


async def pointer(connection: AsyncConnection, *, hold: bool = False) -> Pointer | None:
    """What is active now; None before the first sync. `hold`: nobody else switches before the caller's transaction ends."""
    query = select(active.c.snapshot_id, active.c.switched_at)
    row = (await connection.execute(query.with_for_update() if hold else query)).one_or_none()
    return Pointer(*row) if row else None


async def switch(connection: AsyncConnection, to: str) -> None:
    """Points at another snapshot, inside the caller's transaction."""
    values = {"snapshot_id": to, "switched_at": func.now()}
    statement = upsert(active).values(one=1, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["one"], set_=values))


async def snapshots(engine: AsyncEngine) -> tuple[Snapshot, ...]:
    """All snapshots, the newest first."""
    async with engine.connect() as connection:
        now = await pointer(connection)
        rows = await connection.execute(select(snapshot).order_by(snapshot.c.created_at.desc(), snapshot.c.id))
        return tuple(Snapshot(**row, active=bool(now and now.snapshot == row["id"])) for row in rows.mappings())


async def rollback(engine: AsyncEngine, to: str | None = None) -> str:
    """Makes `to` active, by default the one made before the active one; gives its id.

    Later syncs bring nothing of what was left back until its articles are edited; a forced sync does.
    """
    async with engine.begin() as connection:
        now = await pointer(connection, hold=True)
        target = to or await _before(connection, now)
        exists = target and await connection.scalar(select(snapshot.c.id).where(snapshot.c.id == target))
        if not target or not exists or not now:
            raise NoSuchSnapshot(target or "nothing older than the active one")
        if target != now.snapshot:
            await go_back(connection, now.snapshot, target)
            await switch(connection, target)
        return target


async def _before(connection: AsyncConnection, now: Pointer | None) -> str | None:
    made = select(snapshot.c.created_at).where(snapshot.c.id == (now.snapshot if now else "")).scalar_subquery()
    older = select(snapshot.c.id).where(snapshot.c.created_at < made)
    return await connection.scalar(older.order_by(snapshot.c.created_at.desc()).limit(1))


async def entries_of(connection: AsyncConnection, snapshot_id: str) -> tuple[Entry, ...]:
    """All passages of a snapshot. A page at a time, and made in a thread: all at once would hold up every customer for a fifth of a second."""
    query = select(snapshot_passage.c.passage_id, snapshot_passage.c.position).where(snapshot_passage.c.snapshot_id == snapshot_id)
    positions = {row.passage_id: row.position for row in await connection.execute(query)}
    found: list[Entry] = []
    ids = sorted(positions)
    for start in range(0, len(ids), _READ):
        rows = await connection.execute(select(passage).where(passage.c.id.in_(ids[start : start + _READ])))
        found += await asyncio.to_thread(_entries, rows.mappings().all(), positions)
    return tuple(sorted(found, key=lambda entry: (entry.article, entry.language, entry.position)))


def _entries(rows: Sequence[RowMapping], positions: Mapping[str, int]) -> list[Entry]:
    return [_entry(dict(row), positions[row["id"]]) for row in rows]


def _entry(row: dict[str, Any], position: int) -> Entry:
    row |= {name: tuple(row[name]) for name in ("markets", "products", "intents")}
    return Entry(**row, position=position)


async def publish(connection: AsyncConnection, made: dict[str, Any], variants: Sequence[Variant], entries: Sequence[Entry]) -> None:
    """Writes a snapshot and switches to it, inside the caller's transaction; `made` holds its row."""
    again = {"created_at": func.now(), "report": made["report"]}  # the same content as some time before
    await connection.execute(upsert(snapshot).values(**made).on_conflict_do_update(index_elements=["id"], set_=again))
    await connection.execute(_LINK, {"snapshot": made["id"], "ids": [e.id for e in entries], "at": [e.position for e in entries]})
    await link(connection, made["id"], variants)
    await switch(connection, made["id"])


async def prune(engine: AsyncEngine, index: VectorIndex, keep: int = 6) -> int:
    """Deletes all but the active and `keep` newest snapshots, and passages none of them holds; gives their number."""
    async with exclusive(engine):
        async with engine.begin() as connection:
            now = await pointer(connection)
            newest = select(snapshot.c.id).order_by(snapshot.c.created_at.desc()).limit(keep)
            kept = snapshot.c.id.in_(newest) | (snapshot.c.id == (now.snapshot if now else ""))
            await connection.execute(delete(snapshot).where(~kept))
        held = select(snapshot_passage.c.passage_id).where(snapshot_passage.c.passage_id == passage.c.id).exists()
        async with engine.begin() as connection:
            orphans = list(await connection.scalars(select(passage.c.id).where(~held)))
            # Vectors first: a row that outlives its vector is mended by the next sync, a vector without row by nobody.
            await index.delete(orphans)
            await connection.execute(delete(passage).where(~held))
            linked = select(snapshot_variant.c.variant_id).where(snapshot_variant.c.variant_id == variant.c.id).exists()
            await connection.execute(delete(variant).where(~linked))
        return len(orphans)


@asynccontextmanager
async def exclusive(engine: AsyncEngine) -> AsyncGenerator[None]:
    """Keeps a second sync or prune out, in any process; a killed one frees it with its connection."""
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        if not await connection.scalar(text("select pg_try_advisory_lock(:key)"), {"key": _LOCK}):
            raise SyncRunning()
        try:
            yield
        finally:
            await connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
