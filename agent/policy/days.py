"""Windows in the calendar days of the customer's market: a day is a day, also when the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime

from agent.domain.commerce import Order, OrderState, Shipment
from agent.policy.request import Request
from agent.policy.schema import Pack

ON_THE_WAY = frozenset({OrderState.IN_TRANSIT, OrderState.CUSTOMS_HOLD, OrderState.LATE, OrderState.PART_SHIPPED})
#: Scans after which customs do not have it any more: those of another country may have it next.
LEAVES_CUSTOMS = frozenset({"customs_cleared", "departed", "in_transit", "out_for_delivery"})


def local_day(pack: Pack, country: str, at: datetime) -> date:
    """The day it is there; a time without a zone is taken as UTC."""
    return aware(at).astimezone(pack.zone(country)).date()


def aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def delivered_at(request: Request) -> datetime | None:
    """When what it is about arrived: the last of the parcels that hold the pieces; without pieces the parcel a question is about."""
    parcels = concerned(request)
    if not parcels or any(parcel.delivered_at is None for parcel in parcels):
        return None
    return max(aware(parcel.delivered_at) for parcel in parcels if parcel.delivered_at)


def concerned(request: Request) -> tuple[Shipment, ...]:
    skus = {piece.sku for piece in request.remedy.pieces}
    if not skus:
        return tuple(parcel for parcel in (request.order.shipment,) if parcel)
    holding = tuple(parcel for parcel in request.order.shipments if not parcel.skus or skus & set(parcel.skus))
    arrived = tuple(parcel for parcel in holding if parcel.delivered_at)
    covered = {sku for parcel in arrived for sku in parcel.skus or skus}
    return arrived if skus <= covered else holding


def since_delivery(pack: Pack, request: Request) -> int | None:
    """Calendar days since it arrived; None when that is not known."""
    return since(pack, request, delivered_at(request))


def since(pack: Pack, request: Request, at: datetime | None) -> int | None:
    return None if at is None else (local_day(pack, request.country, request.now) - local_day(pack, request.country, at)).days


def late(order: Order, today: date) -> int:
    """Days past the promised date of a parcel still on its way; 0 when it is not."""
    if not order.shipment or order.shipment.delivered_at or order.state not in ON_THE_WAY:
        return 0
    return max(0, (today - order.shipment.promised).days)


def in_customs(pack: Pack, request: Request) -> int:
    """Days since the first scan of the present stay in customs; 0 when it is not there."""
    if request.order.state is not OrderState.CUSTOMS_HOLD or not request.order.shipment:
        return 0
    held = None
    for point in request.order.shipment.checkpoints:
        if point.state in LEAVES_CUSTOMS:
            held = None
        elif point.state == "customs":
            held = held or point.at
    return max(0, since(pack, request, held) or 0)


def without_scan(pack: Pack, request: Request) -> int:
    """Days that nobody has seen the parcel, as far as the carriers have been asked; 0 for one that arrived or was never sent."""
    parcel = request.order.shipment
    if not parcel or parcel.delivered_at:
        return 0
    last = max((aware(point.at) for point in parcel.checkpoints), default=parcel.shipped_at)
    asked = min(aware(request.now), aware(parcel.read_at or request.now))
    return max(0, since(pack, replace(request, now=asked), last) or 0)
