"""A row of the demo shop's catalogue as a product."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.commerce.demo.catalogue import products
from agent.domain.commerce import Product
from agent.domain.money import Money


def to_product(row: Mapping[Any, Any]) -> Product:
    """What the table has no column for (bulk, weight, revisions) is the same in every demo shop: it comes from the catalogue file."""
    known = next((product for product in products() if product.sku == row["sku"]), None)
    plain = Product(
        sku=row["sku"],
        title=row["title"],
        category=row["category"],
        price=Money(row["prices"]["EUR"], "EUR"),
        text=row["text"],
        sizes=tuple(row["sizes"]),
    )
    return replace(plain, weight=known.weight, bulky=known.bulky, revisions=known.revisions) if known else plain
