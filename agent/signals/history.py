"""Earlier cases of a customer, and how many others complain of the same goods now."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import CompoundSelect, except_, func, select, union
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.store.tables import conversation, customer_match, support_case

#: A spike shows within days; older open cases are a backlog, not a signal.
RECENT = timedelta(days=7)


def of_customer(order: str, email: str) -> CompoundSelect[str]:
    """Ids of the conversations of this order's customer: signed, proven, or matched by a person, less what a person has denied.

    A union, not an "or": each part is found by an index of its own.
    """
    judged = select(customer_match.c.conversation).where(customer_match.c.email == email)
    found = union(
        select(conversation.c.id).where(conversation.c.signed_email == email),
        select(conversation.c.id).where(conversation.c.proven_orders.contains([order])),
        judged.where(customer_match.c.confirmed),
    )
    return except_(found, judged.where(customer_match.c.confirmed.is_(False)))


class CaseHistory:
    """The History port over the cases' tables."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def look_back(self, order: str, email: str, subjects: Sequence[str]) -> tuple[int, int]:
        mine = support_case.c.conversation.in_(of_customer(order, email))
        past = select(func.count()).where(mine, support_case.c.closed_at.is_not(None)).scalar_subquery()
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
