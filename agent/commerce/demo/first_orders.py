"""The fixed orders that documents and tests rely on, from first_orders.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from agent.commerce.currency import currency_of
from agent.commerce.demo import basket, journeys
from agent.commerce.demo.catalogue import BAD_BATCH, BAD_SKU, products
from agent.commerce.demo.people import Person
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import Address, Batch, Customer, Line, Order, OrderState, Tier


@lru_cache(maxsize=1)
def _entries() -> tuple[dict[str, Any], ...]:
    source = files("agent.commerce.demo").joinpath("first_orders.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(source)["order"])


def first_people() -> list[Person]:
    return [_person(index, entry) for index, entry in enumerate(_entries(), start=1)]


def first_orders(rng: Random, today: date, batches: Mapping[str, Sequence[Batch]]) -> list[Order]:
    return [_order(rng, entry, person, today, batches) for entry, person in zip(_entries(), first_people(), strict=True)]


def _person(index: int, entry: dict[str, Any]) -> Person:
    country, street, city, postcode, phone = entry["place"]
    tier = Tier(entry.get("tier", "drift"))
    customer = Customer(
        id=f"C{index:04}",
        email=entry["email"],
        name=entry["name"],
        country=country,
        language=entry["language"],
        tier=tier,
    )
    return Person(customer, Address(name=entry["name"], street=street, city=city, postcode=postcode, country=country, phone=phone))


def _order(rng: Random, entry: dict[str, Any], person: Person, today: date, batches: Mapping[str, Sequence[Batch]]) -> Order:
    state = OrderState(entry["state"])
    lines = tuple(_line(rng, entry, sku, state, person, batches) for sku in entry["lines"])
    midnight = datetime.combine(today, time(), UTC)
    order = Order(
        number=entry["number"],
        customer=person.customer,
        state=state,
        placed_at=midnight - timedelta(days=entry["placed"]) + timedelta(hours=10, minutes=24),
        total=basket.total(lines),
        lines=lines,
        address=person.address,
        read_at=midnight,
    )
    if state in journeys.SENT:
        warehouse = entry.get("warehouse") or warehouse_of(person.address.country)
        order = replace(order, shipments=(journeys.shipment(rng, state, _days(entry, today), warehouse, person.address),))
    if "refunded" in entry:
        order = replace(order, refunds=(basket.refund(order, today - timedelta(days=entry["refunded"])),))
    return order


def _line(
    rng: Random,
    entry: dict[str, Any],
    sku: str,
    state: OrderState,
    person: Person,
    batches: Mapping[str, Sequence[Batch]],
) -> Line:
    product = next(product for product in products() if product.sku == sku)
    batch = BAD_BATCH if sku == BAD_SKU else None
    made = basket.line(rng, product, 1, currency_of(person.address.country), batches, batch)
    back = state is OrderState.REFUNDED or sku in entry.get("returned", ())
    return replace(made, returned=1 if back else 0)


def _days(entry: dict[str, Any], today: date) -> journeys.Days:
    def ago(key: str) -> date:
        return today - timedelta(days=entry[key])

    delivered = ago("delivered") if "delivered" in entry else None
    return journeys.Days(
        placed=ago("placed"),
        shipped=ago("shipped"),
        promised=today + timedelta(days=entry["promised"]),
        scanned=delivered or ago("scanned"),
        delivered=delivered,
    )
