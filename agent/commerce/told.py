"""What a webhook tells of is marked to be read again: once a message, in any order, whatever came before."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.connectors.change import Change, ChangeKind
from agent.store.source_tables import delivery

_KINDS = {
    ChangeKind.ORDER: ["order"],
    ChangeKind.TRACKING: ["tracking"],
    ChangeKind.STOCK: ["stock", "availability"],
    ChangeKind.PRODUCT: ["product"],
}
# A message that is older than what was told before changes nothing. Sources tell whole seconds, so that of two messages in one second both
# count; the added microsecond shows a reading that is under way that something came in meanwhile.
_NEWER = "(m.changed_at IS NULL OR :at >= date_trunc('second', m.changed_at))"
_MARKED = "greatest(:at, coalesce(m.changed_at, 'epoch') + interval '1 microsecond')"
_THERE = text("SELECT 1 FROM mirror WHERE source = :source AND kind = ANY(:kinds) AND id = :id LIMIT 1")
_ONE = text(
    f"UPDATE mirror AS m SET dirty = true, changed_at = {_MARKED}"  # noqa: S608  two constants of ours
    f" WHERE m.source = :source AND m.kind = ANY(:kinds) AND m.id = :id AND {_NEWER}"
)
_ALL = text(
    "WITH meant AS MATERIALIZED ("  # noqa: S608  locked in one order, so that two messages wait for each other rather than for ever
    f" SELECT m.kind, m.id FROM mirror m WHERE m.source = :source AND m.kind = ANY(:kinds) AND {_NEWER}"
    " ORDER BY m.kind, m.id FOR UPDATE)"
    f" UPDATE mirror AS m SET dirty = true, changed_at = {_MARKED} FROM meant"
    " WHERE m.source = :source AND m.kind = meant.kind AND m.id = meant.id"
)


async def hear(engine: AsyncEngine, change: Change, now: datetime) -> bool:
    """False when this message was heard before."""
    row = insert(delivery).values(source=change.source, id=change.delivery[:200], topic=change.kind.value, at=now)
    async with engine.begin() as connection:
        # A second one waits here until the first has ended, and is dropped if that went well.
        new = await connection.scalar(row.on_conflict_do_nothing().returning(delivery.c.id))
        if new is None:
            return False
        await _mark(connection, change, min(change.changed_at, now))  # a clock that is ahead must not silence later messages
    return True


async def _mark(connection: AsyncConnection, change: Change, at: datetime) -> None:
    key = change.number if change.kind is ChangeKind.ORDER else change.id.replace(" ", "")
    values = {"source": change.source, "kinds": _KINDS[change.kind], "id": key, "at": at}
    if key and await connection.scalar(_THERE, values):
        await connection.execute(_ONE, values)
    elif kinds := _perhaps(change, key):
        await connection.execute(_ALL, values | {"kinds": kinds})


def _perhaps(change: Change, key: str) -> list[str]:
    """What to read again when no row has this id. Nothing is kept of what nobody asked for, and that is no news."""
    if change.kind is ChangeKind.TRACKING:
        return []
    if change.kind is ChangeKind.ORDER:
        return ["orders_of"] if key else ["order", "orders_of"]  # perhaps a customer's newest; without its number, any order
    return _KINDS[change.kind] if key.isdecimal() or "/" in key else []  # an id of the source's own, no SKU: any article
