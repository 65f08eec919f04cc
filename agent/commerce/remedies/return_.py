"""Open a return of a delivered order, with a label to print.

Payload: `lines` as [{"sku", "quantity"}]; left out = all that has not come back yet.
"""

import asyncio
import secrets
from datetime import datetime
from typing import Any, cast

from agent.commerce.currency import from_euro
from agent.commerce.papers import Document, ReturnSlip
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.codes import fresh
from agent.commerce.remedies.label import label
from agent.commerce.routing import WAREHOUSES, warehouse_of
from agent.domain.commerce import Order, OrderState
from agent.domain.effect import EffectResult, PlannedEffect
from agent.policy.terms import TERMS

_ARRIVED = frozenset({OrderState.DELIVERED, OrderState.PART_RETURNED})


async def open_return(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `return` (number), `document` (id of the label), `order`, `lines`, `fee`, `warehouse`, `city`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if reason := refusal(order, at):
        return refused(reason, state=order.state.value, **({"return": order.open_return} if order.open_return else {}))
    lines = _lines(order, effect.payload.get("lines"))
    if not lines:
        return refused("nothing_to_return")
    slip = _slip(order, lines, at)
    content = await asyncio.to_thread(label, slip, order.address.country)
    await books.file(Document(id=slip.document or "", kind="return_label", content_type="application/pdf", content=content))
    await books.open_return(slip)
    return done(**_data(slip))


def refusal(order: Order, at: datetime) -> str:
    """Why this order cannot be returned at this time; "" when it can."""
    delivered = order.shipment.delivered_at if order.shipment else None
    if order.state not in _ARRIVED or delivered is None:
        return "not_delivered"
    if at.date() > TERMS.return_until(delivered.date()):
        return "window_closed"
    return "return_open" if order.open_return else ""


def _lines(order: Order, wish: object) -> tuple[tuple[str, int], ...]:
    """(SKU, pieces) to come back; () when more is wished than was bought and kept, or the wish cannot be read."""
    left: dict[str, int] = {}
    for line in order.lines:
        left[line.sku] = left.get(line.sku, 0) + line.quantity - line.returned
    if wish is None:
        return tuple((sku, pieces) for sku, pieces in left.items() if pieces)
    wished = _read(wish)
    if wished is None or any(pieces < 1 or pieces > left.get(sku, 0) for sku, pieces in wished.items()):
        return ()
    return tuple(wished.items())


def _read(wish: object) -> dict[str, int] | None:
    """SKU -> pieces, or None."""
    if not isinstance(wish, list):
        return None
    pieces: dict[str, int] = {}
    for entry in cast(list[Any], wish):
        match entry:
            case {"sku": str(sku), "quantity": int(quantity)} if sku not in pieces:
                pieces[sku] = quantity
            case _:
                return None
    return pieces


def _slip(order: Order, lines: tuple[tuple[str, int], ...], at: datetime) -> ReturnSlip:
    return ReturnSlip(
        number=fresh("RL-", 6),
        order=order.number,
        lines=lines,
        warehouse=warehouse_of(order.address.country),
        fee=from_euro(TERMS.fee_for_return(order.address.country), order.total.currency),
        at=at,
        document=secrets.token_urlsafe(18),
    )


def _data(slip: ReturnSlip) -> dict[str, Any]:
    return {
        "return": slip.number,
        "document": slip.document,
        "order": slip.order,
        "lines": [{"sku": sku, "quantity": pieces} for sku, pieces in slip.lines],
        "fee": as_data(slip.fee),
        "warehouse": slip.warehouse,
        "city": WAREHOUSES[slip.warehouse].city,
    }
