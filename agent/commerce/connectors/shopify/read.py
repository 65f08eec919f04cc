"""The Orders, Stock and Catalogue ports on Shopify. Production batches are not Shopify's business: another source adds them."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from agent.commerce import match
from agent.commerce.availability import availability
from agent.commerce.connectors.shopify import goods, queries
from agent.commerce.connectors.shopify.admin import Admin
from agent.commerce.connectors.shopify.fields import Node, node, nodes, text
from agent.commerce.connectors.shopify.order import to_customer, to_order
from agent.commerce.connectors.shopify.shop import Shop, by_email, by_name, by_skus, number_of
from agent.commerce.keys import email_key, order_number
from agent.domain.commerce import Availability, Batch, Customer, InventoryLevel, Order, Product, TracedLine

_AT_ONCE = 10  # SKUs in one query
_PAGE, _PAGES = 50, 40
_ORDERS_AT_ONCE, _LINE_PAGES = 2, 5
_CATALOGUE_SECONDS = 300.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class Shopify:
    """Reads only. Every method raises SourceDown or SourceRefused. Needs the scopes read_orders, read_all_orders, read_customers,
    read_products, read_inventory, read_locations and read_returns; without read_all_orders, orders older than 60 days are unknown."""

    def __init__(self, admin: Admin, shop: Shop, *, now: Callable[[], datetime] = utc_now) -> None:
        self._admin, self._shop, self._now = admin, shop, now
        self._catalogue: tuple[Product, ...] = ()
        self._until = 0.0
        self._loading = asyncio.Lock()

    async def find(self, number: str, email: str) -> Order | None:
        # One query for both, whatever is wrong: the source finds nothing, and neither the answer nor its time tells why.
        found = await self._orders(f"{by_name(self._shop, number)} AND {by_email(email)}", 2)
        key = email_key(email)
        return next((order for order in found if key and order.number == order_number(number) and _same(order, key)), None)

    async def by_number(self, number: str) -> Order | None:
        found = await self._orders(by_name(self._shop, number), 2)
        return next((order for order in found if order.number == order_number(number)), None)

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        key = email_key(email)
        if not key or limit < 1:
            return ()
        found = await self._orders(by_email(email), min(limit, 10))
        return tuple(order for order in found if _same(order, key))

    async def number_of(self, order_id: str) -> str:
        """An order's number by the id that webhooks tell; "" when there is none such."""
        gid = order_id if order_id.startswith("gid://") else f"gid://shopify/Order/{order_id}"
        return number_of(text(node(await self._admin.query(queries.NUMBER, id=gid), "order"), "name"))

    async def customer(self, email: str) -> Customer | None:
        if not (key := email_key(email)):
            return None
        data = await self._admin.query(queries.CUSTOMER, query=by_email(email))
        found = [to_customer(each, self._shop) for each in nodes(data, "customers")]
        return next((each for each in found if email_key(each.email) == key), None)

    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        found = {product.sku: product for some in _parts(skus) for product in (await self._page(by_skus(some), None))[0]}
        return tuple(found[sku] for sku in dict.fromkeys(skus) if sku in found)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        return match.best(await self._all_products(), text, limit)

    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        variants = await self._variants(skus)
        counted = {each.sku: each for each in availability(goods.shelves(variants, self._shop, self._now()), skus)}
        free = {sku: Availability(sku=sku, available=True) for sku in goods.uncounted(variants)}
        known = free | counted
        return tuple(known[sku] for sku in dict.fromkeys(skus) if sku in known)

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        return tuple(shelf.level for shelf in goods.shelves(await self._variants(skus), self._shop, self._now()))

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        return ()

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        return ()

    async def _orders(self, query: str, limit: int) -> list[Order]:
        raw = await self.raw(queries.ORDERS, query, limit)
        at = self._now()
        return [order for each in raw if (order := to_order(each, self._shop, at))]

    async def raw(self, document: str, query: str, limit: int, **variables: str) -> list[Node]:
        """As Shopify sends them, but with all their lines; newest first."""
        found, after = list[Node](), None
        while len(found) < limit:
            data = await self._admin.query(document, query=query, first=min(_ORDERS_AT_ONCE, limit - len(found)), after=after, **variables)
            found += nodes(data, "orders")
            after = _next(node(data, "orders"))
            if not after:
                break
        for each in found:
            await self._complete(each)
        return found

    async def _complete(self, order: Node) -> None:
        lines = node(order, "lineItems")
        for _ in range(_LINE_PAGES):
            if not (after := _next(lines)):
                return
            data = await self._admin.query(queries.LINES, id=text(order, "id"), after=after)
            more = node(data, "order", "lineItems")
            order["lineItems"] = lines = {
                "nodes": [*nodes(order, "lineItems"), *nodes(node(data, "order"), "lineItems")],
                **_page_info(more),
            }

    async def _variants(self, skus: Sequence[str]) -> list[Node]:
        wanted, found = set(skus), list[Node]()
        for some in _parts(skus):
            data = await self._admin.query(queries.STOCK, query=by_skus(some), first=_AT_ONCE + 5)
            found += [each for each in nodes(data, "productVariants") if text(each, "sku") in wanted]
        return found

    async def _all_products(self) -> tuple[Product, ...]:
        if time.monotonic() < self._until:
            return self._catalogue
        async with self._loading:
            if time.monotonic() >= self._until:
                self._catalogue = await self._load()
                self._until = time.monotonic() + _CATALOGUE_SECONDS if self._catalogue else 0.0
        return self._catalogue

    async def _load(self) -> tuple[Product, ...]:
        """At most 2,000 variants: beyond that a search engine is the better catalogue."""
        products, after = list[Product](), None
        for _ in range(_PAGES):
            some, after = await self._page(None, after)
            products += some
            if not after:
                break
        return tuple(products)

    async def _page(self, query: str | None, after: str | None) -> tuple[list[Product], str | None]:
        data = await self._admin.query(queries.PRODUCTS, query=query, first=_PAGE, after=after)
        currency = text(node(data, "shop"), "currencyCode")
        found = [goods.to_product(each, currency) for each in nodes(data, "productVariants") if text(each, "sku")]
        return found, _next(node(data, "productVariants"))


def _next(connection: Node) -> str | None:
    """The cursor of the next page, if there is one."""
    page = node(connection, "pageInfo")
    return text(page, "endCursor") or None if page.get("hasNextPage") else None


def _page_info(connection: Node) -> Node:
    return {"pageInfo": node(connection, "pageInfo")}


def _same(order: Order, key: str) -> bool:
    return email_key(order.customer.email) == key


def _parts(skus: Sequence[str]) -> list[list[str]]:
    wanted = list(dict.fromkeys(skus))
    return [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]
