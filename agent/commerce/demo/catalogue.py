"""Products, production batches and stock of the demo shop."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from agent.commerce.routing import WAREHOUSES, add_business_days, warehouse_of
from agent.domain.commerce import Batch, InventoryLevel, Order, OrderState, Product, Revision
from agent.domain.money import Money

#: The quietly bad one: nothing but its complaint rate tells.
BAD_BATCH = "VQ-26A"
BAD_SKU = "EAR-110"
SOLD_OUT = ("CUR-460", "JKT-630")
_SUPPLIERS = {
    "audio": ("VQ", "Velquist Acoustics"),
    "textiles": ("NB", "Norrabeck Weaving"),
    "beauty": ("OD", "Ondelis Formulations"),
    "fashion": ("SV", "Sellavin Apparel"),
    "SNK": ("TM", "Tamarosk Footwear"),
}
_NOT_SENT = frozenset({OrderState.UNPAID, OrderState.PAID, OrderState.PACKED})


@dataclass(frozen=True, slots=True)
class Look:
    """How a product is drawn."""

    shape: str
    colour: str
    accent: str


@lru_cache(maxsize=1)
def _entries() -> tuple[dict[str, Any], ...]:
    source = files("agent.commerce.demo").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(source)["product"])


@lru_cache(maxsize=1)
def products() -> tuple[Product, ...]:
    return tuple(
        Product(
            sku=entry["sku"],
            title=entry["title"],
            category=entry["category"],
            price=Money(entry["price"], "EUR"),
            text=entry["text"],
            sizes=tuple(entry.get("sizes", ())),
            weight=entry.get("weight"),
            bulky=entry.get("bulky", False),
            revisions=tuple(Revision(**each) for each in entry.get("revisions", ())),
        )
        for entry in _entries()
    )


@lru_cache(maxsize=1)
def looks() -> dict[str, Look]:
    """By SKU."""
    return {entry["sku"]: Look(entry["shape"], entry["colour"], entry["accent"]) for entry in _entries()}


def batches(rng: Random, today: date) -> tuple[Batch, ...]:
    """Two batches a product, lettered per supplier in the order of the catalogue."""
    made: Counter[str] = Counter()
    result: list[Batch] = []
    for product in products():
        short, supplier = _SUPPLIERS.get(product.sku[:3]) or _SUPPLIERS[product.category]
        for age in (150, 75):
            batch = f"{short}-26{chr(ord('A') + made[short])}"
            made[short] += 1
            sold = rng.randrange(220, 900)
            rate = rng.uniform(0.118, 0.126) if batch == BAD_BATCH else rng.uniform(0.002, 0.017)
            produced = today - timedelta(days=age + rng.randrange(20))
            result.append(
                Batch(
                    id=batch,
                    sku=product.sku,
                    supplier=supplier,
                    produced=produced,
                    sold=sold,
                    complaints=round(sold * rate),
                )
            )
    return tuple(result)


def stock(rng: Random, orders: Iterable[Order], read_at: datetime) -> tuple[InventoryLevel, ...]:
    """Enough on every shelf for what is ordered and not sent, and something free except of what is sold out."""
    committed = Counter[tuple[str, str]]()
    for order in orders:
        if order.state in _NOT_SENT:
            for line in order.lines:
                committed[line.sku, warehouse_of(order.address.country)] += line.quantity
    return tuple(_level(rng, product.sku, house, committed[product.sku, house], read_at) for product in products() for house in WAREHOUSES)


def _level(rng: Random, sku: str, house: str, committed: int, read_at: datetime) -> InventoryLevel:
    sold_out = sku in SOLD_OUT
    free = 0 if sold_out or rng.random() < 0.12 else rng.randrange(4, 160)
    incoming = rng.randrange(40, 200) if sold_out or free < 15 else 0
    return InventoryLevel(sku=sku, warehouse=house, on_hand=committed + free, committed=committed, incoming=incoming, read_at=read_at)


def restocks(levels: Iterable[InventoryLevel], today: date) -> dict[tuple[str, str], date]:
    """When what is incoming arrives, by SKU and warehouse."""
    days = {"SZX": 6, "SIN": 9, "RTM": 12, "LAX": 14}
    return {(level.sku, level.warehouse): add_business_days(today, days[level.warehouse]) for level in levels if level.incoming}
