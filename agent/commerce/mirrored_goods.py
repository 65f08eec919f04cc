"""Stock, batches and products with a memory, as orders have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from agent.commerce import match
from agent.commerce.keys import order_number
from agent.commerce.mirror import DOWN, Mirror, down, told_as_old
from agent.domain.commerce import Availability, Batch, InventoryLevel, Product, TracedLine
from agent.ports import Catalogue, Stock

T = TypeVar("T")
#: What was on the shelf an hour ago is promised to nobody.
LONGEST_PROMISE = timedelta(hours=1)
#: Batches and products change seldom; webhooks tell of products.
SLOW = timedelta(minutes=15)

# A tuple, because "there is none" is an answer too, and is kept like one.
Levels = tuple[InventoryLevel, ...]
Known = tuple[Availability, ...]
Batches = tuple[Batch, ...]
Traced = tuple[TracedLine, ...]
Products = tuple[Product, ...]


class MirroredStock:
    """The Stock port."""

    def __init__(self, stock: Stock, mirror: Mirror, *, ttl: timedelta) -> None:
        self._stock, self._mirror, self._ttl = stock, mirror, ttl

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        """Raises SourceDown rather than tell what was on the shelf long ago."""

        async def read(missing: list[str]) -> Mapping[str, Known]:
            return _by(await self._stock.availability(missing), missing, _sku)

        now, old = await self._mirror.through("availability", Known, skus, self._ttl, read)
        if old:
            rows = await self._mirror.get("availability", Known, list(old))
            if any(self._mirror.now() - row.read_at > LONGEST_PROMISE for row in rows.values()):
                raise down(self._mirror.source, TimeoutError())
        return _in_order(skus, now | old)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        async def read(missing: list[str]) -> Mapping[str, Levels]:
            return _by(await self._stock.levels(missing), missing, _sku)

        now, old = await self._mirror.through("stock", Levels, skus, self._ttl, read)
        aged = {sku: tuple(replace(level, stale=True) for level in levels) for sku, levels in old.items()}
        return _in_order(skus, now | aged)

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        async def read(missing: list[str]) -> Mapping[str, Batches]:
            return _by(await self._stock.batches(missing), missing, lambda batch: batch.id)

        now, old = await self._mirror.through("batch", Batches, ids, max(self._ttl, SLOW), read)
        return _in_order(ids, now | old)

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        async def read(missing: list[str]) -> Mapping[str, Traced]:
            return {number: await self._stock.traced(number) for number in missing}

        digits = order_number(order)
        if not digits:
            return ()
        now, old = await self._mirror.through("traced", Traced, [digits], self._ttl, read)
        return (now | old)[digits]


class MirroredCatalogue:
    """The Catalogue port. While the shop is down, products are found among those that are known."""

    def __init__(self, catalogue: Catalogue, mirror: Mirror, *, ttl: timedelta) -> None:
        self._catalogue, self._mirror, self._ttl = catalogue, mirror, max(ttl, SLOW)

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        async def read(missing: list[str]) -> Mapping[str, Products]:
            return _by(await self._catalogue.products(missing), missing, _sku)

        now, old = await self._mirror.through("product", Products, skus, self._ttl, read)
        return _in_order(skus, now | old)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        began = self._mirror.now()
        try:
            found = await self._catalogue.match(text, limit)
        except DOWN as error:
            known = [product for kept in await self._mirror.all("product", Products) for product in kept]
            if not known:
                raise down(self._mirror.source, error) from error
            told_as_old(self._mirror.source, error)
            return match.best(known, text, limit)
        await self._mirror.keep("product", Products, {product.sku: (product,) for product in found}, began)
        return found


def _sku(of: Any) -> str:
    return of.sku


def _by(found: Iterable[T], asked: Sequence[str], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """What was found, for each that was asked for."""
    grouped: dict[str, list[T]] = {name: [] for name in asked}
    for each in found:
        grouped.setdefault(key(each), []).append(each)
    return {name: tuple(each) for name, each in grouped.items()}


def _in_order(asked: Sequence[str], found: Mapping[str, tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(each for name in dict.fromkeys(asked) for each in found.get(name, ()))
