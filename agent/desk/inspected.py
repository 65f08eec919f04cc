"""What warehouses report of returned pieces moves their procedures: received, inspected with its grade."""

from collections import Counter
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
#: When the rest of a return that came in parts is asked for.
PATIENCE = timedelta(days=1)
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
            moved += await _move(engine, number, found, now)
    return moved


def _by_return(told: Iterable[Inspection]) -> dict[str, list[Inspection]]:
    found: dict[str, list[Inspection]] = {}
    for each in told:
        found.setdefault(each.number, []).append(each)
    return found


async def _move(engine: AsyncEngine, number: str, told: list[Inspection], now: datetime) -> bool:
    """The worst grade of its pieces decides, when all of them have one; until then money must not go back. What hangs is for a person."""
    async with engine.begin() as connection:
        row = await _open(connection, number)
        if row is None:
            return False
        last, graded = told[-1], [(each.grade, each) for each in told if each.grade]
        if len(graded) == len(told) and _whole(row, told):
            return await _inspected(connection, row, max(graded, key=lambda pair: pair[0])[1])
        if len(graded) < len(told):
            said = ", ".join(f"{each.sku}: {each.said}" for each in told if not each.grade)
            says = f"The warehouse gives no grade of the written standard ({said}). Read its note, and tell the inspection with its grade."
            await procedures.note(connection, row, f"{number}:ungraded", "ungraded", last.source, {"says": says})
        elif last.at < now - PATIENCE:
            says = (
                "The warehouse has inspected only a part of what was to come back. Ask it for the rest, then tell the inspection by hand."
            )
            await procedures.note(connection, row, f"{number}:partly", "partly_inspected", last.source, {"says": says})
        return False


def _whole(row: Row[Any], told: list[Inspection]) -> bool:
    """Whether they cover every piece on the label."""
    waiting = Counter[str]()
    for line in row.detail.get("result", {}).get("lines") or row.detail.get("payload", {}).get("lines") or ():
        waiting[line["sku"]] += line["quantity"]
    for each in told:
        waiting[each.sku] -= each.quantity
    return all(left <= 0 for left in waiting.values())


async def _inspected(connection: AsyncConnection, row: Row[Any], found: Inspection) -> bool:
    assert found.grade is not None
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
