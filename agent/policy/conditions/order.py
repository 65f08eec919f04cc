"""Conditions on an order's state, its days and its parcels."""

from datetime import timedelta
from typing import Any

from agent.domain.authority import Role
from agent.domain.commerce import OrderState
from agent.domain.decision import RemedyKind
from agent.policy.address import country_code
from agent.policy.days import aware, in_customs, late, local_day, since, since_delivery, without_scan
from agent.policy.request import Request
from agent.policy.schema import Days, Pack

States = frozenset[OrderState]
Kinds = frozenset[RemedyKind]
#: A day written down without its zone may lie this far ahead of ours without being odd.
AHEAD = timedelta(hours=26)


def state_in(request: Request, pack: Pack, states: States) -> bool:
    """The order is in one of these states; of a state nobody knows, a person who looked answers for it."""
    return request.order.state in states or _seen(request)


def state_not_in(request: Request, pack: Pack, states: States) -> bool:
    """The order is in none of these states."""
    return request.order.state not in states or _seen(request)


def _seen(request: Request) -> bool:
    return request.order.state is OrderState.UNKNOWN and request.role is not Role.BOT


def days_since_delivery_max(request: Request, pack: Pack, days: int) -> bool:
    """It arrived at most so many calendar days ago; not known is not within."""
    found = since_delivery(pack, request)
    return found is not None and found <= days


def days_since_order_max(request: Request, pack: Pack, days: int) -> bool:
    """It was ordered at most so many calendar days ago."""
    found = since(pack, request, request.order.placed_at)
    return found is not None and found <= days


def days_late_over(request: Request, pack: Pack, days: int) -> bool:
    """It is on its way and more than so many days past the promised date."""
    return late(request.order, local_day(pack, request.country, request.now)) > days


def days_in_customs_over(request: Request, pack: Pack, days: int) -> bool:
    """Customs have had it for more than so many days."""
    return in_customs(pack, request) > days


def days_without_scan_min(request: Request, pack: Pack, days: int) -> bool:
    """Nobody has seen the parcel for at least so many days."""
    return without_scan(pack, request) >= days


def dates_sane(request: Request, pack: Pack, wanted: bool) -> bool:
    """Nothing was ordered, sent or delivered in the future."""
    limit = aware(request.now) + AHEAD
    times = [request.order.placed_at, *(at for parcel in request.order.shipments for at in (parcel.shipped_at, parcel.delivered_at) if at)]
    return all(aware(at) <= limit for at in times) is wanted


def sent(request: Request, pack: Pack, wanted: bool) -> bool:
    """There is a parcel with a tracking number."""
    return any(parcel.tracking for parcel in request.order.shipments) is wanted


def return_open(request: Request, pack: Pack, wanted: bool) -> bool:
    """A return of this order is under way."""
    return bool(request.order.open_return) is wanted


def not_done(request: Request, pack: Pack, kinds: Kinds) -> bool:
    """None of these remedies has been had on this order."""
    return not kinds & set(request.earlier)


def same_country(request: Request, pack: Pack, wanted: bool) -> bool:
    """The new address is in the country of the order."""
    typed, known = request.detail.get("country", ""), request.order.address.country
    return bool(typed) and (_code(typed) == _code(known)) is wanted


def _code(country: str) -> str:
    return country_code(country) or country


CONDITIONS: dict[str, tuple[Any, Any]] = {
    "state_in": (States, state_in),
    "state_not_in": (States, state_not_in),
    "days_since_delivery_max": (Days, days_since_delivery_max),
    "days_since_order_max": (Days, days_since_order_max),
    "days_late_over": (Days, days_late_over),
    "days_in_customs_over": (Days, days_in_customs_over),
    "days_without_scan_min": (Days, days_without_scan_min),
    "dates_sane": (bool, dates_sane),
    "sent": (bool, sent),
    "return_open": (bool, return_open),
    "not_done": (Kinds, not_done),
    "same_country": (bool, same_country),
}
