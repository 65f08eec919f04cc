"""What customers ask now and usually, and which articles replies rest on, counted from the newest turns."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.intents import COURTESY, Intent
from agent.store.engine import reading
from knowledge.faq import Asked

log = structlog.get_logger()
#: Turns looked at, however busy the shop.
MOST = 20_000
#: Replies looked at for the articles they cite: their detail is long.
MOST_CITING = 4_000
DAYS = 30
#: Conversations a month from which a market and language speak for themselves.
ENOUGH = 100
#: Days of history that make an ordinary day; before, a day's intents are measured against each other.
HISTORY = 3
#: Wishes that no article answers, or that nobody should be led to.
SILENT = COURTESY | {Intent.OUT_OF_SCOPE, Intent.HUMAN, Intent.COMPLAINT, Intent.LEGAL_THREAT, Intent.PRESS}

# Each intent once a conversation: a customer who writes ten times is one customer.
_COUNTS = text(
    "with recent as materialized (select conversation, intents, language, created_at from turn_record"
    " where created_at >= :month order by created_at desc limit :most),"
    " each as (select r.conversation, c.market, r.language, intent, max(r.created_at) as at"
    " from recent r join conversation c on c.id = r.conversation, unnest(r.intents) intent group by 1, 2, 3, 4)"
    " select market, language, intent, count(*) filter (where at >= :day) as now, count(*) as month,"
    " (select min(created_at) from recent) as since from each group by 1, 2, 3"
)
_CITED = text(
    "with recent as materialized (select detail -> 'sources' as sources from turn_record"
    " where created_at >= :month order by created_at desc limit :most)"
    " select split_part(source ->> 'ref', '/', 1) as article, count(*) as replies"
    " from recent, jsonb_array_elements(sources) source where source ->> 'kind' = 'passage' group by 1"
)


@dataclass(slots=True)
class Counts:
    """Counted once, asked for by many."""

    rows: Sequence[Any] = ()  # market, language, intent, now, month
    used: dict[str, int] = field(default_factory=dict[str, int])
    days: float = 0.0
    _made: dict[tuple[str | None, str], Asked] = field(default_factory=dict[tuple[str | None, str], Asked])

    def of(self, market: str | None, language: str) -> Asked:
        """Of customers in this market who write this language; where they are few, of the market, then of everybody."""
        key = market, language
        if key not in self._made:
            self._made[key] = self._count(market, language)
        return self._made[key]

    def _count(self, market: str | None, language: str) -> Asked:
        in_market = [row for row in self.rows if market is not None and row.market == market]
        scopes = ([row for row in in_market if row.language == language], in_market, list(self.rows))
        chosen = next((rows for rows in scopes[:-1] if sum(row.month for row in rows) >= ENOUGH), scopes[-1])
        now, month = Counter[str](), Counter[str]()
        for row in chosen:
            if row.intent not in SILENT:
                now[row.intent] += row.now
                month[row.intent] += row.month
        return Asked(now, usual(now, month, self.days), self.used)


def usual(now: Counter[str], month: Counter[str], days: float) -> dict[str, float]:
    """Conversations by intent on an ordinary day before the last one."""
    if days < HISTORY:
        return dict.fromkeys(month, now.total() / 10)
    return {intent: (count - now[intent]) / (days - 1) for intent, count in month.items()}


class AskedNow:
    """The counts, at most `ttl` seconds old; while they are made anew, or the database is away, those before."""

    def __init__(self, engine: AsyncEngine, ttl: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._ttl, self._clock = reading(engine), ttl, clock
        self._held = Counts()
        self._checked = float("-inf")
        self._counting = asyncio.Lock()

    async def current(self, now: datetime) -> Counts:
        if self._clock() - self._checked < self._ttl or self._counting.locked():
            return self._held
        async with self._counting:
            try:
                self._held = await count(self._engine, now)
            except (SQLAlchemyError, OSError) as error:
                log.warning("faq.asked.unreadable", error=type(error).__name__)
            self._checked = self._clock()
            return self._held


async def count(engine: AsyncEngine, now: datetime) -> Counts:
    """One look at the newest turns of the last days."""
    month = now - timedelta(days=DAYS)
    async with engine.connect() as connection:
        found = await connection.execute(_COUNTS, {"month": month, "day": now - timedelta(days=1), "most": MOST})
        rows = found.all()
        cited = await connection.execute(_CITED, {"month": month, "most": MOST_CITING})
        used = {row.article: int(row.replies) for row in cited}
    days = (now - rows[0].since) / timedelta(days=1) if rows else 0.0
    return Counts(rows, used, days)
