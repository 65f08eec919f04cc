"""The store behind our ports: what it knows of orders, articles, stock and what was granted."""

from collections.abc import Sequence
from datetime import datetime

from agent.commerce import match
from agent.domain.commerce import (
    Availability,
    Batch,
    Customer,
    InventoryLevel,
    Order,
    Product,
    TracedLine,
)
from agent.domain.context import Granted
from eval.tau import canonical
from eval.tau.database import Database, digits, made, raw_number

#: The store says yes or no: one piece stands for yes.
HOUSE = "store"


class TauShop:
    """Orders, Catalogue, Stock and Grants. Reads what stands in the database at that moment."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self._now = now
        self._catalogue: tuple[Product, ...] = ()

    async def find(self, number: str, email: str) -> Order | None:
        found = self._order(number)
        return found if found and found.customer.email == email.casefold() else None

    async def by_number(self, number: str) -> Order | None:
        return self._order(number)

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        found = (self._order(number) for user in self._users(email) for number in self.database.numbers(user))
        return tuple(order for order in found if order)[:limit]

    async def customer(self, email: str) -> Customer | None:
        return next((canonical.customer(user, self.database.users[user]) for user in self._users(email)), None)

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        variants = self.database.variants
        return tuple(canonical.product_of(*variants[sku]) for sku in skus if sku in variants)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        self._catalogue = self._catalogue or await self.products(tuple(self.database.variants))
        return match.best(self._catalogue, text, limit)

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        return tuple(Availability(sku=level.sku, available=level.free > 0, warehouses=(HOUSE,)) for level in await self.levels(skus))

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        variants = self.database.variants
        return tuple(
            InventoryLevel(sku=sku, warehouse=HOUSE, on_hand=int(variants[sku][1]["available"]), committed=0, incoming=0, read_at=self._now)
            for sku in skus
            if sku in variants
        )

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        return ()

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        return ()

    async def granted(self, order: str) -> Granted:
        raw = self.database.orders.get(raw_number(digits(order)))
        return Granted(kinds=canonical.earlier(raw)) if raw else Granted()

    def _order(self, number: str) -> Order | None:
        raw = self.database.orders.get(raw_number(digits(number)))
        if raw is None:
            return None
        return made("orders.json", raw_number(digits(number)), canonical.order, raw, self.database.users.get(raw["user_id"], {}), self._now)

    def _users(self, email: str) -> tuple[str, ...]:
        return tuple(user for user, raw in self.database.users.items() if raw["email"].casefold() == email.casefold())
