"""The shelves' part of the books in PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce import tables
from agent.commerce.product_rows import to_product
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import InventoryLevel, Order, Product

_stock = tables.stock_level


class SqlStock:
    _connection: AsyncConnection
    _now: Callable[[], datetime]

    async def shelves(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        query = select(_stock).where(_stock.c.sku.in_(list(skus))).order_by(_stock.c.sku, _stock.c.warehouse).with_for_update()
        rows = (await self._connection.execute(query)).all()
        at = self._now()
        return tuple(
            InventoryLevel(
                sku=row.sku,
                warehouse=row.warehouse,
                on_hand=row.on_hand,
                committed=row.committed,
                incoming=row.incoming,
                read_at=at,
            )
            for row in rows
        )

    async def shelve(self, sku: str, warehouse: str, *, on_hand: int = 0, committed: int = 0) -> None:
        await self._connection.execute(
            update(_stock)
            .where(_stock.c.sku == sku, _stock.c.warehouse == warehouse)
            .values(on_hand=_stock.c.on_hand + on_hand, committed=func.greatest(_stock.c.committed + committed, 0))
        )

    async def product(self, sku: str) -> Product | None:
        query = select(tables.product).where(tables.product.c.sku == sku)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return to_product(row) if row else None

    async def house(self, order: Order) -> str:
        child = await self._connection.scalar(select(tables.orders.c.parent).where(tables.orders.c.number == order.number))
        usual = warehouse_of(order.address.country)
        if child is None:
            return usual
        done = tables.effect_done.c.data
        kept = select(done["warehouse"].astext).where(done["new_order"].astext == order.number)
        return await self._connection.scalar(kept) or usual
