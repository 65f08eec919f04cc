"""A new order that makes another one good: the pieces locked on a shelf at once, ahead of all others, for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from agent.commerce.papers import Replacement
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.pieces import Lines
from agent.commerce.routing import WAREHOUSES, nearest, transit_days, with_stock
from agent.domain.commerce import Line, Order, OrderState
from agent.domain.money import Money


@dataclass(frozen=True, slots=True)
class Placed:
    number: str
    warehouse: str
    days: tuple[int, int]  # business days from dispatch

    def data(self) -> dict[str, Any]:
        city = WAREHOUSES[self.warehouse].city
        return {"new_order": self.number, "warehouse": self.warehouse, "city": city, "days": list(self.days)}


async def find_house(books: Books, order: Order, lines: Lines, wish: object) -> tuple[str, str]:
    """(code of the nearest warehouse that can promise all pieces, "") or ("", code of why none can)."""
    if wish is not None and wish not in WAREHOUSES:
        return "", "warehouse_unknown"
    levels = await books.shelves(sorted({sku for sku, _ in lines}))
    if {sku for sku, _ in lines} - {level.sku for level in levels}:
        return "", "stock_unknown"
    houses = (str(wish),) if wish is not None else nearest(order.address.country)
    house = with_stock(levels, lines, houses)
    return (house, "") if house else ("", "no_stock")


async def place(books: Books, order: Order, lines: Sequence[Line], house: str, at: datetime) -> Placed:
    """Lock the pieces and write the new order. Nothing is paid for it, so nothing can be paid back for it either."""
    free = Money(0, order.total.currency)
    for line in sorted(lines, key=lambda line: line.sku):
        await books.shelve(line.sku, house, committed=line.quantity)
    number = await books.next_number()
    new = Order(
        number=number,
        customer=order.customer,
        state=OrderState.PAID,
        placed_at=at,
        total=free,
        lines=tuple(replace(line, price=free, returned=0) for line in lines),
        address=order.address,
        read_at=at,
    )
    await books.place(Replacement(order=new, parent=order.number))
    return Placed(number, house, transit_days(house, order.address.country))
