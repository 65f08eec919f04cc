"""The Stock port on a mapped source: shelves, batches, and which batch an order's lines were taken from."""

import string
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Protocol

from agent.commerce.connectors.mapped.mapping import Mapping
from agent.commerce.connectors.mapped.table import Row, Table
from agent.commerce.keys import order_number
from agent.domain.commerce import Availability, Batch, InventoryLevel, Line, Order, TracedLine
from agent.domain.money import Money
from agent.ports import Orders


class Feed(Protocol):
    """Rows of one kind, from a file or an endpoint."""

    faults: tuple[str, ...]

    async def rows(self, keys: tuple[str, ...] = (), since: datetime | None = None) -> Table: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


class MappedStock:
    """`orders` fills in what a warehouse does not know of an order's lines: title, category and price."""

    def __init__(
        self,
        name: str,
        mapping: Mapping,
        feeds: dict[str, Feed],
        *,
        orders: Orders | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._name, self._cities, self._feeds, self._orders, self._now = name, mapping.cities, feeds, orders, now

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        found = await self._rows("stock", skus)
        today = self._now().date()
        return tuple(self._available(sku, rows, today) for sku in dict.fromkeys(skus) if (rows := found.by.get(sku))) if found else ()

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        found = await self._rows("stock", skus)
        if found is None:
            return ()
        return tuple(level for sku in dict.fromkeys(skus) for level in self._levels(sku, found))

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        found = await self._rows("batches", ids)
        if found is None:
            return ()
        rows = [found.by[key][-1] for key in dict.fromkeys(ids) if key in found.by]
        return tuple(self._batch(row, found.read_at) for row in rows)

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        digits = order_number(order)
        found = await self._rows("lines", [digits]) if digits else None
        rows = [row for key, rows in found.by.items() if _digits(key) == digits for row in rows] if found else []
        if not rows:
            return ()
        known = await self._orders.by_number(digits) if self._orders else None
        return tuple(_traced(row, known) for row in rows)

    async def _rows(self, kind: str, keys: Sequence[str]) -> Table | None:
        feed = self._feeds.get(kind)
        return await feed.rows(tuple(keys)) if feed and keys else None

    def _levels(self, sku: str, found: Table) -> list[InventoryLevel]:
        """One a warehouse: sources that tell every bin are added up."""
        sums: dict[str, list[int]] = {}
        for row in found.by.get(sku, ()):
            counts = sums.setdefault(row["warehouse"], [0, 0, 0])
            for at, name in enumerate(("on_hand", "committed", "incoming")):
                counts[at] += row[name] or 0
        return [
            InventoryLevel(
                sku=sku,
                warehouse=warehouse,
                on_hand=on_hand,
                committed=committed,
                incoming=incoming,
                read_at=found.read_at,
                source=self._name,
                stale=found.stale,
            )
            for warehouse, (on_hand, committed, incoming) in sorted(sums.items())
        ]

    def _available(self, sku: str, rows: Sequence[Row], today: date) -> Availability:
        """Only places that the mapping file gives a name for customers are named to them."""
        free: dict[str, int] = {}
        for row in rows:
            free[row["warehouse"]] = free.get(row["warehouse"], 0) + row["on_hand"] - (row["committed"] or 0)
        there = sorted(warehouse for warehouse, pieces in free.items() if pieces > 0)
        days = [row["restock"] for row in rows if row["restock"] and row["restock"] >= today]
        cities = tuple(dict.fromkeys(self._cities[warehouse] for warehouse in there if warehouse in self._cities))
        return Availability(sku=sku, available=bool(there), warehouses=cities, restock=min(days) if days and not there else None)

    def _batch(self, row: Row, read_at: datetime) -> Batch:
        plain = {name: row[name] for name in ("id", "sku", "produced", "sold", "complaints")}
        return Batch(**plain, supplier=row["supplier"] or "", source=self._name, read_at=read_at)


def _digits(key: str) -> str:
    """Of an order number as a warehouse writes it, such as SO-1042."""
    return order_number(key.lstrip("#" + string.ascii_letters + "-_/ "))


def _traced(row: Row, order: Order | None) -> TracedLine:
    line: Line | None = next((line for line in order.lines if line.sku == row["sku"]), None) if order else None
    return TracedLine(
        sku=row["sku"],
        title=line.title if line else row["title"] or row["sku"],
        category=line.category if line else "",
        quantity=1 if row["quantity"] is None else row["quantity"],
        price=line.price if line else Money(0, order.total.currency if order else "EUR"),
        returned=line.returned if line else 0,
        batch=row["batch"],
    )
