"""What the context card needs beside the turn's own context: one port, its real part and its in-memory twin."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.card import DeskMemory, LaneDelay, Spending
from agent.signals.cover import Pace, Sales
from agent.signals.lanes import Lanes
from agent.signals.photographed import Findings, Photographed
from agent.signals.remembered import Remembered


class Surroundings(Protocol):
    """Staff only."""

    async def lanes(self, country: str, today: date) -> tuple[LaneDelay, ...]:
        """How late parcels to a country come, by warehouse."""
        ...

    async def pace(self, skus: Collection[str], today: date) -> Pace:
        """Pieces sold a day, by SKU and warehouse."""
        ...

    async def spent(self, email: str) -> Spending: ...

    async def recall(self, order: str, email: str, subjects: Sequence[str], now: datetime) -> DeskMemory:
        """What we told and gave this customer, their earlier cases, and open cases of others about the same goods."""
        ...

    async def photographed(self, subjects: Sequence[str], now: datetime) -> tuple[Photographed, ...]:
        """What customers' photos show of these SKUs and batches."""
        ...


class ShopAndDesk:
    """The demo shop's tables and the desk's own. `engine` reads without transactions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._lanes, self._sales, self._desk = Lanes(engine), Sales(engine), Remembered(engine)
        self._photos = Findings(engine)

    async def lanes(self, country: str, today: date) -> tuple[LaneDelay, ...]:
        return await self._lanes.to(country, today)

    async def pace(self, skus: Collection[str], today: date) -> Pace:
        return await self._sales.pace(skus, today)

    async def spent(self, email: str) -> Spending:
        return await self._sales.spent(email)

    async def recall(self, order: str, email: str, subjects: Sequence[str], now: datetime) -> DeskMemory:
        return await self._desk.recall(order, email, subjects, now)

    async def photographed(self, subjects: Sequence[str], now: datetime) -> tuple[Photographed, ...]:
        return await self._photos.photographed(subjects, now)


class NoSurroundings:
    """The in-memory twin: nothing was sold, sent or said before."""

    async def lanes(self, country: str, today: date) -> tuple[LaneDelay, ...]:
        return ()

    async def pace(self, skus: Collection[str], today: date) -> Pace:
        return {}

    async def spent(self, email: str) -> Spending:
        return Spending()

    async def recall(self, order: str, email: str, subjects: Sequence[str], now: datetime) -> DeskMemory:
        return DeskMemory()

    async def photographed(self, subjects: Sequence[str], now: datetime) -> tuple[Photographed, ...]:
        return ()
