"""The one transaction in which a turn's outcome becomes true, or is discarded."""

import uuid
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import findings, outbound, proof
from agent.desk.granting import decided
from agent.desk.jobs import Queue
from agent.desk.ledger import plan_effects
from agent.desk.notices import notify
from agent.desk.outcome import TurnOutcome, counters
from agent.desk.refresh import refreshed
from agent.domain.case import CasePacket
from agent.domain.decision import Outcome
from agent.domain.message import Turn
from agent.domain.triage import Urgency
from agent.policy.limits import answer_hours
from agent.store.checkpoints import drop
from agent.store.tables import audit, conversation, support_case, turn_record

#: The queue of operators, before one of them takes a case.
DESK = "desk"


async def commit(engine: AsyncEngine, queue: Queue, outcome: TurnOutcome) -> bool:
    """Write everything, if the conversation still has the same owner and nothing newer came in.

    Returns:
        False when the outcome was discarded: the turn must be run again.
    """
    async with engine.begin() as connection:
        if not await _still_current(connection, outcome.turn):
            return False
        turn, decision = outcome.turn, outcome.decision
        await plan_effects(
            connection,
            turn.conversation,
            turn.id,
            outcome.effects,
            decision.by,
            decided(turn.id, decision, outcome.orders, outcome.promised),
        )
        await proof.settle(connection, outcome.turn)
        await findings.keep(connection, outcome)
        await _answer(connection, queue, outcome)
        if outcome.case:
            await _open_case(connection, outcome.turn, outcome.thread, outcome.case)
            await notify(connection, outcome.turn.conversation, outcome.turn.last_seq, "case")
        await _record(connection, outcome)
    return True


async def _answer(connection: AsyncConnection, queue: Queue, outcome: TurnOutcome) -> None:
    """The reply, if there is one, and what the conversation remembers of the turn."""
    turn, changes = outcome.turn, memory(outcome)
    if outcome.reply is None:
        await connection.execute(update(conversation).where(conversation.c.id == turn.conversation).values(changes))
        return
    key = f"reply:{turn.id}:{turn.epoch}"
    thread = turn.conversation
    await outbound.write(connection, queue, thread=thread, key=key, reply=outcome.reply, author="bot", turn=turn.id, changes=changes)


def memory(outcome: TurnOutcome) -> dict[str, Any]:
    """Columns of the conversation after this turn; a hand-off moves it to the desk."""
    changes: dict[str, Any] = {"answered_seq": outcome.turn.last_seq, "greeted": True, **counters(outcome)}
    if outcome.decision.outcome is Outcome.HANDOFF and outcome.turn.owner == "bot":
        changes |= {"owner": DESK, "owner_epoch": conversation.c.owner_epoch + 1}
    return changes


async def _still_current(connection: AsyncConnection, turn: Turn) -> bool:
    query = select(conversation.c.owner_epoch, conversation.c.last_inbound_seq, conversation.c.answered_seq)
    row = (await connection.execute(query.where(conversation.c.id == turn.conversation).with_for_update())).one()
    return row.owner_epoch == turn.epoch and row.last_inbound_seq == turn.last_seq and row.answered_seq < turn.last_seq


async def _open_case(connection: AsyncConnection, turn: Turn, thread: str, case: CasePacket) -> None:
    """A new case, or the open one of this conversation refreshed; what is written later makes it no less grave."""
    values: dict[str, Any] = {
        "turn": thread,
        "desk": case.desk,
        "urgency": case.urgency,
        "reasons": list(case.reasons),
        "subjects": list(case.subjects),
        "packet": jsonable(asdict(case)),
        "draft": case.draft.text,
        "due_at": turn.now + timedelta(hours=answer_hours(Urgency(case.urgency))),
    }
    is_open = (support_case.c.conversation == turn.conversation) & (support_case.c.status == "open")
    # Locked: what is noted in it meanwhile, of an effect that failed for one, must not be written over.
    before = (await connection.execute(select(support_case).where(is_open).with_for_update())).one_or_none()
    if before is None:
        await connection.execute(insert(support_case).values(id=uuid.uuid4().hex, conversation=turn.conversation, **values))
        return
    await drop(connection, before.turn)
    query = update(support_case).where(support_case.c.id == before.id)
    await connection.execute(query.values(refreshed(before, values) | {"version": support_case.c.version + 1}))


def jsonable(value: Any) -> Any:
    """Plain JSON types: tuples as lists, everything unknown as text."""
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [jsonable(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


async def _record(connection: AsyncConnection, outcome: TurnOutcome) -> None:
    """Why the agent did what it did, and the audit's line, in one statement."""
    decision, turn = outcome.decision, outcome.turn
    reasons = [reason.value for reason in decision.reasons]
    record = {
        "id": uuid.uuid4().hex,
        "turn": turn.id,
        "conversation": turn.conversation,
        "outcome": decision.outcome.value,
        "desk": decision.desk.value,
        "reasons": reasons,
        "intents": [item.intent.value for item in outcome.triage.intents],
        "language": outcome.triage.language,
        "detail": outcome.detail,
    }
    line = {"actor": "bot", "action": f"turn.{decision.outcome.value}", "conversation": turn.conversation}
    recorded = insert(turn_record).values(record).cte("recorded")
    detail = {"turn": turn.id, "reasons": reasons}
    await connection.execute(insert(audit).values({**line, "detail": detail}).add_cte(recorded))
