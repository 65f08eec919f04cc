"""One turn from the tables through the graph and back into the tables."""

import uuid
from typing import Any, cast

import psycopg
import structlog
from langgraph.types import Command
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.brains.llm.spending import spending, within
from agent.desk.cases import answered
from agent.desk.commit import commit
from agent.desk.jobs import Queue
from agent.desk.outcome import TurnOutcome, outcome_of
from agent.desk.stranded import stranded
from agent.desk.turns import load
from agent.domain.case import CasePacket
from agent.domain.message import Turn
from agent.domain.reply import OperatorAction
from agent.errors import frames
from agent.graph import Graph
from agent.ports import Clock
from agent.state import Parts, TurnState
from agent.store.checkpoints import WaitingSaver
from agent.store.tables import support_case

log = structlog.get_logger()
#: A conversation that never comes to rest is tried again by the next message's job.
MAX_RUNS = 5


async def answer(graph: Graph, parts: Parts, turn: Turn) -> TurnOutcome:
    """The graph's outcome; a turn that breaks it twice goes to a person, for its customer must not wait for ever.

    Raises:
        SQLAlchemyError, psycopg.Error: the database is away; the job tries again when it is back.
    """
    with spending(turn.conversation, known=turn.identity.known):  # around both: a customer waits no longer for a turn that is run twice
        for attempt in (1, 2):
            try:
                return await think(graph, parts, turn)
            except (SQLAlchemyError, psycopg.Error):
                raise
            except Exception as error:  # whatever a message can provoke
                log.error("turn.broken", id=turn.id, attempt=attempt, error=type(error).__name__, at=frames(error))
    return stranded(turn, parts)


async def think(graph: Graph, parts: Parts, turn: Turn) -> TurnOutcome:
    """Run the graph. It has no side effects, so it may be run as often as needed."""
    thread = f"{turn.id}:{uuid.uuid4().hex[:8]}"  # of this run alone: what a killed run left cannot be taken for it
    config: Any = {"configurable": {"thread_id": thread}}
    begin(graph, thread)
    with within(turn.conversation, known=turn.identity.known) as spent:
        try:
            result = await graph.ainvoke({"turn": turn}, config, context=parts, durability="exit")
        except BaseException:
            end(graph, thread)
            raise
        waiting = result.get("__interrupt__")
        case = cast(CasePacket, waiting[0].value) if waiting else None
        return outcome_of(cast(TurnState, result), case, thread, spent.calls)


async def handle(engine: AsyncEngine, queue: Queue, graph: Graph, parts: Parts, clock: Clock, conversation: str) -> None:
    """Load, run, commit. A discarded outcome is run again with what came in meanwhile."""
    for _ in range(MAX_RUNS):
        turn = await load(engine, conversation, clock.now())
        if turn is None:
            return
        outcome = await answer(graph, parts, turn)
        kept = await commit(engine, queue, outcome)
        log.info("turn", id=turn.id, kept=kept, outcome=outcome.decision.outcome.value, ms=sum(outcome.detail["timings"].values()))
        if not (kept and outcome.case):
            await forget(graph, outcome.thread)
        if kept:
            return


def begin(graph: Graph, thread: str) -> None:
    if isinstance(graph.checkpointer, WaitingSaver):
        graph.checkpointer.begin(thread)


def end(graph: Graph, thread: str) -> None:
    """The run failed: nothing of it is kept in memory."""
    if isinstance(graph.checkpointer, WaitingSaver):
        graph.checkpointer.end(thread)


async def forget(graph: Graph, thread: str) -> None:
    """The checkpoint exists only while a hand-off waits."""
    if graph.checkpointer and not isinstance(graph.checkpointer, bool):
        await graph.checkpointer.adelete_thread(thread)


async def resume(engine: AsyncEngine, queue: Queue, graph: Graph, parts: Parts, clock: Clock, case_id: str) -> None:
    """Go on where `interrupt()` waits, with what the operator did; then send it."""
    async with engine.connect() as connection:
        query = select(support_case).where(support_case.c.id == case_id, support_case.c.status == "answering")
        case = (await connection.execute(query)).one_or_none()
    if case is None:
        return
    action = OperatorAction(**case.packet["action"])
    action = await _woken(graph, parts, case.turn, action)
    await answered(engine, queue, case, action, clock.now())
    await forget(graph, case.turn)


async def _woken(graph: Graph, parts: Parts, thread: str, action: OperatorAction) -> OperatorAction:
    """The graph goes on from `interrupt()`; a turn that never got there has no checkpoint, and the operator's word is enough."""
    config: Any = {"configurable": {"thread_id": thread}}
    if not (await graph.aget_state(config)).next:
        return action
    state = cast(TurnState, await graph.ainvoke(Command(resume=action), config, context=parts, durability="exit"))
    return state.get("action", action)
