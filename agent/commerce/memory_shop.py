"""The in-memory twin of the demo shop, filled from the same generator."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime

from agent.commerce import match
from agent.commerce.availability import Shelf, availability
from agent.commerce.demo.generate import DemoData, generate
from agent.commerce.demo_shop import utc_now
from agent.commerce.keys import email_key, order_number
from agent.commerce.routing import WAREHOUSES
from agent.domain.commerce import Availability, Batch, Customer, InventoryLevel, Line, Order, Product, TracedLine


class MemoryShop:
    """Orders, catalogue and stock. The dictionaries are open to tests."""

    def __init__(self, data: DemoData, *, now: Callable[[], datetime] = utc_now) -> None:
        self.now = now
        self.orders = {order.number: order for order in data.orders}
        self.customers = {customer.email: customer for customer in data.customers}
        self.catalogue = {product.sku: product for product in data.products}
        self.stock = {(level.sku, level.warehouse): level for level in data.stock}
        self.restocks = dict(data.restocks)
        self.production = {batch.id: batch for batch in data.batches}
        self.slips = {slip.number: slip for slip in data.returns}
        self.parents: dict[str, str] = {}  # new order -> the one it makes good
        self.services: dict[str, str] = {}

    @classmethod
    def demo(cls, *, today: date, seed: int = 7, now: Callable[[], datetime] = utc_now) -> "MemoryShop":
        return cls(generate(seed, today), now=now)

    async def find(self, number: str, email: str) -> Order | None:
        order = self.orders.get(order_number(number))
        return self._read(order) if order and order.customer.email == email_key(email) else None

    async def by_number(self, number: str) -> Order | None:
        order = self.orders.get(order_number(number))
        return self._read(order) if order else None

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        key = email_key(email)
        own = [order for order in self.orders.values() if order.customer.email == key]
        own.sort(key=lambda order: (order.placed_at, order.number), reverse=True)
        return tuple(self._read(order) for order in own[: max(limit, 0)])

    async def customer(self, email: str) -> Customer | None:
        return self.customers.get(email_key(email))

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        return tuple(self.catalogue[sku] for sku in dict.fromkeys(skus) if sku in self.catalogue)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        return match.best(tuple(self.catalogue.values()), text, limit)

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        shelves = (Shelf(level, WAREHOUSES[level.warehouse].city, self.restocks.get(key)) for key, level in sorted(self.stock.items()))
        return availability(shelves, skus)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        wanted, at = set(skus), self.now()
        return tuple(replace(level, read_at=at) for key, level in sorted(self.stock.items()) if key[0] in wanted)

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        at = self.now()
        return tuple(replace(self.production[batch], read_at=at) for batch in sorted(set(ids)) if batch in self.production)

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        found = self.orders.get(order_number(order))
        return tuple(line for line in found.lines if isinstance(line, TracedLine)) if found else ()

    def _read(self, order: Order) -> Order:
        return replace(order, read_at=self.now(), lines=tuple(untraced(line) for line in order.lines))


def untraced(line: Line) -> Line:
    """Without its batch: what the Orders port gives is for customers, too."""
    return Line(**{field.name: getattr(line, field.name) for field in fields(Line)})
