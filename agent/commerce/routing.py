"""Which warehouse serves a country, how long its parcels take, and what a business day is."""

from dataclasses import dataclass
from datetime import date, timedelta

from agent.domain.commerce import Address
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
        return (2, 4) if country == "CN" else (8, 15)
    return _DAYS[warehouse]


def add_business_days(start: date, days: int) -> date:
    """Counts Monday to Friday; a negative number counts back."""
    step = 1 if days >= 0 else -1
    day = start
    for _ in range(abs(days)):
        day += timedelta(days=step)
        while day.weekday() > 4:
            day += timedelta(days=step)
    return day
