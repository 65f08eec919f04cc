"""What a customer may know of the shelves: yes or no, from where, and when again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agent.domain.commerce import Availability, InventoryLevel


@dataclass(frozen=True, slots=True)
class Shelf:
    """One product in one warehouse, with the warehouse's city and the day more arrives."""

    level: InventoryLevel
    city: str
    restock: date | None

    @property
    def free(self) -> int:
        return self.level.on_hand - self.level.committed


def availability(shelves: Iterable[Shelf], skus: Sequence[str]) -> tuple[Availability, ...]:
    """In the order asked for; a SKU nobody knows is left out. `warehouses` are cities, `restock` only when sold out."""
    by_sku: dict[str, list[Shelf]] = {}
    for shelf in shelves:
        by_sku.setdefault(shelf.level.sku, []).append(shelf)
    return tuple(_of(sku, by_sku[sku]) for sku in dict.fromkeys(skus) if sku in by_sku)


def _of(sku: str, shelves: list[Shelf]) -> Availability:
    cities = tuple(shelf.city for shelf in shelves if shelf.free > 0)
    dates = [shelf.restock for shelf in shelves if shelf.restock]
    return Availability(sku=sku, available=bool(cities), warehouses=cities, restock=min(dates) if dates and not cities else None)
