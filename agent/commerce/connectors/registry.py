"""The shops file becomes parts: orders, catalogue, stock and effects of all its shops, kept with their age, and the doors of their webhooks."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.connectors import aftership, shopify, woocommerce
from agent.commerce.connectors.aftership import read as aftership_api
from agent.commerce.connectors.aftership import webhooks as aftership_webhooks
from agent.commerce.connectors.change import Change
from agent.commerce.connectors.client import Http
from agent.commerce.connectors.mapped import Inspections, Mapped, mapped
from agent.commerce.connectors.mapped import load as load_mapping
from agent.commerce.connectors.routed import Branch, JoinedCatalogue, JoinedStock, RoutedEffects, RoutedOrders
from agent.commerce.connectors.shopify import webhooks as shopify_webhooks
from agent.commerce.connectors.shopify.queries import VERSION
from agent.commerce.connectors.shops_file import AnyShop, MappedStock, ShopifyShop, Shops, Tracking, WooShop
from agent.commerce.connectors.woocommerce import webhooks as woo_webhooks
from agent.commerce.connectors.woocommerce.shop import api
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_shop import DemoShop
from agent.commerce.mirror import Mirror
from agent.commerce.mirrored import Mirrored, MirroredEffects
from agent.commerce.mirrored_goods import MirroredCatalogue, MirroredStock
from agent.commerce.mirrored_parcels import MirroredShipments
from agent.errors import UnsafeSettings
from agent.ports import Catalogue, Effects, Orders, Stock
from agent.store.engine import reading

V = TypeVar("V")
P = TypeVar("P")
#: Asked for by the doctor; no order has it, and it needs the same right as any other.
NO_ORDER = "0"
NO_SKU = "portside-doctor"


class Webhooks(Protocol):
    """A connector's module of that name."""

    def verify(self, secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None: ...

    def parse(self, source: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Change | None: ...


@dataclass(frozen=True, slots=True)
class Door:
    """Where a source tells of its changes. Raises BadSignature, Replayed."""

    source: str
    secret: str
    webhooks: Webhooks

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Change | None:
        """None for what is of no interest. The signature is checked before anything is read."""
        try:
            self.webhooks.verify(self.secret, headers, body, now)
            return self.webhooks.parse(self.source, headers, body, now)
        except RecursionError:  # JSON of a hundred thousand brackets
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A source as the doctor sees it: `probe` reads it past all that is kept."""

    name: str
    kind: str
    probe: Callable[[], Awaitable[object]]
    faults: Callable[[], tuple[str, ...]] = tuple
    hears: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commerce:
    """Everything that the shops file comes to. `origins` are the sites that may embed the chat."""

    orders: Orders
    catalogue: Catalogue
    stock: Stock
    effects: Effects
    doors: Mapping[str, Door]
    inspections: tuple[Inspections, ...] = ()
    asked: tuple[Asked, ...] = ()
    shops: tuple[AnyShop, ...] = ()

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(origin for shop in self.shops for origin in shop.origins))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    orders: Orders
    catalogue: Catalogue
    stock: Stock
    effects: Effects
    probe: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Builder:
    """`given` is the environment that holds the secrets, `folder` the shops file's."""

    engine: AsyncEngine
    client: httpx.AsyncClient
    given: Mapping[str, str]
    folder: Path
    now: Callable[[], datetime]

    def build(self, shops: Shops) -> Commerce:
        """Raises BadFile, UnsafeSettings."""
        scans = self._scans(shops.tracking) if shops.tracking else None
        built = [(shop, self._shop(shop, scans)) for shop in shops.shops]
        orders = _orders(built)
        houses = [(stock, self._mapped(stock, orders)) for stock in shops.stock]
        kept = [MirroredStock(house.stock, self._mirror(stock.name), ttl=_seconds(stock.ttl)) for stock, house in houses]
        stocks: list[Stock] = [*kept] or [part.stock for _, part in built]
        return Commerce(
            orders=orders,
            catalogue=_one_or([part.catalogue for _, part in built], JoinedCatalogue),
            stock=_one_or(stocks, JoinedStock),
            effects=RoutedEffects(_branches(built)) if len(built) > 1 else built[0][1].effects,
            doors=self._doors(shops),
            inspections=tuple(house.inspections for _, house in houses if house.inspections),
            asked=(*self._asked(shops, built), *(_house(stock, house) for stock, house in houses)),
            shops=shops.shops,
        )

    def _shop(self, shop: AnyShop, scans: aftership.Shipments | None) -> _Built:
        if isinstance(shop, ShopifyShop):
            return self._kept(shop, self._shopify(shop), scans)
        if isinstance(shop, WooShop):
            return self._kept(shop, self._woo(shop), scans)
        # The demo shop is in our own database: keeping what it says would only make it slower.
        demo = DemoShop(reading(self.engine), now=self.now)
        effects = DemoEffects(self.engine, now=self.now)
        return _Built(orders=demo, catalogue=demo, stock=demo, effects=effects, probe=lambda: demo.by_number(NO_ORDER))

    def _shopify(self, shop: ShopifyShop) -> _Built:
        token = self.given[shop.secrets.token]
        admin = shopify.Admin(shop.name, "", token, base=f"{shop.address}/admin/api/{VERSION}", client=self.client)
        facts = shopify.Shop(
            name=shop.name, prefix=shop.prefix, suffix=shop.suffix, tiers=_lower(shop.tiers), transit_days=shop.transit_days
        )
        reads = shopify.Shopify(admin, facts, now=self.now)
        effects = shopify.ShopifyEffects(admin, facts, secret=token, now=self.now)
        return _Built(orders=reads, catalogue=reads, stock=reads, effects=effects, probe=lambda: reads.by_number(NO_ORDER))

    def _woo(self, shop: WooShop) -> _Built:
        key, secret = self.given[shop.secrets.key], self.given[shop.secrets.secret]
        http = Http(shop.name, api(shop.address), auth=(key, secret), client=self.client)
        facts = woocommerce.WooShop(
            name=shop.name,
            currency=shop.currency,
            prefix=shop.prefix,
            renumbered=shop.renumbered,
            states=shop.states,
            transit_days=shop.transit_days,
            location=shop.location,
            language=shop.language,
            gram_per_weight=shop.grams,
        )
        orders = woocommerce.WooOrders(http, facts, now=self.now)
        goods = woocommerce.WooGoods(http, facts, orders, now=self.now)
        effects = woocommerce.WooEffects(http, orders, secret=secret, now=self.now)
        return _Built(orders=orders, catalogue=goods, stock=goods, effects=effects, probe=lambda: orders.by_number(NO_ORDER))

    def _kept(self, shop: AnyShop, raw: _Built, scans: aftership.Shipments | None) -> _Built:
        mirror, ttl = self._mirror(shop.name), _seconds(shop.ttl)
        orders: Orders = Mirrored(raw.orders, mirror, ttl=ttl)
        return _Built(
            orders=aftership.Enriched(orders, scans) if scans else orders,
            catalogue=MirroredCatalogue(raw.catalogue, mirror, ttl=ttl),
            stock=MirroredStock(raw.stock, mirror, ttl=ttl),
            effects=MirroredEffects(raw.effects, mirror),
            probe=raw.probe,
        )

    def _aftership(self, tracking: Tracking) -> aftership.AfterShip:
        key = {"as-api-key": self.given[tracking.secrets.token]}
        address = tracking.address or aftership.ADDRESS
        http = Http(tracking.name, address, headers=key, client=self.client, bounds=aftership_api.BOUNDS)
        return aftership.AfterShip(http, now=self.now)

    def _scans(self, tracking: Tracking) -> aftership.Shipments:
        return MirroredShipments(self._aftership(tracking), self._mirror(tracking.name), ttl=_seconds(tracking.ttl))

    def _mapped(self, stock: MappedStock, orders: Orders) -> Mapped:
        path = self.folder / stock.mapping
        mapping = load_mapping(path)
        http = self._house_http(stock, mapping.header) if stock.address else None
        try:
            return mapped(stock.name, mapping, path.parent, http, orders=orders, now=self.now)
        except ValueError as error:
            raise UnsafeSettings(f"{path}: {error}") from error

    def _house_http(self, stock: MappedStock, header: str) -> Http:
        secrets, headers, auth = stock.secrets, dict[str, str](), None
        if secrets.token:
            token = self.given[secrets.token]
            headers = {header: f"Bearer {token}" if header == "authorization" else token}
        if secrets.user and secrets.password:
            auth = (self.given[secrets.user], self.given[secrets.password])
        return Http(stock.name, stock.address or "", headers=headers, auth=auth, client=self.client)

    def _mirror(self, source: str) -> Mirror:
        return Mirror(self.engine, source, now=self.now)

    def _doors(self, shops: Shops) -> dict[str, Door]:
        return {source.name: Door(source.name, self.given[secret], told) for source, secret, told in _hearing(shops)}

    def _asked(self, shops: Shops, built: Sequence[tuple[AnyShop, _Built]]) -> tuple[Asked, ...]:
        hearing = {source.name for source, _, _ in _hearing(shops)}
        asked = [Asked(name=shop.name, kind=shop.kind, probe=part.probe, hears=shop.name in hearing) for shop, part in built]
        if tracking := shops.tracking:
            raw = self._aftership(tracking)
            probe = Asked(name=tracking.name, kind=tracking.kind, probe=lambda: raw.track([NO_SKU]), hears=tracking.name in hearing)
            return (*asked, probe)
        return tuple(asked)


def _hearing(shops: Shops) -> list[tuple[ShopifyShop | WooShop | Tracking, str, Webhooks]]:
    """Sources with a webhook secret, its variable, and who understands them."""
    found: list[tuple[ShopifyShop | WooShop | Tracking, str | None, Webhooks]] = []
    for shop in shops.shops:
        if isinstance(shop, ShopifyShop):
            found.append((shop, shop.secrets.webhook, shopify_webhooks))
        elif isinstance(shop, WooShop):
            found.append((shop, shop.secrets.webhook, woo_webhooks))
    if shops.tracking:
        found.append((shops.tracking, shops.tracking.secrets.webhook, aftership_webhooks))
    return [(source, secret, told) for source, secret, told in found if secret]


def _house(stock: MappedStock, house: Mapped) -> Asked:
    async def probe() -> object:
        return [await feed.rows((NO_SKU,)) for feed in house.feeds.values()]

    return Asked(name=stock.name, kind=stock.kind, probe=probe, faults=house.faults)


def _orders(built: Sequence[tuple[AnyShop, _Built]]) -> Orders:
    return RoutedOrders(_branches(built)) if len(built) > 1 else built[0][1].orders


def _branches(built: Sequence[tuple[AnyShop, _Built]]) -> list[Branch]:
    return [Branch(numbers=shop.numbers, orders=part.orders, effects=part.effects) for shop, part in built]


def _seconds(ttl: float) -> timedelta:
    return timedelta(seconds=ttl)


def _lower(words: Mapping[str, V]) -> dict[str, V]:
    return {word.lower(): value for word, value in words.items()}


def _one_or(parts: Sequence[P], join: Callable[[Sequence[P]], P]) -> P:
    """One source is asked straight."""
    return parts[0] if len(parts) == 1 else join(parts)
