"""A shop, a warehouse and a catalogue that count their readings, with what is kept of them in a database and a clock moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.connectors.change import Change, ChangeKind
from agent.commerce.connectors.client import SourceDown
from agent.commerce.mirror import Mirror
from agent.commerce.mirrored import Mirrored
from agent.commerce.mirrored_goods import MirroredCatalogue, MirroredStock
from agent.commerce.told import hear
from agent.domain.commerce import Address, Availability, Batch, Customer, InventoryLevel, Line, Order, OrderState, Product, Tier, TracedLine
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money

START = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
TTL = timedelta(seconds=60)
HOME = Address(name="Mia", street="Weg 1", city="Köln", postcode="50667", country="DE")


def order(number: str = "1042", email: str = "mia@example.org", state: OrderState = OrderState.PAID, at: datetime = START) -> Order:
    return Order(
        number=number,
        customer=Customer(id="c", email=email, name="Mia", country="DE", language="de", tier=Tier.SWELL),
        state=state,
        placed_at=START - timedelta(days=3),
        total=Money(4990, "EUR"),
        lines=(Line(sku="AU-1", title="Murmo", category="audio", quantity=1, price=Money(4990, "EUR")),),
        address=HOME,
        source="shop",
        read_at=at,
    )


@dataclass
class Source:
    """A shop, a warehouse and a catalogue that count their readings and can be down."""

    orders: dict[str, Order] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    fault: Exception | None = None
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.fault:
            raise self.fault

    async def find(self, number: str, email: str) -> Order | None:
        await self._ask("find")
        found = self.orders.get(number)
        return found if found and found.customer.email == email else None

    async def by_number(self, number: str) -> Order | None:
        await self._ask("by_number")
        found = self.orders.get(number)
        if self.gate:
            await self.gate.wait()
        return found

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        await self._ask("of_customer")
        return tuple(each for each in reversed(self.orders.values()) if each.customer.email == email)[:limit]

    async def customer(self, email: str) -> Customer | None:
        await self._ask("customer")
        return next((each.customer for each in self.orders.values() if each.customer.email == email), None)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        await self._ask("levels " + ",".join(skus))
        return tuple(
            InventoryLevel(sku=sku, warehouse="RTM", on_hand=self.pieces[sku], committed=0, incoming=0, read_at=START)
            for sku in skus
            if sku in self.pieces
        )

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        await self._ask("availability")
        return tuple(Availability(sku=sku, available=self.pieces[sku] > 0) for sku in skus if sku in self.pieces)

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        await self._ask("batches")
        return tuple(Batch(id=key, sku="AU-1", supplier="S", produced=date(2026, 1, 1), sold=1, complaints=0) for key in ids)

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        await self._ask("traced")
        return (TracedLine(sku="AU-1", title="", category="", quantity=1, price=Money(1, "EUR"), batch="L7"),)

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        await self._ask("products")
        return tuple(
            Product(sku=sku, title="Murmo earbuds", category="audio", price=Money(1, "EUR"), text="") for sku in skus if sku == "AU-1"
        )

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        await self._ask("match")
        return await self.products(["AU-1"])

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        await self._ask("carry_out")
        self.orders[effect.order] = replace(self.orders[effect.order], state=OrderState.CANCELLED)
        return EffectResult(state=EffectState.CONFIRMED, data={})

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        return None


@dataclass
class Scene:
    engine: AsyncEngine
    source: Source
    at: datetime = START

    def __post_init__(self) -> None:
        self.make, self.order = order, order()
        self.mirror = Mirror(self.engine, "shop", now=lambda: self.at)
        self.orders = Mirrored(self.source, self.mirror, ttl=TTL)
        self.stock = MirroredStock(self.source, self.mirror, ttl=TTL)
        self.catalogue = MirroredCatalogue(self.source, self.mirror, ttl=TTL)

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def down(self, fault: Exception | None = None) -> None:
        self.source.fault = fault or SourceDown("away")

    async def tell(self, delivery: str, at: datetime | None = None, kind: ChangeKind = ChangeKind.ORDER, **more: Any) -> bool:
        told = {"id": "gid/9", "number": "1042"} | more
        return await hear(self.engine, Change(source="shop", kind=kind, changed_at=at or self.at, delivery=delivery, **told), self.at)

    async def rows(self, query: str) -> list[Any]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(text(query))).scalars())

    async def asked(self, times: int) -> None:
        """Wait until the source was asked so many times."""
        async with asyncio.timeout(5):
            while len(self.source.asked) < times:  # noqa: ASYNC110  the source is asked by another task
                await asyncio.sleep(0.01)
