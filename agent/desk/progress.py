"""How far a customer's running remedies have come, in the customer's words: their own conversation's, and nothing that is for staff."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, array_agg
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.remedies.procedures import PROCEDURES
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Procedure, Step
from agent.store.engine import reading
from agent.store.remedy_tables import procedure, procedure_step

#: Remedies that take their time; the others are done when they are told of.
LASTING = (RemedyKind.RETURN, RemedyKind.EXCHANGE, RemedyKind.RESHIP, RemedyKind.REFUND, RemedyKind.REPAIR, RemedyKind.CLAIM)
#: What is settled is shown for some days more.
AFTERWARDS = timedelta(days=3)
MOST = 4

State = Literal["done", "now", "next"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as a phrase key."""

    phrase: str
    state: State


def way(of: Procedure, taken: Sequence[str]) -> list[Shown]:
    """The steps that were taken, the present one, and those to come as far as nobody has to choose between them."""
    present = of.step(taken[-1])
    over = present.name in of.ends and present.actor is not Actor.OPERATOR
    marked: list[tuple[Step, State]] = []
    for name in taken[:-1]:
        marked.append((of.step(name), "done"))
    marked.append((present, "done" if over else "now"))
    for name in _ahead(of, present.name):
        marked.append((of.step(name), "next"))
    shown = [Shown(step.shown, state) for step, state in marked if step.shown]
    return [each for place, each in enumerate(shown) if all(each.phrase != later.phrase for later in shown[place + 1 :])]


def _ahead(of: Procedure, step: str) -> list[str]:
    """Where the usual way leads. Nothing is told ahead that is not granted yet, that a person chooses, or that a carrier has to find out."""
    found: list[str] = []
    if step == of.start or of.kind is RemedyKind.CLAIM:
        return found
    while moves := of.open_moves(step):
        step = moves[0].after
        if step in found or (of.step(moves[0].before).actor is Actor.OPERATOR and len(moves) > 1):
            break
        found.append(step)
    return found


async def remedies(engine: AsyncEngine, conversation: str, now: datetime, say: Callable[[str], str]) -> list[dict[str, Any]]:
    """Newest first. `say` gives the words of a phrase."""
    steps = (
        select(array_agg(aggregate_order_by(procedure_step.c.after, procedure_step.c.id)))
        .where(procedure_step.c.procedure == procedure.c.id)
        .scalar_subquery()
    )
    recent = or_(procedure.c.closed_at.is_(None), procedure.c.closed_at > now - AFTERWARDS)
    query = (
        select(procedure.c.kind, procedure.c.order_number, procedure.c.step, procedure.c.closed_at, steps.label("taken"))
        .where(procedure.c.conversation == conversation, procedure.c.kind.in_(LASTING), recent)
        .order_by(procedure.c.created_at.desc())
        .limit(MOST)
    )
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    return [_json(row, say) for row in rows]


def _json(row: Any, say: Callable[[str], str]) -> dict[str, Any]:
    of = PROCEDURES[RemedyKind(row.kind)]
    taken = [of.start, *(row.taken or ())]  # only moves are kept
    steps = way(of, taken if taken[-1] == row.step else [*taken, row.step])
    return {
        "kind": row.kind,
        "order": row.order_number,
        "over": row.closed_at is not None,
        "steps": [{"text": say(each.phrase), "state": each.state} for each in steps],
    }
