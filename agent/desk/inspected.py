"""What warehouses report of returned pieces moves their procedures: received, inspected with its grade."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.connectors.mapped import Inspection
from agent.commerce.remedies.procedures.inspection import STANDARDS
from agent.desk import procedures
from agent.domain.decision import RemedyKind
from agent.errors import PortsideError
from agent.store.remedy_tables import procedure

log = structlog.get_logger()
#: A warehouse that was cut off for a week catches up.
BACK = timedelta(days=7)
_BEFORE = ("labelled", "received")


class Reports(Protocol):
    async def inspections(self, since: datetime) -> tuple[Inspection, ...]:
        """Oldest first. Raises SourceDown."""
        ...


async def hear(engine: AsyncEngine, reports: Iterable[Reports], now: datetime) -> int:
    """How many procedures were moved. What is told again moves nothing; a warehouse that is down is asked again later."""
    moved = 0
    for each in reports:
        try:
            told = await each.inspections(now - BACK)
        except (PortsideError, OSError, TimeoutError) as error:
            log.warning("inspections.unreadable", error=type(error).__name__)
            continue
        for number, found in _by_return(told).items():
            moved += await _move(engine, number, found)
    return moved


def _by_return(told: Iterable[Inspection]) -> dict[str, Inspection]:
    """One for a return: the worst grade of its pieces decides, and a person looks at the rest. Without a grade of ours it is not inspected."""
    worst: dict[str, Inspection] = {}
    for each in told:
        if each.grade and (each.number not in worst or each.grade > (worst[each.number].grade or "")):
            worst[each.number] = each
    return worst


async def _move(engine: AsyncEngine, number: str, found: Inspection) -> bool:
    async with engine.begin() as connection:
        row = await _open(connection, number)
        if row is None or found.grade is None:
            return False
        if row.step == "labelled":
            await procedures.step(connection, row, f"{found.key}:received", "received", found.source, {})
            row = await procedures.held(connection, row.id)
        detail = {
            "grade": found.grade.value,
            "standard": STANDARDS[found.grade].look,
            "note": found.note,
            "inspected_at": found.at.isoformat(),
        }
        return await procedures.step(connection, row, f"{found.key}:inspected", "inspected", found.source, detail)


async def _open(connection: AsyncConnection, number: str) -> Row[Any] | None:
    """The procedure whose return has this number and waits for its parcel."""
    mine = procedure.c.detail["result"]["return"].astext == number
    kinds = procedure.c.kind.in_((RemedyKind.RETURN.value, RemedyKind.EXCHANGE.value))
    query = select(procedure).where(mine, kinds, procedure.c.step.in_(_BEFORE), procedure.c.closed_at.is_(None))
    return (await connection.execute(query.order_by(procedure.c.created_at).limit(1).with_for_update())).one_or_none()
