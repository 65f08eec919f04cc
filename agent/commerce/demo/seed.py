"""Writes the generated shop to the database, once."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, insert, select, text
from sqlalchemy.dialects.postgresql import insert as insert_once
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.demo import photos
from agent.commerce.demo.generate import generate
from agent.commerce.demo.rows import rows
from agent.commerce.tables import SCHEMA, effect_done, metadata, seeding
from agent.store.photo_tables import product_picture

Counts = dict[str, int]
_STALE = timedelta(days=3)
#: Any number will do, as long as nothing else in this database locks on it.
_LOCK = 0x10_0E


async def seed(engine: AsyncEngine, *, seed: int = 7, today: date, force: bool = False, refresh: bool = False) -> Counts:
    """Rows by table. A shop already seeded is left alone, unless

    - `force`: it is emptied and seeded anew, or
    - `refresh`: the same, but only when it is older than three days and no effect was carried out on it.
    """
    async with engine.begin() as connection:
        # Two processes starting at once: the second waits here and then finds the first one's work.
        await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        earlier = (await connection.execute(select(seeding.c.today, seeding.c.counts))).one_or_none()
        if earlier and not force and not (refresh and await _stale(connection, earlier.today, today)):
            return dict(earlier.counts)
        if earlier:
            await _empty(connection)
        return await _fill(connection, seed, today)


async def _stale(connection: AsyncConnection, seeded: date, today: date) -> bool:
    touched = await connection.scalar(select(effect_done.c.key).limit(1))
    return touched is None and today - seeded > _STALE


async def _empty(connection: AsyncConnection) -> None:
    names = ", ".join(f'{SCHEMA}."{table.name}"' for table in metadata.sorted_tables)
    await connection.execute(text(f"TRUNCATE {names}"))


async def _fill(connection: AsyncConnection, number: int, today: date) -> Counts:
    counts: Counts = {}
    for table, values in rows(generate(number, today)):
        await connection.execute(insert(table), values)
        counts[table.name] = len(values)
    row: dict[str, Any] = {"seed": number, "today": today, "counts": counts}
    await connection.execute(insert(seeding).values(row))
    return counts


async def hang_pictures(engine: AsyncEngine) -> None:
    """The catalogue's pictures, once: what an editor takes down stays down, unless it is all of them."""
    async with engine.begin() as connection:
        if not await connection.scalar(select(exists().where(product_picture.c.by == photos.BY))):
            await connection.execute(insert_once(product_picture).values(photos.rows()).on_conflict_do_nothing())
