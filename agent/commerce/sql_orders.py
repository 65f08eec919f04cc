"""The orders' part of the books in PostgreSQL."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce import tables
from agent.commerce.demo.journeys import CARRIERS
from agent.commerce.keys import order_number
from agent.commerce.order_rows import BY_NUMBER, to_order
from agent.commerce.papers import Replacement
from agent.domain.commerce import Address, Line, Order, OrderState, Payment, Piece, Refund, Shipment
from agent.domain.money import Money

_orders, _line, _shipment, _payment = tables.orders, tables.order_line, tables.shipment, tables.payment
#: Any number will do, as long as nothing else in this database locks on it.
_NUMBERS = 0x10_0F
_CARRIER_CODES = {name: code for code, name in CARRIERS.items()}


class SqlOrders:
    _connection: AsyncConnection
    _now: Callable[[], datetime]

    async def order(self, number: str) -> Order | None:
        key = order_number(number)
        # Lock first, read after: one statement would wait and then join rows as they were before the wait.
        await self._connection.execute(select(_orders.c.number).where(_orders.c.number == key).with_for_update())
        row = (await self._connection.execute(BY_NUMBER, {"number": key})).mappings().one_or_none()
        return to_order(row, self._now()) if row else None

    async def state(self, number: str) -> OrderState | None:
        state = await self._connection.scalar(select(_orders.c.state).where(_orders.c.number == number))
        return OrderState(state) if state else None

    async def parent(self, number: str) -> str:
        return await self._connection.scalar(select(_orders.c.parent).where(_orders.c.number == number)) or ""

    async def service(self, number: str) -> str:
        return await self._connection.scalar(select(_orders.c.service).where(_orders.c.number == number)) or "standard"

    async def next_number(self) -> str:
        # Two new orders at once: the second waits until the first is there, or was given up.
        await self._connection.execute(select(func.pg_advisory_xact_lock(_NUMBERS)))
        highest = await self._connection.scalar(select(func.max(cast(_orders.c.number, BigInteger))))
        return str((highest or 0) + 1)

    async def place(self, new: Replacement) -> None:
        order = new.order
        row = {
            "number": order.number,
            "customer": order.customer.id,
            "email": order.customer.email,
            "state": order.state.value,
            "currency": order.total.currency,
            "total": order.total.minor,
            "placed_at": order.placed_at,
            "address": asdict(order.address),
            "priority": True,
            "parent": new.parent,
        }
        await self._connection.execute(insert(_orders).values(row))
        for position, line in enumerate(order.lines, start=1):
            await self._add(order.number, position, line)

    async def move(self, number: str, state: OrderState) -> None:
        await self._set(number, state=state.value)

    async def readdress(self, number: str, address: Address) -> None:
        await self._set(number, address=asdict(address))

    async def serve(self, number: str, service: str) -> None:
        await self._set(number, service=service)

    async def retotal(self, number: str, total: Money) -> None:
        await self._set(number, total=total.minor)

    async def swap(self, number: str, old: Piece, new: Line) -> None:
        mine = _line.c.order_number == number
        fits = select(_line).where(mine, _line.c.sku == old.sku, _line.c.quantity >= old.quantity).order_by(_line.c.position).limit(1)
        row = (await self._connection.execute(fits)).one()
        last = await self._connection.scalar(select(func.max(_line.c.position)).where(mine)) or 0
        at = (mine, _line.c.position == row.position)
        if row.quantity > old.quantity:
            await self._connection.execute(update(_line).where(*at).values(quantity=row.quantity - old.quantity))
        else:
            await self._connection.execute(delete(_line).where(*at))
        await self._add(number, last + 1, new)

    async def take_back(self, number: str, lines: Iterable[tuple[str, int]]) -> None:
        for sku, pieces in lines:
            left, mine = pieces, (_line.c.order_number == number, _line.c.sku == sku)
            for row in (await self._connection.execute(select(_line).where(*mine).order_by(_line.c.position))).all():
                part = min(left, row.quantity - row.returned)
                left -= part
                where = (_line.c.order_number == number, _line.c.position == row.position)
                await self._connection.execute(update(_line).where(*where).values(returned=row.returned + part))

    async def put_payment(self, number: str, payment: Payment) -> None:
        row = {
            "id": payment.id,
            "order_number": number,
            "method": payment.method,
            "amount": payment.amount.minor,
            "currency": payment.amount.currency,
            "at": payment.at,
            "succeeded": payment.succeeded,
        }
        made = upsert(_payment).values(row)
        await self._connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=row))

    async def repay(self, number: str, refund: Refund) -> None:
        values = {
            "id": refund.id,
            "order_number": number,
            "amount": refund.amount.minor,
            "currency": refund.amount.currency,
            "at": refund.at,
            "succeeded": refund.succeeded,
            "payment": refund.payment or None,
        }
        await self._connection.execute(insert(tables.refund).values(values))

    async def put_shipment(self, number: str, shipment: Shipment) -> None:
        row = {name: getattr(shipment, name) for name in ("tracking", "url", "warehouse", "shipped_at", "promised", "delivered_at")}
        row |= {"order_number": number, "carrier": _CARRIER_CODES[shipment.carrier], "skus": list(shipment.skus)}
        made = upsert(_shipment).values(row)
        await self._connection.execute(made.on_conflict_do_update(index_elements=["tracking"], set_=row))
        await self._connection.execute(delete(tables.checkpoint).where(tables.checkpoint.c.tracking == shipment.tracking))
        scans = [
            {**asdict(scan), "tracking": shipment.tracking, "position": position}
            for position, scan in enumerate(shipment.checkpoints, start=1)
        ]
        if scans:
            await self._connection.execute(insert(tables.checkpoint), scans)

    async def _add(self, number: str, position: int, line: Line) -> None:
        row = {name: getattr(line, name) for name in ("sku", "title", "category", "quantity", "returned")}
        row |= {"order_number": number, "position": position, "price": line.price.minor}
        await self._connection.execute(insert(_line).values(row))

    async def _set(self, number: str, **values: Any) -> None:
        await self._connection.execute(update(_orders).where(_orders.c.number == number).values(values))
