"""Reads the pieces of a payload. Whatever cannot be read is None, never an exception."""

from typing import Any, cast

from agent.domain.commerce import Order

Lines = tuple[tuple[str, int], ...]


def read(wish: object) -> Lines | None:
    """[{"sku", "quantity"}] -> ((SKU, pieces), ...), each SKU once and at least one piece; None when it is anything else."""
    if not isinstance(wish, list) or not wish:
        return None
    found: list[tuple[str, int]] = []
    for entry in cast(list[Any], wish):
        match entry:
            case {"quantity": bool()}:
                return None
            case {"sku": str(sku), "quantity": int(quantity)} if quantity > 0 and sku.isprintable():
                found.append((sku, quantity))
            case _:
                return None
    return tuple(found)


def once(lines: Lines | None) -> Lines | None:
    """None when an article is named twice."""
    return lines if lines and len({sku for sku, _ in lines}) == len(lines) else None


def as_lines(lines: Lines) -> list[dict[str, Any]]:
    return [{"sku": sku, "quantity": pieces} for sku, pieces in lines]


def bought(order: Order) -> dict[str, int]:
    """SKU -> pieces."""
    count: dict[str, int] = {}
    for line in order.lines:
        count[line.sku] = count.get(line.sku, 0) + line.quantity
    return count


def price(order: Order, sku: str) -> int:
    """What one piece cost, in minor units: the lower one where the order has it at two prices."""
    return min(line.price.minor for line in order.lines if line.sku == sku)
