"""The budgets of model calls, in tables: hard for all processes together, per conversation, hour, day and month, and what strangers may take."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DataError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.domain.model_call import ModelCall
from agent.settings import Settings
from agent.store.engine import reading

log = structlog.get_logger()
MICRO = 1_000_000
#: Behind the key of the part of a budget that writers of whom nothing is proven share.
STRANGERS = " strangers"

# Text, not built: these run with every model call, and building a statement costs more of our CPU than sending it.
# Whoever is later waits for the rows and sees what the others took. When one limit would be passed, a cast fails on purpose, which undoes the
# whole statement: one way to the database, and nothing is taken from the other budgets.
OVERDRAWN = "overdrawn"
RESERVE = text("""
    with wanted as (
        select * from unnest(cast(:scopes as text[]), cast(:keys as text[]), cast(:limits as bigint[])) as wanted(scope, key, most)
    ), taken as (
        insert into model_budget as budget (scope, key, spent, calls)
        select scope, key, :cost, 1 from wanted
        on conflict (scope, key) do update
            set spent = budget.spent + excluded.spent, calls = budget.calls + 1, updated_at = now()
        returning scope, key, spent
    )
    select case when bool_or(taken.spent > wanted.most) then cast('overdrawn' || count(*) as integer) end
    from taken join wanted using (scope, key)
""")
# Locks its rows in the same order as RESERVE does.
SETTLE = text("""
    with settled as (
        insert into model_budget as budget (scope, key)
        select * from unnest(cast(:scopes as text[]), cast(:keys as text[]))
        on conflict (scope, key) do update set spent = greatest(budget.spent + :change, 0), updated_at = now()
    )
    insert into model_call (conversation, step, size, model, prompt, outcome, tokens_in, tokens_out, tokens_cached, cost, ms)
    values (:conversation, :step, :size, :model, :prompt, :outcome, :tokens_in, :tokens_out, :tokens_cached, :cost, :ms)
""")
# The last call of a conversation to go takes its budget along: a talk that has rested for so long begins anew.
PRUNE = text("""
    with old as (
        select id from model_call where at < now() - make_interval(days => :kept) order by at limit :most
    ), gone as (
        delete from model_call using old where model_call.id = old.id returning conversation
    ), rested as (
        delete from model_budget
        where scope = 'conversation' and key in (select conversation from gone) and updated_at < now() - make_interval(days => :kept)
    ), past as (
        delete from model_budget where scope in ('hour', 'day', 'month') and updated_at < now() - make_interval(days => :kept)
    )
    select count(*) from gone
""")
#: Days that calls and budgets are kept, and the most calls that one sweep throws away.
KEPT, MOST_PRUNED = 90, 5000


async def prune(connection: AsyncConnection) -> int:
    """Throw away calls, and budgets of times and talks, that are of no use to anybody. Returns the number of calls."""
    return (await connection.execute(PRUNE, {"kept": KEPT, "most": MOST_PRUNED})).scalar_one()


def _now() -> datetime:
    return datetime.now(UTC)


class TableMeter:
    """The Meter port on PostgreSQL. What a killed process had reserved stays taken: a budget errs on the merchant's side."""

    def __init__(self, engine: AsyncEngine, settings: Settings, now: Callable[[], datetime] = _now) -> None:
        self._engine = reading(engine)  # each statement its own transaction
        self._now = now
        scopes = ("conversation", "hour", "day", "month")
        self._limits = {scope: round(getattr(settings, f"budget_{scope}") * MICRO) for scope in scopes}
        self._share = settings.budget_strangers

    async def reserve(self, conversation: str, cost: int, known: bool = True) -> bool:
        keys = _keys(conversation, self._now(), known)
        values = _names(keys) | {"cost": cost, "limits": [self._limit(scope, key) for scope, key in keys]}
        try:
            async with self._engine.connect() as connection:
                await connection.execute(RESERVE, values)
        except DataError as error:
            if OVERDRAWN not in str(error.orig):
                raise
            return False
        return True

    async def settle(self, conversation: str, reserved: int, call: ModelCall, known: bool = True) -> None:
        # Under the day on which it was reserved, which may have ended meanwhile.
        keys = _keys(conversation, self._now() - timedelta(milliseconds=call.ms), known)
        values = asdict(call) | _names(keys) | {"conversation": conversation, "change": call.cost - reserved}
        try:
            async with self._engine.connect() as connection:
                await connection.execute(SETTLE, values)
        except (SQLAlchemyError, psycopg.Error, OSError) as error:
            log.warning("model.unsettled", step=call.step, cost=call.cost, reserved=reserved, error=type(error).__name__)

    def _limit(self, scope: str, key: str) -> int:
        shared = scope != "conversation" and key.endswith(STRANGERS)
        return round(self._limits[scope] * self._share) if shared else self._limits[scope]


def _keys(conversation: str, at: datetime, known: bool) -> list[tuple[str, str]]:
    """Always in one order, so that two calls never wait for each other. Calls outside a conversation have no budget of their own."""
    own = [("conversation", conversation)] if conversation else []
    shared = [("hour", f"{at:%Y-%m-%dT%H}"), ("day", f"{at:%Y-%m-%d}"), ("month", f"{at:%Y-%m}")]
    return [*own, *shared, *([] if known else [(scope, key + STRANGERS) for scope, key in shared])]


def _names(keys: list[tuple[str, str]]) -> dict[str, Any]:
    return {"scopes": [scope for scope, _ in keys], "keys": [key for _, key in keys]}
