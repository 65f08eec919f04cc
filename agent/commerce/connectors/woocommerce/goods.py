"""The Catalogue and Stock ports on WooCommerce: products and variations by SKU, in the one place that it keeps stock in."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.commerce import match
from agent.commerce.connectors.client import Http
from agent.commerce.connectors.woocommerce.orders import WooOrders, category, utc_now
from agent.commerce.connectors.woocommerce.shop import WooShop, money, records, text
from agent.domain.commerce import Availability, Batch, InventoryLevel, Product, TracedLine
from agent.domain.money import Money

Body = Mapping[str, Any]
_PAGE, _PAGES = 100, 20
_CATALOGUE_SECONDS = 300.0
_SIZES = {"size", "größe", "taille", "talla", "taglia", "maat"}


class WooGoods:
    """Reads only. What the shop does not count has no level; whether it is available is still known."""

    def __init__(self, http: Http, shop: WooShop, orders: WooOrders, *, now: Callable[[], datetime] = utc_now) -> None:
        self._http, self._shop, self._orders, self._now = http, shop, orders, now
        self._all: tuple[Product, ...] = ()
        self._until = 0.0

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        return tuple(to_product(body, self._shop) for body in await self._by_sku(skus))

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        return match.best(await self._catalogue(), text, limit)

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        bodies = await self._by_sku(skus)
        return tuple(self._available(body) for body in bodies)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        at = self._now()
        return tuple(level for body in await self._by_sku(skus) if (level := self._level(body, at)))

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        return ()

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        """Lines without batches: the shop keeps none."""
        found = await self._orders.by_number(order)
        lines = found.lines if found else ()
        return tuple(TracedLine(**{name: getattr(line, name) for name in line.__slots__}) for line in lines)

    async def _by_sku(self, skus: Sequence[str]) -> list[dict[str, Any]]:
        """In the order asked for; a SKU nobody knows is left out. With `sku`, the shop looks through variations too."""
        wanted = [sku for sku in dict.fromkeys(skus) if sku and "," not in sku and sku.isprintable()]
        if not wanted:
            return []
        bodies = records(await self._http.get("products", sku=",".join(wanted[:_PAGE]), per_page=_PAGE))
        by_sku = {text(body.get("sku")): body for body in bodies}
        return [by_sku[sku] for sku in wanted if sku in by_sku]

    async def _catalogue(self) -> tuple[Product, ...]:
        if time.monotonic() >= self._until:
            self._all = await self._read_all()
            self._until = time.monotonic() + _CATALOGUE_SECONDS if self._all else 0.0
        return self._all

    async def _read_all(self) -> tuple[Product, ...]:
        found: list[Product] = []
        for page in range(1, _PAGES + 1):
            bodies = records(await self._http.get("products", status="publish", per_page=_PAGE, page=page))
            found += [to_product(body, self._shop) for body in bodies if text(body.get("sku"))]
            if len(bodies) < _PAGE:
                break
        return tuple(found)

    def _available(self, body: Body) -> Availability:
        """On back-order is not in stock."""
        there = text(body.get("stock_status")) == "instock"
        return Availability(sku=text(body.get("sku")), available=there, warehouses=(self._shop.location,) if there else ())

    def _level(self, body: Body, at: datetime) -> InventoryLevel | None:
        """WooCommerce takes pieces off the shelf when they are ordered: what is left is free. None when it does not count them."""
        left = body.get("stock_quantity")
        if not body.get("manage_stock") or isinstance(left, bool) or not isinstance(left, int | float):
            return None
        sku, place = text(body.get("sku")), self._shop.location
        return InventoryLevel(sku=sku, warehouse=place, on_hand=int(left), committed=0, incoming=0, read_at=at, source=self._shop.name)


def to_product(body: Body, shop: WooShop) -> Product:
    return Product(
        sku=text(body.get("sku")),
        title=text(body.get("name")),
        category=category(body),
        price=_price(body.get("price"), shop.currency),
        text=text(body.get("short_description")) or text(body.get("description")),
        sizes=_sizes(body),
        product=text(body.get("parent_id") or body.get("id")),
        options=tuple((text(each.get("name")).lower(), text(each.get("option"))) for each in _attributes(body) if each.get("option")),
        weight=_grams(body.get("weight"), shop.gram_per_weight),
        bulky="bulky" in text(body.get("shipping_class")),
    )


def _attributes(body: Body) -> list[dict[str, Any]]:
    return records(body.get("attributes"))


def _sizes(body: Body) -> tuple[str, ...]:
    sizes = [each.get("options") or [each.get("option")] for each in _attributes(body) if text(each.get("name")).lower() in _SIZES]
    return tuple(name for options in sizes if isinstance(options, list) for each in options if (name := text(each)))


def _price(value: Any, currency: str) -> Money:
    try:
        return money(value, currency)
    except ValueError:  # a product without a price cannot be bought, but may be asked about
        return Money(0, currency)


def _grams(value: Any, unit: int) -> int | None:
    try:
        return round(float(text(value)) * unit) or None
    except ValueError:
        return None
