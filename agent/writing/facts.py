"""The facts of an order in sentences. Every figure comes from the order's own fields."""

from collections.abc import Callable

from agent.domain.commerce import Order, OrderState, Shipment
from agent.phrasing import day, moment, money
from agent.policy.days import ON_THE_WAY
from agent.writing.writer import Writer


def order_facts(write: Writer, order: Order, *, today_late: int = 0) -> None:
    """State, last scan, promise, tracking and refunds of one order."""
    write.paragraph()
    source = write.cite("order", order.number, f"#{order.number}", order.read_at.isoformat())
    if order.stale:
        write.say("as-of", source, time=moment(order.read_at, write.language))
    STATE[order.state](write, order, source)
    shipment = order.shipment
    if shipment and order.state in ON_THE_WAY:
        _late(write, order, shipment, source, today_late)
        _journey(write, shipment, source, today_late)
    _refunds(write, order, source)


def _placed(key: str) -> Callable[[Writer, Order, str], None]:
    def tell(write: Writer, order: Order, source: str) -> None:
        write.say(key, source, order=order.number, date=day(order.placed_at.date(), write.language))

    return tell


def _shipped(key: str) -> Callable[[Writer, Order, str], None]:
    def tell(write: Writer, order: Order, source: str) -> None:
        shipment = order.shipment
        if shipment is None:
            write.say("order-unknown-state", source, order=order.number)
            return
        write.say(
            key,
            source,
            order=order.number,
            warehouse=write.phrases.render(f"warehouse-{shipment.warehouse}", write.language),
            date=day(shipment.shipped_at.date(), write.language),
            carrier=shipment.carrier,
        )

    return tell


def _delivered(key: str) -> Callable[[Writer, Order, str], None]:
    def tell(write: Writer, order: Order, source: str) -> None:
        shipment = order.shipment
        if shipment is None or shipment.delivered_at is None:
            write.say("order-unknown-state", source, order=order.number)
            return
        when = day(shipment.delivered_at.date(), write.language)
        write.say(key, source, order=order.number, carrier=shipment.carrier, date=when)

    return tell


def _part_shipped(write: Writer, order: Order, source: str) -> None:
    if not order.shipments:
        write.say("order-unknown-state", source, order=order.number)
        return
    sent = day(max(parcel.shipped_at for parcel in order.shipments).date(), write.language)
    write.say("order-part-shipped", source, order=order.number, parcels=len(order.shipments), date=sent)


def _short(key: str) -> Callable[[Writer, Order, str], None]:
    return lambda write, order, source: write.say(key, source, order=order.number)


def _lost(write: Writer, order: Order, source: str) -> None:
    if order.shipment is None:
        return
    scans = order.shipment.checkpoints
    last = scans[-1].at if scans else order.shipment.shipped_at
    write.say("order-lost", source, order=order.number, date=day(last.date(), write.language))


STATE: dict[OrderState, Callable[[Writer, Order, str], None]] = {
    OrderState.UNPAID: _placed("order-unpaid"),
    OrderState.PAID: _placed("order-paid"),
    OrderState.PACKED: _short("order-packed"),
    OrderState.IN_TRANSIT: _shipped("order-in-transit"),
    OrderState.LATE: _shipped("order-in-transit"),
    OrderState.CUSTOMS_HOLD: _shipped("order-customs"),
    OrderState.PART_SHIPPED: _part_shipped,
    OrderState.UNKNOWN: _short("order-unknown-state"),
    OrderState.LOST: _lost,
    OrderState.DELIVERED: _delivered("order-delivered"),
    OrderState.PART_RETURNED: _delivered("order-part-returned"),
    OrderState.REFUNDED: _short("order-refunded"),
    OrderState.CANCELLED: _short("order-cancelled"),
}


#: A carrier's scan -> its label. Scans we do not know are "on its way": the shipment has not arrived.
SCANS = {
    "label_created": "state-info",
    "info_received": "state-info",
    "picked_up": "state-picked-up",
    "in_transit": "state-departed",
    "departed": "state-departed",
    "arrived": "state-arrived",
    "customs": "state-customs",
    "customs_cleared": "state-customs-cleared",
    "out_for_delivery": "state-out-for-delivery",
    "attempted": "state-attempted",
    "attempt_failed": "state-attempted",
    "available_for_pickup": "state-pickup",
    "delivered": "state-delivered",
    "exception": "state-exception",
    "expired": "state-expired",
    "returning": "state-returning",
    "returned": "state-returned",
    "damaged": "state-damaged",
    "lost": "state-lost",
}

#: After these nobody can say that the promise still holds.
STOPPED = frozenset({"returning", "returned", "damaged", "lost"})


def _late(write: Writer, order: Order, shipment: Shipment, source: str, days: int) -> None:
    if days:
        write.say("order-late", source, order=order.number, promised=day(shipment.promised, write.language), days=days)


def _journey(write: Writer, shipment: Shipment, source: str, days: int) -> None:
    if shipment.checkpoints:
        scan = shipment.checkpoints[-1]
        state = write.phrases.render(SCANS.get(scan.state, "state-departed"), write.language)
        place = {"place": scan.place} if scan.place else dict[str, str]()
        write.say("order-scan" if place else "order-scan-nowhere", source, state=state, **place, time=moment(scan.at, write.language))
    if not days and not (shipment.checkpoints and shipment.checkpoints[-1].state in STOPPED):
        write.say("order-promised", source, date=day(shipment.promised, write.language))
    write.say("order-tracking", source, tracking=shipment.tracking, url=shipment.url)


def _refunds(write: Writer, order: Order, source: str) -> None:
    for refund in order.refunds:
        key = "refund-done" if refund.succeeded else "refund-started"
        write.say(key, source, amount=money(refund.amount, write.language), date=day(refund.at.date(), write.language))
