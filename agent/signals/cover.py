"""How fast products leave each warehouse, and what a customer has spent: read from the shop's orders."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.routing import warehouse_of
from agent.domain.card import Spending
from agent.domain.money import Money
from agent.signals.kept import Kept

WINDOW = timedelta(days=30)
_SOLD = text("""
SELECT l.sku, o.address ->> 'country' AS country, sum(l.quantity) AS pieces
FROM demo_shop.order_line l JOIN demo_shop.orders o ON o.number = l.order_number
WHERE o.placed_at >= cast(:since AS date) AND o.placed_at < cast(:today AS date) + 1 AND o.state NOT IN ('cancelled', 'unpaid')
GROUP BY l.sku, country
""")
_SPENT = text("""
SELECT currency, count(*) AS orders, sum(total) AS total FROM demo_shop.orders
WHERE email = :email AND state NOT IN ('cancelled', 'unpaid') GROUP BY currency ORDER BY total DESC
""")

Pace = Mapping[tuple[str, str], float]
"""(SKU, warehouse) -> pieces a day."""


class Sales:
    """Of the demo shop's orders. The pace is kept for some minutes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._kept: Kept[Pace] = Kept()

    async def pace(self, skus: Collection[str], today: date) -> Pace:
        """An order counts for the warehouse that serves its country, whether or not it has left it yet."""
        every = await self._kept.get(today, lambda: self._read(today))
        return {key: pieces for key, pieces in every.items() if key[0] in skus}

    async def _read(self, today: date) -> Pace:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_SOLD, {"today": today, "since": today - WINDOW})).all()
        pieces: dict[tuple[str, str], float] = defaultdict(float)
        for sku, country, sold in rows:
            pieces[sku, warehouse_of(country)] += float(sold) / WINDOW.days
        return dict(pieces)

    async def spent(self, email: str) -> Spending:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_SPENT, {"email": email.casefold()})).all()
        return Spending(orders=sum(row.orders for row in rows), sums=tuple(Money(int(row.total), row.currency) for row in rows))
