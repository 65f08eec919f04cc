"""The carriers' scans with a memory, as orders have."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from agent.commerce.connectors.aftership.read import Shipments
from agent.commerce.connectors.aftership.tracked import Tracked
from agent.commerce.mirror import Mirror

Scans = tuple[Tracked, ...]  # none is an answer too


class MirroredShipments:
    """By tracking number without blanks, as carriers' messages name it. While the carriers' source is down, the last scans stand."""

    def __init__(self, shipments: Shipments, mirror: Mirror, *, ttl: timedelta) -> None:
        self._shipments, self._mirror, self._ttl = shipments, mirror, ttl

    async def track(self, numbers: Sequence[str]) -> Mapping[str, Tracked]:
        async def read(missing: list[str]) -> Mapping[str, Scans]:
            found = await self._shipments.track(missing)
            return {number: (found[number],) if number in found else () for number in missing}

        asked = [number for each in numbers if (number := each.replace(" ", "")) and number.isprintable()]
        now, old = await self._mirror.through("tracking", Scans, asked, self._ttl, read)
        return {number: scans[0] for number, scans in (now | old).items() if scans}
