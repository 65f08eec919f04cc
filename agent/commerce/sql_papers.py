"""What was issued, in PostgreSQL: return slips, coupons, claims, repairs, documents, and the effects behind them."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce import tables
from agent.commerce.papers import Claim, Coupon, Deed, Document, Repair, ReturnSlip
from agent.domain.commerce import ReturnState
from agent.domain.effect import EffectState
from agent.domain.money import Money

_return, _claim, _repair, _done = tables.return_, tables.claim, tables.repair, tables.effect_done


class SqlPapers:
    _connection: AsyncConnection
    _now: Callable[[], datetime]

    async def open_return(self, slip: ReturnSlip) -> None:
        row = {
            "number": slip.number,
            "order_number": slip.order,
            "lines": dict(slip.lines),
            "warehouse": slip.warehouse,
            "fee": slip.fee.minor,
            "currency": slip.fee.currency,
            "document": slip.document,
            "created_at": slip.at,
        }
        await self._connection.execute(insert(_return).values(row))

    async def put_return(self, slip: ReturnSlip) -> None:
        values: dict[str, Any] = {"step": slip.step.value, "state": "open" if slip.open else "closed"}
        if slip.inspection is not None:
            values["inspection"] = dict(slip.inspection)
        await self._connection.execute(update(_return).where(_return.c.number == slip.number).values(values))

    async def slip(self, number: str) -> ReturnSlip | None:
        row = (await self._connection.execute(select(_return).where(_return.c.number == number))).one_or_none()
        return _slip(row) if row else None

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

    async def claim(self, *, id: str = "", tracking: str = "") -> Claim | None:  # noqa: A002
        query = select(_claim).where((_claim.c.id == id) | (_claim.c.tracking == tracking)).with_for_update()
        row = (await self._connection.execute(query)).first()
        return _as_claim(row) if row else None

    async def put_claim(self, claim: Claim) -> None:
        row = {
            "id": claim.id,
            "order_number": claim.order,
            "tracking": claim.tracking,
            "state": claim.state,
            "amount": claim.amount.minor,
            "currency": claim.amount.currency,
            "created_at": claim.at,
        }
        await self._connection.execute(upsert(_claim).values(row).on_conflict_do_update(index_elements=["id"], set_=row))

    async def repair(self, *, id: str = "", order: str = "", sku: str = "") -> Repair | None:  # noqa: A002
        booked = (_repair.c.order_number == order) & (_repair.c.sku == sku) & (_repair.c.state == "booked")
        row = (await self._connection.execute(select(_repair).where((_repair.c.id == id) | booked).with_for_update())).first()
        return _as_repair(row) if row else None

    async def put_repair(self, repair: Repair) -> None:
        row = {name: getattr(repair, name) for name in ("id", "sku", "day", "part_of_day", "state")}
        row |= {"order_number": repair.order, "created_at": repair.at}
        await self._connection.execute(upsert(_repair).values(row).on_conflict_do_update(index_elements=["id"], set_=row))

    async def deeds(self, order: str) -> tuple[Deed, ...]:
        # By the shop's own number: the effect's may be written as the customer wrote it.
        rows = await self._connection.execute(_DEEDS.where(_done.c.data["order"].astext == order).order_by(_done.c.created_at, _done.c.key))
        return tuple(map(_deed, rows.all()))

    async def deed(self, name: str, value: str) -> Deed | None:
        row = (
            await self._connection.execute(_DEEDS.where(_done.c.data[name].astext == value).order_by(_done.c.created_at, _done.c.key))
        ).first()
        return _deed(row) if row else None


_DEEDS = select(_done.c.kind, _done.c.data).where(_done.c.state == EffectState.CONFIRMED.value)


def _deed(row: Row[str, Any]) -> Deed:
    return Deed(kind=row.kind, order=row.data.get("order", ""), data=row.data)


def _slip(row: Row[Any]) -> ReturnSlip:
    return ReturnSlip(
        number=row.number,
        order=row.order_number,
        lines=tuple(sorted(row.lines.items())),
        warehouse=row.warehouse,
        fee=Money(row.fee, row.currency),
        at=row.created_at,
        document=row.document,
        open=row.state == "open",
        step=ReturnState(row.step),
        inspection=row.inspection,
    )


def _as_claim(row: Row[Any]) -> Claim:
    amount = Money(row.amount, row.currency)
    return Claim(id=row.id, order=row.order_number, tracking=row.tracking, amount=amount, at=row.created_at, state=row.state)


def _as_repair(row: Row[Any]) -> Repair:
    plain = {name: getattr(row, name) for name in ("id", "sku", "day", "part_of_day", "state")}
    return Repair(**plain, order=row.order_number, at=row.created_at)
