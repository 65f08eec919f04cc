"""Reads trackings from AfterShip."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from agent.commerce.connectors.aftership.tracked import Tracked, entry, listed, text, to_tracked
from agent.commerce.connectors.client import Bounds, Http, SourceDown, SourceRefused

ADDRESS = "https://api.aftership.com/tracking/2026-07"
#: Five requests a second are allowed on the busiest of its endpoints that we use.
BOUNDS = Bounds(per_second=5.0)
_MOST = 50  # numbers of one request
_NAMES_SECONDS = 86_400.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class Shipments(Protocol):
    async def track(self, numbers: Sequence[str]) -> Mapping[str, Tracked]:
        """By tracking number; one that nobody knows is left out. Raises SourceDown, SourceRefused."""
        ...


class AfterShip:
    """`http` carries the key in the header `as-api-key`."""

    def __init__(self, http: Http, *, now: Callable[[], datetime] = utc_now) -> None:
        self._http, self._now = http, now
        self._names: dict[str, str] = {}
        self._names_until = 0.0

    async def track(self, numbers: Sequence[str]) -> Mapping[str, Tracked]:
        wanted = [number for number in dict.fromkeys(map(_plain, numbers)) if number]
        found: dict[str, Tracked] = {}
        for some in (wanted[start : start + _MOST] for start in range(0, len(wanted), _MOST)):
            at = self._now()
            answer = entry(await self._http.get("trackings", tracking_numbers=",".join(some), limit=200))
            for tracked in await self._read(answer):
                found[tracked.number] = _newer(replace(tracked, read_at=at), found)
        return {number: found[number] for number in wanted if number in found}

    async def _read(self, answer: dict[str, object]) -> list[Tracked]:
        data = entry(answer.get("data"))
        if "trackings" not in data:
            raise SourceDown("AfterShip sent an answer without trackings. Check the address of the API in the shops file.")
        names = await self._carriers()
        return [tracked for body in listed(data["trackings"]) if (tracked := to_tracked(body, names))]

    async def _carriers(self) -> Mapping[str, str]:
        """Names by slug. They are a nicety: without them the slug is spelt out."""
        if time.monotonic() >= self._names_until:
            try:
                answer = entry(await self._http.get("couriers"))
            except (SourceDown, SourceRefused):
                self._names_until = time.monotonic() + 60.0
            else:
                couriers = listed(entry(answer.get("data")).get("couriers"))
                self._names = {text(each.get("slug")): text(each.get("name")) for each in couriers}
                self._names_until = time.monotonic() + _NAMES_SECONDS
        return self._names


def _plain(number: str) -> str:
    """A comma would be two numbers."""
    bare = number.replace(" ", "")
    return bare if bare.isprintable() and "," not in bare and len(bare) <= 100 else ""


def _newer(tracked: Tracked, found: Mapping[str, Tracked]) -> Tracked:
    """Two carriers may use one number: the one that heard of it last."""
    other = found.get(tracked.number)
    if other is None or other.updated_at is None:
        return tracked
    return tracked if tracked.updated_at and tracked.updated_at >= other.updated_at else other
