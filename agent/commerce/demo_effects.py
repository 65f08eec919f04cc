"""The Effects port on the demo shop: each key once, in one transaction with what it changes."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.demo_shop import utc_now
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.carry_out import carry_out, misused, unreadable
from agent.commerce.sql_books import SqlBooks
from agent.commerce.tables import document, effect_done
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.errors import NotFound

T = TypeVar("T")


class DemoEffects:
    def __init__(self, engine: AsyncEngine, *, now: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._now = engine, now

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        if failed := unreadable(effect):
            return failed
        try:
            async with self._engine.begin() as connection:
                if not await _claim(connection, effect):
                    return await _earlier(connection, effect)
                result = await carry_out(SqlBooks(connection, self._now), effect, self._now())
                await _record(connection, effect.key, result)
            return result
        except (SQLAlchemyError, OSError) as error:
            # The commit may have arrived although its answer did not: nobody knows, so nobody says.
            return EffectResult(state=EffectState.UNKNOWN, data={}, error=type(error).__name__)

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        query = select(effect_done).where(effect_done.c.key == effect.key)
        try:
            async with self._engine.connect() as connection:
                row = (await connection.execute(query)).one_or_none()
        except (SQLAlchemyError, OSError) as error:
            return EffectResult(state=EffectState.UNKNOWN, data={}, error=type(error).__name__)
        return _as_result(row, effect) if row else None

    async def happen(self, event: Callable[[Books, datetime], Awaitable[T]]) -> T:
        """Something the warehouse or the carrier did, in one transaction; see remedies/happenings.py."""
        async with self._engine.begin() as connection:
            return await event(SqlBooks(connection, self._now), self._now())

    async def document(self, document_id: str) -> bytes:
        """Raises NotFound."""
        query = select(document.c.content).where(document.c.id == (document_id if document_id.isprintable() else ""))
        async with self._engine.connect() as connection:
            content = await connection.scalar(query)
        if content is None:
            raise NotFound()
        return content


async def _claim(connection: AsyncConnection, effect: PlannedEffect) -> bool:
    """Whether this call is the first with its key. A call at the same time waits here until the first has ended."""
    values = {"key": effect.key, "kind": effect.kind, "order_number": effect.order, "state": EffectState.SENT.value}
    claim = insert(effect_done).values(values).on_conflict_do_nothing().returning(effect_done.c.key)
    return await connection.scalar(claim) is not None


async def _earlier(connection: AsyncConnection, effect: PlannedEffect) -> EffectResult:
    return _as_result((await connection.execute(select(effect_done).where(effect_done.c.key == effect.key))).one(), effect)


def _as_result(row: Row[Any], effect: PlannedEffect) -> EffectResult:
    first = EffectResult(state=EffectState(row.state), data=row.data, error=row.error)
    return misused(effect, row.kind, row.order_number) or first


async def _record(connection: AsyncConnection, key: str, result: EffectResult) -> None:
    values = {"state": result.state.value, "data": result.data, "error": result.error}
    await connection.execute(update(effect_done).where(effect_done.c.key == key).values(values))
