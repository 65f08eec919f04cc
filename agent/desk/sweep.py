"""What no job works on any more although it should: put on the queue again, so that nobody waits for ever. And what models cost long ago goes."""

import structlog
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import approvals, spending
from agent.desk.jobs import Queue
from agent.desk.procedures import OWN

log = structlog.get_logger()
#: Younger things are about to be worked on; older ones have been tried for a day and need a person.
_WAITING = "between now() - interval '1 day' and now() - interval '1 minute'"
_NO_JOB = "not exists (select 1 from procrastinate_jobs j where j.lock = {} and j.status in ('todo', 'doing'))"
_TURNS = text(
    f"select c.id from conversation c where c.answered_seq < c.last_inbound_seq and c.updated_at {_WAITING} and {_NO_JOB.format('c.id')}"
    " and not exists (select 1 from support_case s where s.conversation = c.id and s.status = 'answering') limit 100"
    " for update of c skip locked"  # whoever puts a turn on the queue holds its conversation
)
#: What waits for a second person's word, or for the reconciliation to find out, is not lying about.
_AWAITED = "exists (select 1 from effect e where e.key = any(m.effects) and e.state in ('waiting', 'sent', 'unknown'))"
#: A reply that waited for days, for its approval or for what became of its effect, is as old as the last news of that.
_NEWS = f"exists (select 1 from effect e where e.key = any(m.effects) and e.updated_at {_WAITING})"
_HELD = text(
    "select m.conversation, m.id from message m join conversation c on c.id = m.conversation"
    f" where m.held and m.effects <> '{{}}' and (m.created_at {_WAITING} or {_NEWS}) and not {_AWAITED}"
    f" and {_NO_JOB.format('m.conversation')} limit 100 for update of c skip locked"
)
#: Planned by a procedure: no message waits for it.
_ALONE = text(
    "select e.conversation, e.key from effect e join conversation c on c.id = e.conversation"
    f" where e.state = 'planned' and starts_with(e.turn, '{OWN}') and e.updated_at {_WAITING}"
    f" and {_NO_JOB.format('e.conversation')} limit 100 for update of c skip locked"
)
_ANSWERS = text(
    "select s.conversation, s.id from support_case s join conversation c on c.id = s.conversation"
    f" where s.status = 'answering' and s.created_at < now() - interval '1 minute' and {_NO_JOB.format('s.conversation')} limit 100 for update of c skip locked"
)


async def sweep(engine: AsyncEngine, queue: Queue) -> int:
    """How many turns, effects, operators' answers and approvals had been left lying."""
    late = await approvals.expire(engine, queue)
    async with engine.begin() as connection:
        turns, held, answers, alone = [await _rows(connection, query) for query in (_TURNS, _HELD, _ANSWERS, _ALONE)]
        for (conversation,) in turns:
            await queue.handle(connection, conversation)
        for conversation, message in held:
            await queue.settle(connection, conversation, message)
        for conversation, case in answers:
            await queue.resume(connection, conversation, case)
        for conversation, key in alone:
            await queue.carry_out(connection, conversation, key)
    async with engine.begin() as connection:  # apart: nobody waits for it
        await spending.prune(connection)
    found = len(turns) + len(held) + len(answers) + len(alone) + late
    if found:
        log.warning("swept", turns=len(turns), effects=len(held) + len(alone), answers=len(answers), approvals=late)
    return found


async def _rows(connection: AsyncConnection, query: TextClause) -> list[tuple[str, ...]]:
    return [tuple(row) for row in await connection.execute(query)]
