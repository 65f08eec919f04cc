"""The shop's books in PostgreSQL, within one transaction."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce import tables
from agent.commerce.keys import order_number
from agent.commerce.order_rows import BY_NUMBER, to_order
from agent.commerce.papers import Coupon, Document, ReturnSlip
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import Address, Order, OrderState

_orders, _stock = tables.orders, tables.stock_level


class SqlBooks:
    """Writes on the connection it is given; whoever opened the transaction ends it."""

    def __init__(self, connection: AsyncConnection, now: Callable[[], datetime]) -> None:
        self._connection, self._now = connection, now

    async def order(self, number: str) -> Order | None:
        key = order_number(number)
        # Lock first, read after: one statement would wait and then join rows as they were before the wait.
        await self._connection.execute(select(_orders.c.number).where(_orders.c.number == key).with_for_update())
        row = (await self._connection.execute(BY_NUMBER, {"number": key})).mappings().one_or_none()
        return to_order(row, self._now()) if row else None

    async def move(self, number: str, state: OrderState) -> None:
        await self._connection.execute(update(_orders).where(_orders.c.number == number).values(state=state.value))

    async def readdress(self, number: str, address: Address) -> None:
        await self._connection.execute(update(_orders).where(_orders.c.number == number).values(address=asdict(address)))

    async def release(self, order: Order) -> None:
        house = warehouse_of(order.address.country)
        # In one order for everybody, so that two cancellations cannot lock each other out.
        for line in sorted(order.lines, key=lambda line: line.sku):
            await self._connection.execute(
                update(_stock)
                .where(_stock.c.sku == line.sku, _stock.c.warehouse == house)
                .values(committed=func.greatest(_stock.c.committed - line.quantity, 0))
            )

    async def open_return(self, slip: ReturnSlip) -> None:
        await self._connection.execute(
            insert(tables.return_).values(
                number=slip.number,
                order_number=slip.order,
                lines=dict(slip.lines),
                warehouse=slip.warehouse,
                fee=slip.fee.minor,
                currency=slip.fee.currency,
                document=slip.document,
                created_at=slip.at,
            )
        )

    async def file(self, document: Document) -> None:
        await self._connection.execute(insert(tables.document).values(asdict(document)))

    async def has_coupon(self, order: str) -> bool:
        found = await self._connection.scalar(select(tables.coupon.c.code).where(tables.coupon.c.order_number == order))
        return found is not None

    async def issue(self, coupon: Coupon) -> None:
        await self._connection.execute(
            insert(tables.coupon).values(
                code=coupon.code,
                order_number=coupon.order,
                percent=coupon.percent,
                amount=coupon.amount.minor if coupon.amount else None,
                currency=coupon.minimum.currency,
                minimum=coupon.minimum.minor,
                valid_until=coupon.valid_until,
            )
        )
