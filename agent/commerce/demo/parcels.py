"""Some orders travel in two parcels: one has arrived, the other arrives later or came a day after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from agent.commerce.demo import journeys
from agent.domain.commerce import Order, OrderState, Shipment

_EVERY = 5  # of those that could


def in_two_parcels(rng: Random, orders: Sequence[Order]) -> list[Order]:
    """The parcel an order had stays its later one, as it was: it still says what state the order is in."""
    return [_split(rng, order) if _may_split(order) and rng.randrange(_EVERY) == 0 else order for order in orders]


def _may_split(order: Order) -> bool:
    fits = order.state in {OrderState.IN_TRANSIT, OrderState.DELIVERED} and len(order.lines) > 1 and not order.returns
    # The fixed orders are told of in documents.
    return fits and not order.open_return and not order.customer.email.endswith("@example.com") and _arrival(order) is not None


def _arrival(order: Order) -> date | None:
    """When the first parcel came: the day before the last scan of the other; None when it could not have."""
    (later,) = order.shipments
    came = later.checkpoints[-1].at.date() - timedelta(days=1)
    return came if came > later.shipped_at.date() else None


def _split(rng: Random, order: Order) -> Order:
    (later,) = order.shipments
    came = _arrival(order)
    assert came
    days = journeys.Days(
        placed=order.placed_at.date(), shipped=later.shipped_at.date(), promised=later.promised, scanned=came, delivered=came
    )
    first = journeys.shipment(rng, OrderState.DELIVERED, days, later.warehouse, order.address)
    first = replace(first, skus=(order.lines[0].sku,))
    later = replace(later, skus=tuple(line.sku for line in order.lines[1:]))
    return replace(order, shipments=tuple(sorted((first, later), key=_when)))


def _when(parcel: Shipment) -> tuple[object, str]:
    return parcel.shipped_at, parcel.tracking
