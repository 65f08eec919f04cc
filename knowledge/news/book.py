"""The book of news: reports come in, replace their elders, and are withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import structlog
from sqlalchemy import Boolean, RowMapping, and_, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.news.report import LONGEST, Item, detail, happened
from knowledge.news.tables import news

_log = structlog.get_logger(__name__)

Outcome = Literal["stored", "unchanged", "outdated", "over", "too_long"]
_FACTS = ("kind", "valid_from", "valid_to", "markets", "products", "detail")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one report: `outdated` came after a newer one, `over` is past, `too_long` is valid beyond the bound."""

    id: str
    outcome: Outcome


async def report(engine: AsyncEngine, items: Iterable[Item], by: str, now: datetime | None = None) -> tuple[Received, ...]:
    """All of them in one transaction, in their order."""
    async with engine.begin() as connection:
        return await enter(connection, items, by, now)


async def enter(connection: AsyncConnection, items: Iterable[Item], by: str, now: datetime | None = None) -> tuple[Received, ...]:
    """The same in the caller's transaction. Whoever redelivers should give `at`: a report without one counts as new."""
    at = now or datetime.now(UTC)
    found = tuple([Received(item.id, await _receive(connection, item, by, at)) for item in items])
    _log.info("news.reported", by=by, stored=sum(each.outcome == "stored" for each in found), of=len(found))
    return found


async def _receive(connection: AsyncConnection, item: Item, by: str, now: datetime) -> Outcome:
    if fault := _fault(item, now.date()):
        return fault
    row = _row(item, by, now)
    before = (await connection.execute(select(news).where(news.c.id == item.id).with_for_update())).mappings().one_or_none()
    made = upsert(news).values(row)
    # Two reporters at once: the condition holds for the one that waited, too.
    newer = and_(
        news.c.reported_at <= made.excluded.reported_at, or_(news.c.withdrawn_at.is_(None), news.c.withdrawn_at < made.excluded.reported_at)
    )
    new = {name: made.excluded[name] for name in row if name != "id"}
    done = made.on_conflict_do_update(index_elements=["id"], set_={**new, "withdrawn_at": None}, where=newer)
    stored = await connection.scalar(done.returning(literal_column("true", Boolean)))
    if not stored:
        return "outdated"
    return "unchanged" if before and not before["withdrawn_at"] and _same(before, row) else "stored"


def _fault(item: Item, today: date) -> Outcome | None:
    if item.valid_to < today:
        return "over"
    return "too_long" if item.valid_to > today + LONGEST else None


def _row(item: Item, by: str, now: datetime) -> dict[str, Any]:
    common = {"id": item.id, "kind": item.kind, "valid_from": item.valid_from, "valid_to": item.valid_to}
    facts = {"markets": list(item.markets), "products": list(item.products), "detail": detail(item)}
    return {**common, **facts, "reported_by": by, "reported_at": happened(item, now)}


def _same(before: RowMapping, row: dict[str, Any]) -> bool:
    return all(before[name] == row[name] for name in _FACTS)


async def withdraw(engine: AsyncEngine, id_: str, by: str, now: datetime | None = None) -> bool:
    """False when there is nothing of that id to withdraw."""
    async with engine.begin() as connection:
        return await strike(connection, id_, by, now)


async def strike(connection: AsyncConnection, id_: str, by: str, now: datetime | None = None) -> bool:
    """The same in the caller's transaction. Who withdrew it stands as its last reporter."""
    at = now or datetime.now(UTC)
    gone = update(news).where(news.c.id == id_, news.c.withdrawn_at.is_(None)).values(withdrawn_at=at, reported_by=by)
    found = await connection.scalar(gone.returning(news.c.id))
    _log.info("news.withdrawn", by=by, id=id_, found=found is not None)
    return found is not None


async def reclaim(engine: AsyncEngine, ids: Collection[str], by: str) -> None:
    """News withdrawn by others count as withdrawn by `by`, who may report them again."""
    if not ids:
        return
    async with engine.begin() as connection:
        await connection.execute(update(news).where(news.c.id.in_(ids), news.c.withdrawn_at.is_not(None)).values(reported_by=by))


async def listing(engine: AsyncEngine, *, today: date | None = None, prefix: str = "", limit: int = 200) -> tuple[RowMapping, ...]:
    """The newest first; with `today` only what is not over and not withdrawn."""
    query = select(news).where(news.c.id.startswith(prefix, autoescape=True)).order_by(news.c.reported_at.desc(), news.c.id).limit(limit)
    if today:
        query = query.where(news.c.valid_to >= today, news.c.withdrawn_at.is_(None))
    async with engine.connect() as connection:
        return tuple((await connection.execute(query)).mappings())
