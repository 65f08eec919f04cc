"""Variants of the Admin API -> stock per location and catalogue."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from agent.commerce.availability import Shelf
from agent.commerce.connectors.shopify.fields import Node, minor, node, nodes, number, text
from agent.commerce.connectors.shopify.order import options
from agent.commerce.connectors.shopify.shop import Shop
from agent.domain.commerce import InventoryLevel, Product
from agent.domain.money import Money

_GRAMS = {"GRAMS": Decimal(1), "KILOGRAMS": Decimal(1000), "OUNCES": Decimal("28.349523"), "POUNDS": Decimal("453.59237")}
_SIZES = frozenset({"size", "größe", "taille", "talla", "taglia", "tamanho", "サイズ", "尺码", "размер", "المقاس"})


def shelves(variants: Iterable[Node], shop: Shop, read_at: datetime) -> list[Shelf]:
    """Only of variants whose stock is counted at all."""
    counted = [each for each in variants if text(each, "sku") and node(each, "inventoryItem").get("tracked")]
    return [
        Shelf(_level(text(each, "sku"), row, shop, read_at), _city(row), None)
        for each in counted
        for row in nodes(node(each, "inventoryItem"), "inventoryLevels")
    ]


def uncounted(variants: Iterable[Node]) -> list[str]:
    """SKUs that are sold without counting."""
    return [text(each, "sku") for each in variants if text(each, "sku") and node(each, "inventoryItem").get("tracked") is False]


def _level(sku: str, row: Node, shop: Shop, read_at: datetime) -> InventoryLevel:
    counts = {text(each, "name"): number(each, "quantity") for each in nodes(row, "quantities")}
    available = counts.get("available", 0)
    on_hand = counts.get("on_hand", available + counts.get("committed", 0))
    return InventoryLevel(
        sku=sku,
        warehouse=text(node(row, "location"), "name"),
        on_hand=on_hand,
        # On hand also holds what is damaged, reserved or kept for safety: none of it may be promised, so it counts as given away.
        committed=max(on_hand - available, 0),
        incoming=max(counts.get("incoming", 0), 0),
        read_at=read_at,
        source=shop.name,
    )


def _city(row: Node) -> str:
    return text(node(row, "location", "address"), "city") or text(node(row, "location"), "name")


def to_product(variant: Node, currency: str) -> Product:
    product = node(variant, "product")
    own = text(variant, "title")
    return Product(
        sku=text(variant, "sku"),
        title=f"{text(product, 'title')} {own}".strip() if own != "Default Title" else text(product, "title"),
        category=text(product, "productType").lower(),
        price=minor(text(variant, "price"), currency) or Money(0, currency),
        text=text(product, "description"),
        sizes=_sizes(product),
        product=text(product, "id"),
        options=options(variant),
        weight=_grams(node(variant, "inventoryItem", "measurement", "weight")),
    )


def _sizes(product: Node) -> tuple[str, ...]:
    found = [each for each in nodes(product, "options") if text(each, "name").lower() in _SIZES]
    return tuple(str(value) for value in found[0].get("values") or ()) if found else ()


def _grams(weight: Node) -> int | None:
    value, unit = weight.get("value"), text(weight, "unit")
    return int(Decimal(str(value)) * _GRAMS[unit]) if isinstance(value, int | float) and value and unit in _GRAMS else None
