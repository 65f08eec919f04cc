"""What somebody should look at: raised once a cause, told again while it lasts, cleared when the cause is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import case, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.tables import alert

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """`id` names the cause, such as `source:faq`."""

    id: str
    message: str
    raised_at: datetime


async def settle(connection: AsyncConnection, kind: str, present: Mapping[str, str]) -> None:
    """Raises the alerts of a kind that are present (cause -> message) and clears its others, in the caller's transaction."""
    for cause, message in present.items():
        _log.error("knowledge.alert", cause=f"{kind}:{cause}", message=message)
        made = upsert(alert).values(id=f"{kind}:{cause}", message=message)
        # One that comes back after it was cleared counts from now.
        since = case((alert.c.cleared_at.is_(None), alert.c.raised_at), else_=func.now())
        again = {"message": message, "last_at": func.now(), "raised_at": since, "cleared_at": None}
        await connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=again))
    gone = update(alert).where(alert.c.id.startswith(f"{kind}:", autoescape=True), alert.c.cleared_at.is_(None))
    await connection.execute(gone.where(alert.c.id.not_in([f"{kind}:{cause}" for cause in present])).values(cleared_at=func.now()))


async def alerts(connection: AsyncConnection) -> tuple[Alert, ...]:
    """Those that are not cleared, the newest first."""
    query = select(alert.c.id, alert.c.message, alert.c.raised_at).where(alert.c.cleared_at.is_(None))
    return tuple(Alert(*row) for row in await connection.execute(query.order_by(alert.c.raised_at.desc())))
