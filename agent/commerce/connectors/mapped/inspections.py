"""What a warehouse found when returns came back, as events for the procedures of those returns."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from agent.commerce.connectors.mapped.mapping import Mapping
from agent.commerce.connectors.mapped.stock import Feed
from agent.commerce.connectors.mapped.table import Row
from agent.commerce.keys import order_number
from agent.commerce.remedies.procedures.inspection import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """`key` is the same whenever it is told again. Without a grade of the written standard, a person looks: `said` is the warehouse's word."""

    key: str
    source: str
    number: str  # of the return
    order: str  # digits, "" when the warehouse does not know it
    sku: str
    quantity: int
    grade: Grade | None
    said: str
    note: str  # staff only
    at: datetime


class Inspections:
    """Reads only."""

    def __init__(self, name: str, mapping: Mapping, feed: Feed) -> None:
        self._name, self._zone, self._feed = name, ZoneInfo(mapping.zone), feed

    async def inspections(self, since: datetime) -> tuple[Inspection, ...]:
        """Oldest first. Raises SourceDown."""
        rows = (await self._feed.rows(since=since)).rows
        found = [self._inspection(row) for row in rows]
        return tuple(sorted((each for each in found if each.at >= since), key=lambda each: (each.at, each.key)))

    def _inspection(self, row: Row) -> Inspection:
        said, at = row["grade"], _aware(row["at"], self._zone)
        facts = "|".join(map(str, (row["return"], row["sku"], at.astimezone(UTC).isoformat(), said)))
        return Inspection(
            key=f"{self._name}:{row['key'] or hashlib.sha256(facts.encode()).hexdigest()[:24]}",
            source=self._name,
            number=row["return"],
            order=order_number(row["order"] or ""),
            sku=row["sku"],
            quantity=1 if row["quantity"] is None else row["quantity"],
            grade=Grade(said.upper()) if said.upper() in set(Grade) else None,
            said=said,
            note=row["note"] or "",
            at=at,
        )


def _aware(at: datetime | date, zone: ZoneInfo) -> datetime:
    """A day alone counts to its end, so that nothing of it is missed."""
    return at if isinstance(at, datetime) else datetime.combine(at, time.max, zone)
