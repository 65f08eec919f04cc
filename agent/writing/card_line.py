"""The line of the context card: order -> batch -> shipment -> scans -> door, with the delay of each leg against its promise. Pure; staff only."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from agent.commerce.routing import add_business_days
from agent.domain.card import Leg, Stop
from agent.domain.commerce import Order, OrderState, Shipment
from agent.domain.context import StaffContext

#: Orders are packed and handed to the carrier within so many business days.
PACKING_DAYS = 2
#: Days between two scans from which the silence is worth a word.
SILENCE = 3
_NOT_SENT = {OrderState.UNPAID, OrderState.PAID, OrderState.PACKED, OrderState.PART_SHIPPED}
_FUTURE = "dated in the future: a mistake of the source"


def line(order: Order, staff: StaffContext, now: datetime) -> tuple[Leg, ...]:
    """In the order of the way; parcels one after another."""
    state = order.raw_state or order.state.value.replace("_", " ")
    first = Leg(stop=Stop.ORDER, label=f"#{order.number}", place=order.address.country, at=order.placed_at, note=state)
    legs = [first, *_batches(staff)]
    for shipment in order.shipments:
        legs += [_sent(order, shipment), *_scans(shipment, now), _arrived(order, shipment, now)]
    if order.state in _NOT_SENT and order.state is not OrderState.UNPAID:
        legs.append(_waiting(order, now))
    return tuple(_checked(leg, now) for leg in legs)


def _batches(staff: StaffContext) -> Iterable[Leg]:
    known = {batch.id: batch for batch in staff.batches}
    for traced in staff.lines:
        batch = known.get(traced.batch or "")
        if batch:
            yield Leg(stop=Stop.BATCH, label=batch.id, place=batch.supplier, at=batch.produced, note=traced.sku)
        else:
            why = "no record of this batch" if traced.batch else "not traced to a batch"
            yield Leg(stop=Stop.BATCH, label=traced.batch or traced.sku, note=why, done=False)


def _packed_by(order: Order) -> date:
    return add_business_days(order.placed_at.date(), PACKING_DAYS)


def _late(day: date, promised: date) -> int:
    return max((day - promised).days, 0)


def _sent(order: Order, shipment: Shipment) -> Leg:
    promised = _packed_by(order)
    return Leg(
        stop=Stop.SHIPMENT,
        label=f"{shipment.carrier} {shipment.tracking}",
        place=shipment.warehouse,
        at=shipment.shipped_at,
        promised=promised,
        late=_late(shipment.shipped_at.date(), promised),
        note=", ".join(shipment.skus),
        parcel=shipment.tracking,
    )


def _waiting(order: Order, now: datetime) -> Leg:
    promised = _packed_by(order)
    label = "rest of the order not shipped" if order.shipments else "not shipped"
    return Leg(stop=Stop.SHIPMENT, label=label, promised=promised, late=_late(now.date(), promised), done=False)


def _scans(shipment: Shipment, now: datetime) -> Iterable[Leg]:
    points = sorted(shipment.checkpoints, key=lambda point: point.at)
    ends = [*(point.at for point in points[1:]), shipment.delivered_at or now]
    for point, end in zip(points, ends, strict=False):  # a parcel without scans has an end alone
        silent = (end - point.at).days
        note = f"then no scan for {silent} days" if silent >= SILENCE else ""
        label = point.state.replace("_", " ")
        yield Leg(stop=Stop.CHECKPOINT, label=label, place=point.place, at=point.at, note=note, parcel=shipment.tracking)


def _arrived(order: Order, shipment: Shipment, now: datetime) -> Leg:
    done = shipment.delivered_at is not None
    day = shipment.delivered_at.date() if shipment.delivered_at else now.date()
    return Leg(
        stop=Stop.DELIVERY,
        label="delivered" if done else "not delivered",
        place=order.address.city,
        at=shipment.delivered_at,
        promised=shipment.promised,
        late=_late(day, shipment.promised),
        done=done,
        parcel=shipment.tracking,
    )


def _checked(leg: Leg, now: datetime) -> Leg:
    """A day ahead may be another zone's; more is a mistake, and said."""
    if leg.at is None:
        return leg
    day = leg.at.date() if isinstance(leg.at, datetime) else leg.at
    if day <= (now + timedelta(days=1)).date():
        return leg
    return Leg(stop=leg.stop, label=leg.label, place=leg.place, at=leg.at, promised=leg.promised, note=_FUTURE, parcel=leg.parcel)
