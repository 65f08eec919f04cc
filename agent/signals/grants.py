"""What was granted on an order already, from the ledger."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.context import Granted
from agent.domain.money import Money

_ROWS = text("select kind, amount, currency, state from effect where order_number = :order and state <> 'failed' order by created_at")
#: A confirmed refund shows in the shop; goods sent again never do.
_SHOWN = ("refund", "confirmed")


class LedgerGrants:
    """The Grants port over the ledger."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def granted(self, order: str) -> Granted:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_ROWS, {"order": order})).all()
        return as_granted([(row.kind, row.amount, row.currency, row.state) for row in rows])


class NoGrants:
    """The in-memory twin: nothing was granted yet."""

    async def granted(self, order: str) -> Granted:
        return Granted()


def as_granted(rows: Sequence[tuple[str, int | None, str | None, str]]) -> Granted:
    """(kind, minor units, currency, state) of an order's ledger rows. Amounts of several currencies are a mistake: the first one's count."""
    worth = [(amount, currency) for kind, amount, currency, state in rows if amount and currency and (kind, state) != _SHOWN]
    first = worth[0][1] if worth else None
    total = Money(sum(amount for amount, currency in worth if currency == first), first) if first else None
    return Granted(kinds=tuple(dict.fromkeys(kind for kind, *_ in rows)), open=total)
