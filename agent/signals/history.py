"""Earlier cases of a customer, and how many others complain of the same goods now."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.store.tables import conversation, support_case

#: A spike shows within days; older open cases are a backlog, not a signal.
RECENT = timedelta(days=7)


class CaseHistory:
    """The History port over the cases' tables."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def look_back(self, order: str, email: str, subjects: Sequence[str]) -> tuple[int, int]:
        mine = or_(conversation.c.signed_email == email, conversation.c.proven_orders.contains([order]))
        past = (
            select(func.count())
            .select_from(support_case.join(conversation, conversation.c.id == support_case.c.conversation))
            .where(mine, support_case.c.closed_at.is_not(None))
            .scalar_subquery()
        )
        similar = (
            select(func.count())
            .where(
                support_case.c.subjects.overlap(list(subjects)),
                support_case.c.closed_at.is_(None),
                support_case.c.created_at > func.now() - RECENT,
            )
            .scalar_subquery()
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(past, similar))).one()
        return int(row[0]), int(row[1])


class NoHistory:
    """The in-memory twin: nobody has complained yet."""

    async def look_back(self, order: str, email: str, subjects: Sequence[str]) -> tuple[int, int]:
        return 0, 0
