"""Which warehouse serves a country, how long its parcels take, and what a business day is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.domain.commerce import Address, InventoryLevel
from agent.policy.terms import EU


@dataclass(frozen=True, slots=True)
class Warehouse:
    """`suffix` is the country at the end of the tracking numbers it issues."""

    code: str
    city: str
    suffix: str
    address: Address


def _warehouse(code: str, street: str, city: str, postcode: str, country: str) -> Warehouse:
    address = Address(name="Lumen & Loom Returns", street=street, city=city, postcode=postcode, country=country)
    return Warehouse(code, city, country, address)


WAREHOUSES = {
    house.code: house
    for house in (
        _warehouse("SZX", "18 Example Logistics Park, Bao'an", "Shenzhen", "518100", "CN"),
        _warehouse("RTM", "Voorbeeldkade 40", "Rotterdam", "3011 AA", "NL"),
        _warehouse("LAX", "2200 Example Harbor Avenue", "Los Angeles", "90001", "US"),
        _warehouse("SIN", "7 Example Loyang Way", "Singapore", "508700", "SG"),
    )
}
_SINGAPORE = frozenset({"JP", "SG", "AU", "MY", "TH", "VN", "PH", "ID"})
#: Business days from dispatch to delivery, by warehouse; Shenzhen serves China fast and the rest of the world slowly.
_DAYS = {"RTM": (3, 6), "LAX": (4, 7), "SIN": (5, 9)}
_ABROAD = (8, 15)
#: Where to look for a piece, by the warehouse that has no more of it.
_NEXT = {
    "RTM": ("RTM", "SZX", "LAX", "SIN"),
    "LAX": ("LAX", "RTM", "SZX", "SIN"),
    "SIN": ("SIN", "SZX", "LAX", "RTM"),
    "SZX": ("SZX", "SIN", "RTM", "LAX"),
}
#: The clock on the customer's wall: windows count its days. A country with several has the one that is last, in the customer's favour.
_ZONES = {
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "PT": "Europe/Lisbon",
    "FI": "Europe/Helsinki",
    "GR": "Europe/Athens",
    "US": "America/Los_Angeles",
    "CA": "America/Vancouver",
    "BR": "America/Sao_Paulo",
    "MX": "America/Tijuana",
    "CN": "Asia/Shanghai",
    "JP": "Asia/Tokyo",
    "SG": "Asia/Singapore",
    "AU": "Australia/Perth",
    "SA": "Asia/Riyadh",
    "AE": "Asia/Dubai",
    "KZ": "Asia/Almaty",
    "MA": "Africa/Casablanca",
}


def warehouse_of(country: str) -> str:
    """Code of the warehouse that serves a country, and that its returns go to."""
    if country in EU or country == "GB":
        return "RTM"
    if country in {"US", "CA"}:
        return "LAX"
    return "SIN" if country in _SINGAPORE else "SZX"


def transit_days(warehouse: str, country: str) -> tuple[int, int]:
    """Fewest and most business days from this warehouse to this country."""
    if warehouse == "SZX":
        return (2, 4) if country == "CN" else _ABROAD
    return _DAYS[warehouse] if warehouse == warehouse_of(country) else _ABROAD


def nearest(country: str) -> tuple[str, ...]:
    """Codes of all warehouses, the one that serves the country first."""
    return _NEXT[warehouse_of(country)]


def with_stock(levels: Sequence[InventoryLevel], pieces: Sequence[tuple[str, int]], houses: Sequence[str]) -> str | None:
    """The first of `houses` that can promise all pieces; a shelf without a record has none."""
    free = {(level.sku, level.warehouse): level.free for level in levels}
    need: dict[str, int] = {}
    for sku, count in pieces:
        need[sku] = need.get(sku, 0) + count
    return next((house for house in houses if all(free.get((sku, house), 0) >= count for sku, count in need.items())), None)


def local_day(at: datetime, country: str) -> date:
    """The calendar day on the customer's wall, summer time included."""
    zone = _ZONES.get(country, "Europe/Brussels" if country in EU else "UTC")
    return at.astimezone(ZoneInfo(zone)).date()


def add_business_days(start: date, days: int) -> date:
    """Counts Monday to Friday; a negative number counts back."""
    step = 1 if days >= 0 else -1
    day = start
    for _ in range(abs(days)):
        day += timedelta(days=step)
        while day.weekday() > 4:
            day += timedelta(days=step)
    return day
