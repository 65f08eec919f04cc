"""What customers' photos of the last weeks show, by article and production batch. Staff only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.diagnosis import Verdict
from agent.store.photo_tables import photo_finding

#: Days that are looked back.
DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Photographed:
    """`count` of the `photos` of a SKU or batch (`subject`) that could be read show this defect."""

    subject: str
    defect: str
    count: int
    photos: int
    at: datetime  # of the newest
    days: int = DAYS


class Findings:
    """Over the table of findings."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def photographed(self, subjects: Sequence[str], now: datetime) -> tuple[Photographed, ...]:
        """Commonest first; a batch is counted apart from its article."""
        if not subjects:
            return ()
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_counted(list(subjects), now))).all()
        return tuple(
            Photographed(subject=row.subject, defect=row.defect, count=row.found, photos=row.photos, at=row.newest) for row in rows
        )


def _counted(subjects: list[str], now: datetime) -> Any:
    table = photo_finding.c
    by_batch = table.batch.in_(subjects)
    subject = case((by_batch, table.batch), else_=table.sku).cast(Text)
    told = (table.verdict != Verdict.CANNOT_TELL.value, table.at > now - timedelta(days=DAYS), or_(by_batch, table.sku.in_(subjects)))
    rows = select(subject.label("subject"), table.defect, table.at).where(*told).subquery()
    photos = func.sum(func.count()).over(partition_by=rows.c.subject).label("photos")
    counted = (
        select(rows.c.subject, rows.c.defect, func.count().label("found"), photos, func.max(rows.c.at).label("newest"))
        .group_by(rows.c.subject, rows.c.defect)
        .subquery()
    )
    shown = select(counted).where(counted.c.defect.is_not(None), counted.c.defect != "none")
    return shown.order_by(counted.c.found.desc(), counted.c.subject).limit(6)
