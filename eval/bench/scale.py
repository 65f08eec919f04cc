"""Does a turn cost the same with ten conversations stored as with a hundred thousand?"""

import time
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.bootstrap import Portside
from eval.bench.stage import Stage
from eval.bench.texts import Texts
from eval.bench.turn import run_turn
from eval.bench.usage import cpu_of, median, tree_cpu

LEVELS = (10, 1_000, 100_000)
#: Every so many turns one goes on in a stored conversation instead of a new one.
RETURNING = 4
_RANGE = "WITH numbers AS (SELECT generate_series(CAST(:low AS int), CAST(:high AS int)) n) "
_FILL = (
    "INSERT INTO conversation (id, channel, account, thread, market, language, last_seq, last_inbound_seq, answered_seq, greeted)"
    " SELECT 'stored-' || n, 'web', 'web', 'stored-' || n, 'DE', 'en', 2, 1, 1, true FROM numbers",
    "INSERT INTO message (id, conversation, seq, author, channel, account, external_id, text, turn)"
    " SELECT 'stored-' || n || '-' || seq, 'stored-' || n, seq, CASE seq WHEN 1 THEN 'customer' ELSE 'bot' END, 'web', 'web',"
    " 'stored-' || n || '-' || seq, repeat('What was said in number ' || n || '. ', 6), CASE seq WHEN 2 THEN 'stored-' || n || '\\:1' END"
    " FROM numbers, generate_series(1, 2) seq",
    "INSERT INTO turn_record (id, turn, conversation, outcome, desk, reasons, intents, language, detail)"
    " SELECT 'stored-' || n, 'stored-' || n || '\\:1', 'stored-' || n, 'resolve', 'none', '{}', '{}', 'en', '{}'"
    " FROM numbers",
    "INSERT INTO audit (actor, action, conversation) SELECT 'bot', 'turn.resolve', 'stored-' || n FROM numbers",
)
_TABLES = ("conversation", "message", "turn_record", "audit")


@dataclass(frozen=True, slots=True)
class Level:
    """Medians over the turns at one number of stored conversations, in milliseconds."""

    stored: int
    cpu: float
    database_cpu: float  #: a mean: the system counts it in steps of 10 ms
    elapsed: float


async def measure(stage: Stage, p: Portside, texts: Texts, turns: int) -> list[Level]:
    levels: list[Level] = []
    before = 0
    for stored in LEVELS:
        await _store(p.engine, before + 1, stored)
        before = stored
        levels.append(await _level(stage, p, texts, stored, turns))
    return levels


async def _store(engine: AsyncEngine, low: int, high: int) -> None:
    """As rows alone: a hundred thousand real turns would take an hour. Then tidied, as the database itself would do in time."""
    async with engine.begin() as connection:
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in _FILL:
            await connection.execute(text(_RANGE + statement), {"low": low, "high": high})
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    async with alone.connect() as connection:
        for table in _TABLES:
            await connection.execute(text(f"VACUUM ANALYZE {table}"))


async def _level(stage: Stage, p: Portside, texts: Texts, stored: int, turns: int) -> Level:
    for warm_up in texts.take(5):
        await run_turn(p, warm_up)
    cpu, elapsed, database = list[float](), list[float](), stage.postmaster()
    database_before = tree_cpu(database)
    for at, words in enumerate(texts.take(turns)):
        # Spread over the stored ones, and never twice the same where there are enough.
        thread = f"stored-{at * stored // turns + 1}" if at % RETURNING == 0 else None
        started = time.perf_counter()
        cpu.append((await cpu_of(lambda words=words, thread=thread: run_turn(p, words, thread))).all)
        elapsed.append((time.perf_counter() - started) * 1000)
    return Level(stored, median(cpu), (tree_cpu(database) - database_before) / turns, median(elapsed))
