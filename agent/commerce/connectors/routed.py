"""Several shops and warehouses as one: an order's number says whose it is, and what is known of an article is put together."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.commerce.connectors.client import SourceDown
from agent.commerce.keys import order_number
from agent.domain.commerce import Availability, Batch, Customer, InventoryLevel, Order, Product, TracedLine
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.ports import Catalogue, Effects, Orders, Stock

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One shop of several. `numbers` are the digits that its order numbers begin with: no two shops' overlap."""

    numbers: tuple[str, ...]
    orders: Orders
    effects: Effects

    def has(self, number: str) -> bool:
        return bool(number) and number.startswith(self.numbers)


class RoutedOrders:
    """The Orders port."""

    def __init__(self, branches: Sequence[Branch]) -> None:
        self._branches = tuple(branches)

    async def find(self, number: str, email: str) -> Order | None:
        branch = _of(self._branches, number)
        return await branch.orders.find(number, email) if branch else None

    async def by_number(self, number: str) -> Order | None:
        branch = _of(self._branches, number)
        return await branch.orders.by_number(number) if branch else None

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        found = await _those_up(branch.orders.of_customer(email, limit) for branch in self._branches)
        orders = sorted((order for orders in found for order in orders), key=lambda order: order.placed_at, reverse=True)
        return tuple(orders[: max(limit, 0)])

    async def customer(self, email: str) -> Customer | None:
        found = await _those_up(branch.orders.customer(email) for branch in self._branches)
        return next((customer for customer in found if customer), None)


class RoutedEffects:
    """The Effects port."""

    def __init__(self, branches: Sequence[Branch]) -> None:
        self._branches = tuple(branches)

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        branch = _of(self._branches, effect.order)
        return await branch.effects.carry_out(effect) if branch else EffectResult(state=EffectState.FAILED, data={}, error="order_unknown")

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        branch = _of(self._branches, effect.order)
        return await branch.effects.look_up(effect) if branch else None


class JoinedStock:
    """The Stock port. For one article in one warehouse, the source that is named first is believed."""

    def __init__(self, sources: Sequence[Stock]) -> None:
        self._sources = tuple(sources)

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        """Raises SourceDown when any source is down: "sold out" would be guessed."""
        found = await asyncio.gather(*(source.availability(skus) for source in self._sources))
        by_sku: dict[str, list[Availability]] = {sku: [] for sku in skus}
        for known in (known for told in found for known in told):
            by_sku.setdefault(known.sku, []).append(known)
        return tuple(_joined(known) for known in by_sku.values() if known)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        """Of the sources that answer: nothing is promised from the others."""
        found = await _those_up(source.levels(skus) for source in self._sources)
        return _first((level for levels in found for level in levels), lambda level: (level.sku, level.warehouse))

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        found = await _those_up(source.batches(ids) for source in self._sources)
        return _first((batch for batches in found for batch in batches), lambda batch: batch.id)

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        """The lines of the first source that knows their batches."""
        found = await _those_up(source.traced(order) for source in self._sources)
        return next((lines for lines in found if any(line.batch for line in lines)), next(filter(None, found), ()))


class JoinedCatalogue:
    """The Catalogue port."""

    def __init__(self, sources: Sequence[Catalogue]) -> None:
        self._sources = tuple(sources)

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        found = await _those_up(source.products(skus) for source in self._sources)
        known = {product.sku: product for products in reversed(found) for product in products}
        return tuple(known[sku] for sku in dict.fromkeys(skus) if sku in known)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        """The best of each in turn."""
        found = await _those_up(source.match(text, limit) for source in self._sources)
        turns = (products[at] for at in range(max(limit, 0)) for products in found if at < len(products))
        return _first(turns, lambda product: product.sku)[: max(limit, 0)]


def _of(branches: Sequence[Branch], number: str) -> Branch | None:
    digits = order_number(number)
    return next((branch for branch in branches if branch.has(digits)), None)


async def _those_up(calls: Iterable[Awaitable[T]]) -> list[T]:
    """What those say that answer. Raises SourceDown when none does."""
    found = await asyncio.gather(*calls, return_exceptions=True)
    said = [each for each in found if not isinstance(each, BaseException)]
    for error in found:
        if isinstance(error, BaseException) and not (said and isinstance(error, SourceDown | OSError)):
            raise error
    return said


def _first(found: Iterable[T], key: Callable[[T], K]) -> tuple[T, ...]:
    kept: dict[K, T] = {}
    for each in found:
        kept.setdefault(key(each), each)
    return tuple(kept.values())


def _joined(known: Sequence[Availability]) -> Availability:
    there = [each for each in known if each.available]
    places = dict.fromkeys(place for each in there for place in each.warehouses)
    days = [each.restock for each in known if each.restock]
    return replace(known[0], available=bool(there), warehouses=tuple(places), restock=min(days) if days and not there else None)
