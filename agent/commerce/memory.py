"""In-memory twins of the demo shop and its effects, filled from the same generator."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime

from agent.commerce import match
from agent.commerce.availability import Shelf, availability
from agent.commerce.demo.generate import DemoData, generate
from agent.commerce.demo_shop import utc_now
from agent.commerce.keys import email_key, order_number
from agent.commerce.papers import Coupon, Document, ReturnSlip
from agent.commerce.remedies.carry_out import carry_out, misused, unreadable
from agent.commerce.routing import WAREHOUSES, warehouse_of
from agent.domain.commerce import Address, Availability, Batch, Customer, InventoryLevel, Line, Order, OrderState, Product, TracedLine
from agent.domain.effect import EffectResult, PlannedEffect
from agent.errors import NotFound


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


class MemoryBooks:
    """The shop's books as dictionaries."""

    def __init__(self, shop: MemoryShop) -> None:
        self.shop = shop
        self.returns: dict[str, ReturnSlip] = {}
        self.coupons: dict[str, Coupon] = {}
        self.documents: dict[str, Document] = {}

    async def order(self, number: str) -> Order | None:
        return await self.shop.by_number(number)

    async def move(self, number: str, state: OrderState) -> None:
        self.shop.orders[number] = replace(self.shop.orders[number], state=state)

    async def readdress(self, number: str, address: Address) -> None:
        self.shop.orders[number] = replace(self.shop.orders[number], address=address)

    async def release(self, order: Order) -> None:
        house = warehouse_of(order.address.country)
        for line in order.lines:
            level = self.shop.stock[line.sku, house]
            self.shop.stock[line.sku, house] = replace(level, committed=max(level.committed - line.quantity, 0))

    async def open_return(self, slip: ReturnSlip) -> None:
        self.returns[slip.number] = slip
        self.shop.orders[slip.order] = replace(self.shop.orders[slip.order], open_return=slip.number)

    async def file(self, document: Document) -> None:
        self.documents[document.id] = document

    async def has_coupon(self, order: str) -> bool:
        return any(coupon.order == order for coupon in self.coupons.values())

    async def issue(self, coupon: Coupon) -> None:
        self.coupons[coupon.code] = coupon


class MemoryEffects:
    """One at a time, each key once."""

    def __init__(self, shop: MemoryShop) -> None:
        self.books = MemoryBooks(shop)
        self.done: dict[str, tuple[PlannedEffect, EffectResult]] = {}
        self._turn = asyncio.Lock()

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        if failed := unreadable(effect):
            return failed
        async with self._turn:
            if earlier := self.done.get(effect.key):
                return misused(effect, earlier[0].kind, earlier[0].order) or earlier[1]
            result = await carry_out(self.books, effect, self.books.shop.now())
            self.done[effect.key] = (effect, result)
            return result

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        earlier = self.done.get(effect.key)
        return (misused(effect, earlier[0].kind, earlier[0].order) or earlier[1]) if earlier else None

    async def document(self, document_id: str) -> bytes:
        if document_id not in self.books.documents:
            raise NotFound()
        return self.books.documents[document_id].content
