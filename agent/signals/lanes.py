"""How late the parcels of a lane (warehouse -> country) come now, against how they usually do."""

from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.card import LaneDelay
from agent.signals.kept import Kept

NOW, USUAL = timedelta(days=30), timedelta(days=180)
#: A parcel that is still under way counts with its days past the promise so far, as the watch over lanes counts it.
_LANES = text("""
WITH due AS (
  SELECT s.warehouse, o.address ->> 'country' AS country, s.promised >= cast(:recent AS date) AS recent,
         coalesce(s.delivered_at::date, cast(:today AS date)) - s.promised AS late
  FROM demo_shop.shipment s JOIN demo_shop.orders o ON o.number = s.order_number
  WHERE s.promised >= cast(:since AS date) AND s.promised < cast(:today AS date))
SELECT warehouse, country, percentile_cont(0.5) WITHIN GROUP (ORDER BY late) FILTER (WHERE recent) AS now,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY late) FILTER (WHERE NOT recent) AS usual, count(*) FILTER (WHERE recent) AS parcels
FROM due GROUP BY warehouse, country ORDER BY country, parcels DESC, warehouse
""")


class Lanes:
    """Of the demo shop's parcels, kept for some minutes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._kept: Kept[tuple[LaneDelay, ...]] = Kept()

    async def to(self, country: str, today: date) -> tuple[LaneDelay, ...]:
        """Lanes that lead to a country, busiest first."""
        return tuple(lane for lane in await self._kept.get(today, lambda: self._read(today)) if lane.country == country)

    async def _read(self, today: date) -> tuple[LaneDelay, ...]:
        days = {"today": today, "recent": today - NOW, "since": today - USUAL}
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_LANES, days)).mappings().all()
        return tuple(LaneDelay(**row) for row in rows)
