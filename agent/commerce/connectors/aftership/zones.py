"""The time of a scan. Carriers write the clock of the place, and often forget to say which."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

#: Countries whose zones differ although nearly everybody lives in one.
_MAIN = {
    "CN": "Asia/Shanghai",
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "NZ": "Pacific/Auckland",
    "CL": "America/Santiago",
    "EC": "America/Guayaquil",
    "UA": "Europe/Kyiv",
    "FR": "Europe/Paris",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "DK": "Europe/Copenhagen",
    "CY": "Asia/Nicosia",
}
_STATES = {
    "US": {
        "America/New_York": "CT DC DE GA MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
        "America/Chicago": "AL AR IA IL LA MN MO MS OK WI",
        "America/Denver": "CO MT NM UT WY",
        "America/Phoenix": "AZ",
        "America/Los_Angeles": "CA NV WA",
        "Pacific/Honolulu": "HI",
    },
    "CA": {
        "America/Toronto": "ON QC",
        "America/Halifax": "NB NS PE",
        "America/Winnipeg": "MB",
        "America/Regina": "SK",
        "America/Edmonton": "AB",
        "America/Vancouver": "BC",
    },
    "AU": {
        "Australia/Sydney": "ACT NSW VIC TAS",
        "Australia/Brisbane": "QLD",
        "Australia/Adelaide": "SA",
        "Australia/Darwin": "NT",
        "Australia/Perth": "WA",
    },
}


def moment(value: Any, country: str, region: str) -> tuple[datetime, bool] | None:
    """(UTC, whether the zone had to be taken for UTC); None for what is no time. A day alone is its noon."""
    raw = str(value or "").strip()
    try:
        read = datetime.fromisoformat(f"{raw}T12:00:00" if len(raw) == 10 else raw)
    except ValueError:
        return None
    if read.tzinfo is not None:
        return read.astimezone(UTC), False
    zone = zone_of(country, region, read)
    return read.replace(tzinfo=zone or UTC).astimezone(UTC), zone is None


def day(value: Any) -> date | None:
    """The day as it is written: a promise is kept on the customer's calendar."""
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None


def zone_of(country: str, region: str, at: datetime) -> ZoneInfo | None:
    """The zone of a place, where the country has one, or all of its zones agree at that hour; None when that is not sure."""
    code = alpha2(country)
    if code in _STATES:
        named = (name for name, states in _STATES[code].items() if region.strip().upper() in states.split())
        return _zone(next(named, ""))
    if code in _MAIN:
        return _zone(_MAIN[code])
    zones = [zone for name in _zones().get(code, ()) if (zone := _zone(name))]
    agree = {at.replace(tzinfo=zone).utcoffset() for zone in zones}
    return zones[0] if len(agree) == 1 else None


def alpha2(country: str) -> str:
    """ "DEU" and "de" are both DE."""
    code = country.strip().upper()
    if len(code) == 2:
        return code
    found = cast(Mapping[str, list[str]], get_global("territory_aliases")).get(code, [])
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for zone, territory in cast(Mapping[str, str], get_global("zone_territories")).items():
        found[territory] = (*found.get(territory, ()), zone)
    return found


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
