"""The shop that the labelled conversations are played in: fixed people, one order in every state for each, one fixed day."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import product as every
from random import Random
from typing import Any, Final

from agent.commerce.currency import currency_of
from agent.commerce.demo import basket, journeys
from agent.commerce.demo.catalogue import BAD_BATCH, BAD_SKU, products
from agent.commerce.demo.generate import DemoData, generate
from agent.commerce.memory import MemoryShop
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import Address, Batch, Customer, Line, Order, OrderState, Tier

TODAY: Final = date(2026, 5, 20)
NOW: Final = datetime(2026, 5, 20, 12, tzinfo=UTC)
SEED: Final = 7
#: Order numbers are 2, language, state (two digits), person.
LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "zh", "ja", "ar", "ru")
#: Writers in languages that are not served: their numbers begin with 3.
FOREIGN: Final = "xx"
PEOPLE: Final = 3

Batches = Mapping[str, Sequence[Batch]]


@lru_cache(maxsize=1)
def _source() -> dict[str, Any]:
    return tomllib.loads(files("eval").joinpath("world.toml").read_text(encoding="utf-8"))


def states() -> tuple[str, ...]:
    """Keys of the states an order may be in, in the order of their numbers."""
    return tuple(_source()["states"])


def number(language: str, state: str, person: int) -> str:
    """Raises ValueError for a state the world has not."""
    at = states().index(state) + 1
    group = f"2{LANGUAGES.index(language)}" if language in LANGUAGES else "30"
    return f"{group}{at:02}{person}"


def shop(*, extra: Sequence[Order] = (), now: datetime = NOW) -> MemoryShop:
    """A fresh copy: what a conversation changes is its own."""
    data = _data()
    return MemoryShop(replace(data, orders=(*data.orders, *extra)), now=lambda: now)


@lru_cache(maxsize=1)
def _data() -> DemoData:
    made = generate(SEED, TODAY)
    by_sku = {item.sku: tuple(batch for batch in made.batches if batch.sku == item.sku) for item in products()}
    orders = tuple(
        _order(language, state, person, by_sku) for language, state, person in every((*LANGUAGES, FOREIGN), states(), range(PEOPLE))
    )
    customers = tuple({order.customer.email: order.customer for order in orders}.values())
    return replace(made, orders=(*made.orders, *orders), customers=(*made.customers, *customers))


@lru_cache(maxsize=1)
def orders() -> dict[str, Order]:
    """The writers' own orders, by number."""
    return {order.number: order for order in _data().orders if len(order.number) == 5}


def copied(like: str, number: str, email: str | None = None, state: str | None = None) -> Order:
    """An order that the world has not, made from one it has. Raises KeyError for one it has not either."""
    order = orders()[like]
    customer = replace(order.customer, email=email) if email else order.customer
    return replace(order, number=number, customer=customer, state=OrderState(state) if state else order.state)


def _customer(language: str, state: str, person: int, order: str) -> Customer:
    people, entry = _source()[language], _source()["states"][state]
    name = people["names"][person]
    mail = people["mails"][person] if "mails" in people else _ascii(name)
    return Customer(
        id=f"E{order}",
        email=f"{mail}.{order}@example.com",
        name=name,
        country=people["country"],
        language=language if language in LANGUAGES else "en",
        tier=Tier(entry.get("tier", "swell")),
    )


def _ascii(name: str) -> str:
    plain = name.lower().translate(str.maketrans("äöüßáéíóúñç", "aousaeiounc"))
    return ".".join(plain.split())


def _order(language: str, state: str, person: int, batches: Batches) -> Order:
    """Its figures depend on its number alone."""
    key = number(language, state, person)
    rng, entry = Random(f"world:{key}"), _source()["states"][state]  # noqa: S311 - fiction to repeat, no secret
    customer = _customer(language, state, person, key)
    street, city, postcode = _source()[language]["places"][person]
    address = Address(name=customer.name, street=street, city=city, postcode=postcode, country=customer.country)
    kind = OrderState(entry["state"])
    chosen = entry["lines"][person] if "lines" in entry else [rng.choice(_plain()).sku]
    lines = tuple(_line(rng, sku, kind, customer.country, batches) for sku in chosen)
    midnight = datetime.combine(TODAY, time(), UTC)
    made = Order(
        number=key,
        customer=customer,
        state=kind,
        placed_at=midnight - timedelta(days=entry["placed"]) + timedelta(hours=9, minutes=rng.randrange(60)),
        total=basket.total(lines),
        lines=lines,
        address=address,
        read_at=midnight,
    )
    return basket.settled(_refunded(_sent(made, rng, entry), entry))


def _plain() -> list[Any]:
    """Anything but what has rules of its own."""
    return [item for item in products() if item.category != "beauty" and item.sku != BAD_SKU]


def _line(rng: Random, sku: str, state: OrderState, country: str, batches: Batches) -> Line:
    item = next(item for item in products() if item.sku == sku)
    made = basket.line(rng, item, 1, currency_of(country), batches, BAD_BATCH if sku == BAD_SKU else None)
    return replace(made, returned=1 if state is OrderState.REFUNDED else 0)


def _sent(order: Order, rng: Random, entry: Mapping[str, Any]) -> Order:
    if order.state not in journeys.SENT:
        return order

    def ago(key: str) -> date:
        return TODAY - timedelta(days=entry[key])

    delivered = ago("delivered") if "delivered" in entry else None
    days = journeys.Days(
        placed=ago("placed"),
        shipped=ago("shipped"),
        promised=TODAY + timedelta(days=entry["promised"]),
        scanned=delivered or ago("scanned"),
        delivered=delivered,
    )
    warehouse = entry.get("warehouse") or warehouse_of(order.address.country)
    return replace(order, shipments=(journeys.shipment(rng, order.state, days, warehouse, order.address),))


def _refunded(order: Order, entry: Mapping[str, Any]) -> Order:
    if "refunded" not in entry:
        return order
    day = TODAY - timedelta(days=entry["refunded"])
    return replace(order, refunds=(basket.refund(order, day, succeeded=not entry.get("pending")),))
