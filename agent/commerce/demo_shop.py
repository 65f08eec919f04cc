"""The demo shop in PostgreSQL behind the Orders, Catalogue and Stock ports."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import TextClause, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce import match, tables
from agent.commerce.availability import Shelf, availability
from agent.commerce.keys import email_key, order_number
from agent.commerce.order_rows import BY_NUMBER, BY_NUMBER_AND_EMAIL, OF_CUSTOMER, TRACED, to_customer, to_order, to_traced
from agent.commerce.product_rows import to_product
from agent.domain.commerce import Availability, Batch, Customer, InventoryLevel, Order, Product, TracedLine

T = TypeVar("T")
_CATALOGUE_SECONDS = 300.0
_SHELVES_SECONDS = 5.0
_CUSTOMER = text("SELECT id, email, name, country, language, tier FROM demo_shop.customer WHERE email = :email")
_SHELVES = text(
    "SELECT l.sku, l.warehouse, w.city, l.on_hand, l.committed, l.incoming, l.restock"
    " FROM demo_shop.stock_level l JOIN demo_shop.warehouse w ON w.code = l.warehouse"
    " WHERE cast(:skus AS text[]) IS NULL OR l.sku = ANY(cast(:skus AS text[])) ORDER BY l.sku, l.warehouse"
)
_BATCHES = select(tables.batch).where(tables.batch.c.id.in_(bindparam("ids", expanding=True))).order_by(tables.batch.c.id)


def utc_now() -> datetime:
    return datetime.now(UTC)


class DemoShop:
    """Reads only. `now` stamps what was read."""

    def __init__(self, engine: AsyncEngine, *, now: Callable[[], datetime] = utc_now) -> None:
        # Single reads need no transaction: that saves two round trips each.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._now = now
        self._catalogue = _Fresh(_CATALOGUE_SECONDS, self._read_catalogue)
        self._shelves = _Fresh(_SHELVES_SECONDS, self._read_shelves)

    async def find(self, number: str, email: str) -> Order | None:
        # The same one query whatever is wrong, so that neither the answer nor its time tells which.
        found = await self._orders(BY_NUMBER_AND_EMAIL, number=order_number(number), email=email_key(email))
        return found[0] if found else None

    async def by_number(self, number: str) -> Order | None:
        found = await self._orders(BY_NUMBER, number=order_number(number))
        return found[0] if found else None

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        return await self._orders(OF_CUSTOMER, email=email_key(email), limit=max(limit, 0))

    async def customer(self, email: str) -> Customer | None:
        async with self._engine.connect() as connection:
            row = (await connection.execute(_CUSTOMER, {"email": email_key(email)})).mappings().one_or_none()
        return to_customer(row) if row else None

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        known = {product.sku: product for product in await self._catalogue.get()}
        return tuple(known[sku] for sku in dict.fromkeys(skus) if sku in known)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        return match.best(await self._catalogue.get(), text, limit)

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        return availability(await self._shelves.get(), skus)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        return tuple(shelf.level for shelf in await self._read_shelves(list(skus)))

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        if not (wanted := [batch for batch in ids if batch.isprintable()]):
            return ()
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_BATCHES, {"ids": wanted})).mappings().all()
        at = self._now()
        return tuple(Batch(**row, read_at=at) for row in rows)

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(TRACED, {"number": order_number(order)})).mappings().all()
        return tuple(to_traced(row) for row in rows)

    async def _orders(self, query: TextClause, **values: str | int) -> tuple[Order, ...]:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query, values)).mappings().all()
        at = self._now()
        return tuple(to_order(row, at) for row in rows)

    async def _read_catalogue(self) -> tuple[Product, ...]:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(select(tables.product).order_by(tables.product.c.sku))).mappings().all()
        return tuple(to_product(row) for row in rows)

    async def _read_shelves(self, skus: list[str] | None = None) -> tuple[Shelf, ...]:
        """All shelves when `skus` is None."""
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_SHELVES, {"skus": skus})).mappings().all()
        at = self._now()
        return tuple(_shelf(row, at) for row in rows)


def _shelf(row: Mapping[Any, Any], at: datetime) -> Shelf:
    level = {name: row[name] for name in ("sku", "warehouse", "on_hand", "committed", "incoming")}
    return Shelf(InventoryLevel(**level, read_at=at), row["city"], row["restock"])


class _Fresh(Generic[T]):
    """Rows kept for some seconds; many callers at once cause one read. Nothing found is not kept."""

    def __init__(self, seconds: float, read: Callable[[], Awaitable[tuple[T, ...]]]) -> None:
        self._seconds, self._read = seconds, read
        self._rows: tuple[T, ...] = ()
        self._until = 0.0
        self._reading = asyncio.Lock()

    async def get(self) -> tuple[T, ...]:
        if time.monotonic() < self._until:
            return self._rows
        async with self._reading:
            if time.monotonic() >= self._until:
                self._rows = await self._read()
                self._until = time.monotonic() + self._seconds if self._rows else 0.0
        return self._rows
