"""How a parcel travels: shipment and scans that fit the state of its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from agent.commerce.routing import WAREHOUSES, add_business_days, transit_days
from agent.domain.commerce import Address, Checkpoint, OrderState, Shipment
from agent.policy.terms import EU

CARRIERS = {"PH": "PostHaste", "BL": "BlueLane Express", "KL": "Kestrel Logistics"}
TRACKING_SITE = "https://track.lumenandloom.example"
_HUBS = {"SZX": "Hong Kong", "RTM": "Duisburg", "LAX": "Memphis", "SIN": "Kuala Lumpur"}
#: Parcels in these states have a shipment.
SENT = frozenset(
    {
        OrderState.IN_TRANSIT,
        OrderState.CUSTOMS_HOLD,
        OrderState.LATE,
        OrderState.LOST,
        OrderState.DELIVERED,
        OrderState.PART_RETURNED,
        OrderState.REFUNDED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The dates a journey hangs on; `scanned` is the day of the last scan."""

    placed: date
    shipped: date
    promised: date
    scanned: date
    delivered: date | None = None


def plan(rng: Random, state: OrderState, today: date, warehouse: str, country: str) -> Days:
    """Dates that make an order be in this state today."""
    low, high = transit_days(warehouse, country)
    match state:
        case OrderState.IN_TRANSIT:
            shipped = today - timedelta(days=rng.randint(2, high))
            scanned = today - timedelta(days=1)
        case OrderState.CUSTOMS_HOLD:
            shipped = today - timedelta(days=rng.randint(5, max(high, 6)))
            scanned = today - timedelta(days=rng.randint(1, 3))
        case OrderState.LATE:
            missed = today - timedelta(days=rng.randint(4, 9))
            # One day on and one business day back: a business day, so that counting forward again ends on it.
            shipped = add_business_days(add_business_days(missed + timedelta(days=1), -1), -high)
            scanned = today - timedelta(days=rng.randint(1, 4))
        case OrderState.LOST:
            scanned = today - timedelta(days=rng.randint(16, 26))
            shipped = add_business_days(scanned, -low)
        case _:
            scanned = today - timedelta(days=rng.randint(1, 100))
            shipped = add_business_days(scanned, -rng.randint(low, high))
    return Days(
        placed=shipped - timedelta(days=rng.randint(1, 2)),
        shipped=shipped,
        promised=add_business_days(shipped, high),
        scanned=scanned,
        delivered=scanned if state in {OrderState.DELIVERED, OrderState.PART_RETURNED, OrderState.REFUNDED} else None,
    )


def shipment(rng: Random, state: OrderState, days: Days, warehouse: str, address: Address) -> Shipment:
    """The shipment and its scans, oldest first."""
    prefix = rng.choice(tuple(CARRIERS))
    tracking = f"{prefix}{rng.randrange(100_000_000, 1_000_000_000)}{WAREHOUSES[warehouse].suffix}"
    shipped_at = _at(days.shipped, 9, rng.randrange(60))
    last = _at(days.scanned, 14, rng.randrange(60))
    return Shipment(
        carrier=CARRIERS[prefix],
        tracking=tracking,
        url=f"{TRACKING_SITE}/{tracking}",
        warehouse=warehouse,
        shipped_at=shipped_at,
        promised=days.promised,
        delivered_at=last if days.delivered else None,
        checkpoints=_scans(_steps(state, warehouse, address), shipped_at, last),
    )


def _steps(state: OrderState, warehouse: str, address: Address) -> list[tuple[str, str]]:
    """(state, place) in order, up to where an order in this state is."""
    home = WAREHOUSES[warehouse].city
    hub = "Guangzhou" if address.country == "CN" else _HUBS[warehouse]
    steps = [("label_created", home), ("picked_up", home), ("in_transit", hub)]
    abroad = warehouse in {"SZX", "SIN"} and address.country not in {"CN", "SG"}
    if state is OrderState.CUSTOMS_HOLD:
        return [*steps, ("customs", address.city)]
    if state in {OrderState.IN_TRANSIT, OrderState.LATE, OrderState.LOST}:
        return steps
    if abroad and address.country not in EU:
        steps.append(("customs", address.city))
    return [*steps, ("out_for_delivery", address.city), ("delivered", address.city)]


def _scans(steps: Sequence[tuple[str, str]], first: datetime, last: datetime) -> tuple[Checkpoint, ...]:
    """The steps spread evenly between the first and the last scan, the van leaving on the day it arrives."""
    gap = (last - first) / max(len(steps) - 1, 1)
    times = [(first + gap * index).replace(second=0, microsecond=0) for index in range(len(steps))]
    if steps[-1][0] == "delivered":
        times[-2] = last - timedelta(hours=6)
    return tuple(Checkpoint(at=at, state=state, place=place) for at, (state, place) in zip(times, steps, strict=True))


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)
