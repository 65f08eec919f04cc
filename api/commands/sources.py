"""The doctor's look at shops, carriers and warehouses: do they answer, how fast, and how old is what is known of them."""

import time
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.connectors import shops_file
from agent.commerce.connectors.registry import Asked, Builder
from agent.commerce.mirror import Known, known
from agent.errors import PortsideError
from agent.settings import Settings
from agent.store.engine import database_url, make_engine, unusable

Finding = tuple[bool, str]


async def look(settings: Settings) -> list[tuple[str, Finding]]:
    """A finding for each source. Raises BadFile, UnsafeSettings for a shops file that cannot be used."""
    shops = shops_file.load(settings.shops, demo=settings.demo)
    engine = make_engine(database_url(settings), pool=2)
    try:
        async with httpx.AsyncClient() as client:
            builder = Builder(engine, client, shops_file.environment(), settings.shops.parent, lambda: datetime.now(UTC))
            commerce = builder.build(shops)
            kept = await _kept(engine)
            return [(source.name, await _finding(source, [row for row in kept if row.source == source.name])) for source in commerce.asked]
    finally:
        await engine.dispose()


async def _finding(source: Asked, kept: list[Known]) -> Finding:
    begun = time.perf_counter()
    try:
        await source.probe()
    except (PortsideError, OSError, TimeoutError, SQLAlchemyError, ValueError) as error:
        known_fault = error if isinstance(error, PortsideError) else unusable(error)
        why = str(known_fault) if known_fault else type(error).__name__
        return False, "; ".join((f"{source.kind}: {why.splitlines()[0]}", *_ages(kept)))
    took = (time.perf_counter() - begun) * 1000
    faults = source.faults()
    said = [f"{source.kind} answers in {took:.0f} ms", *_ages(kept), *faults[:3]]
    if source.kind in ("shopify", "woocommerce", "aftership") and not source.hears:
        said.append("no webhook secret: changes are seen only when the ttl is over")
    return not faults, "; ".join(said)


async def _kept(engine: AsyncEngine) -> tuple[Known, ...]:
    try:
        return await known(engine)
    except SQLAlchemyError:  # no schema yet: the check of the database says so
        return ()


def _ages(kept: list[Known]) -> list[str]:
    now = datetime.now(UTC)
    return [f"{row.count} {row.kind} known, {_age(now - row.newest)} to {_age(now - row.oldest)} old" for row in kept]


def _age(age: timedelta) -> str:
    seconds = max(age.total_seconds(), 0)
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
