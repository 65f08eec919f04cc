"""Open a return of what was delivered, with a label to print.

Payload: `lines` as [{"sku", "quantity"}]; left out = all that arrived in time and has not come back yet.
"""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent.commerce.currency import RATES, from_euro
from agent.commerce.papers import Document, ReturnSlip
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.codes import fresh, unguessable
from agent.commerce.remedies.label import label
from agent.commerce.remedies.pieces import Lines, as_lines, bought, once, price, read
from agent.commerce.remedies.procedures.inspection import STANDARDS, Grade
from agent.commerce.remedies.value import Given, given
from agent.commerce.routing import WAREHOUSES, local_day, warehouse_of
from agent.domain.commerce import Order, OrderState, ReturnState, Shipment
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.money import Money
from agent.policy.terms import TERMS

_ARRIVED = frozenset({OrderState.DELIVERED, OrderState.PART_RETURNED})
#: One parcel of these may have arrived while another has not.
_UNDER_WAY = frozenset({OrderState.PART_SHIPPED, OrderState.IN_TRANSIT, OrderState.CUSTOMS_HOLD, OrderState.LATE, OrderState.LOST})


async def open_return(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `return` (number), `document` (id of the label), `order`, `lines`, `fee`, `warehouse`, `city`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if reason := refusal(order, at):
        return refused(reason, state=order.state.value, **({"return": order.open_return} if order.open_return else {}))
    lines = _lines(order, effect.payload.get("lines"), at, await given(books, order))
    if not lines:
        return refused("nothing_to_return")
    slip = await issue(books, order, lines, at, fee=True)
    return done(**_data(slip))


def refusal(order: Order, at: datetime, days: int = TERMS.return_days) -> str:
    """Why nothing of this order can be returned at this time; "" when something can."""
    if order.state not in _ARRIVED | _UNDER_WAY or not _delivered(order, at):
        return "not_delivered"
    if not _in_time(order, at, days):
        return "window_closed"
    return "return_open" if order.open_return else ""


def arrived(order: Order, at: datetime, days: int = TERMS.return_days) -> dict[str, int]:
    """SKU -> pieces that arrived and whose window still runs: one parcel may be here while another is under way."""
    parcels = _in_time(order, at, days)
    count = bought(order)
    if any(not parcel.skus for parcel in parcels):
        return count
    here = {sku for parcel in parcels for sku in parcel.skus}
    return {sku: pieces for sku, pieces in count.items() if sku in here}


def _delivered(order: Order, at: datetime) -> list[Shipment]:
    """A delivery in the future is a clock that is wrong: it has not happened."""
    return [parcel for parcel in order.shipments if parcel.delivered_at and parcel.delivered_at <= at]


def _in_time(order: Order, at: datetime, days: int) -> list[Shipment]:
    """Windows count the days on the customer's wall, whatever the clock did in spring."""
    country = order.address.country
    today = local_day(at, country)
    return [
        parcel for parcel in _delivered(order, at) if parcel.delivered_at and (today - local_day(parcel.delivered_at, country)).days <= days
    ]


def _lines(order: Order, wish: object, at: datetime, state: Given) -> Lines:
    """(SKU, pieces) to come back; () when more is wished than was bought and kept, or the wish cannot be read."""
    here, left = arrived(order, at), dict[str, int]()
    for sku, pieces in here.items():
        back = sum(line.returned for line in order.lines if line.sku == sku)
        left[sku] = pieces - max(back, _made_good(state, order, sku))
    if wish is None:
        return tuple((sku, pieces) for sku, pieces in left.items() if pieces > 0)
    wished = once(read(wish))
    return wished if wished and all(pieces <= left.get(sku, 0) for sku, pieces in wished) else ()


def _made_good(state: Given, order: Order, sku: str) -> int:
    """Pieces whose whole price was given back, or that were sent again. A part of a price leaves the right to return."""
    each = price(order, sku)
    return max(state.by_sku[sku] // each if each else 0, state.replaced[sku])


async def issue(books: Books, order: Order, lines: Lines, at: datetime, *, fee: bool) -> ReturnSlip:
    """A slip with its label. `fee` = what the country's label costs; without, the shop pays."""
    currency = order.total.currency
    due = TERMS.fee_for_return(order.address.country) if fee else Money(0, "EUR")
    slip = ReturnSlip(
        number=fresh("RL-", 6),
        order=order.number,
        lines=lines,
        warehouse=warehouse_of(order.address.country),
        fee=from_euro(due, currency) if currency in RATES else Money(0, currency),
        at=at,
        document=unguessable(),
    )
    content = await asyncio.to_thread(label, slip, order.address.country, order.customer.language)
    await books.file(Document(id=slip.document or "", kind="return_label", content_type="application/pdf", content=content))
    await books.open_return(slip)
    return slip


def grade_of(slip: ReturnSlip) -> Grade | None:
    """None when the slip was not inspected."""
    return Grade(slip.inspection["grade"]) if slip.inspection and "grade" in slip.inspection else None


def accepted(slip: ReturnSlip) -> bool:
    grade = grade_of(slip)
    return grade is not None and STANDARDS[grade].accepted


async def close(books: Books, order: Order, slip: ReturnSlip) -> None:
    """What came back is counted as returned, and what is as new goes back to the shelf."""
    await books.put_return(replace(slip, step=ReturnState.CLOSED, open=False))
    await books.take_back(order.number, slip.lines)
    grade = grade_of(slip)
    if grade and STANDARDS[grade].restock:
        for sku, pieces in sorted(slip.lines):
            await books.shelve(sku, slip.warehouse, on_hand=pieces)
    if order.state is OrderState.DELIVERED:
        await books.move(order.number, OrderState.PART_RETURNED)


def _data(slip: ReturnSlip) -> dict[str, Any]:
    return {
        "return": slip.number,
        "document": slip.document,
        "order": slip.order,
        "lines": as_lines(slip.lines),
        "fee": as_data(slip.fee),
        "warehouse": slip.warehouse,
        "city": WAREHOUSES[slip.warehouse].city,
    }
