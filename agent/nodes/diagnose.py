"""Photo -> product of the customer's orders -> defect, severity, or cannot_tell. It never triggers a refund alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from agent.domain.context import Context
from agent.domain.diagnosis import Diagnosis
from agent.domain.triage import Entity, EntityKind, Triage
from agent.nodes.gather import customer_view, staff_view
from agent.policy.identity import offered
from agent.state import Parts, TurnState

#: Photos read in one turn; more go to the operator unread.
MAX_PHOTOS = 4
#: Order numbers in pictures that are tried: a picture of many numbers is a guess, not a label.
MOST_NUMBERS = 2


async def diagnose(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    parts, context = runtime.context, state["context"]
    photos = state["turn"].photos[:MAX_PHOTOS]
    if not photos:
        return {"diagnoses": ()}
    lines = [line for order in context.customer.orders for line in order.lines]
    found = await asyncio.gather(*(parts.eye.diagnose(photo, lines) for photo in photos))
    if not context.customer.orders and (label := await _label(state, parts, found)):
        triage = replace(state["triage"], entities=(*state["triage"].entities, label))
        return {"diagnoses": tuple(found), "triage": triage, "context": await _read_again(state, parts, triage)}
    return {"diagnoses": tuple(found), "context": await _with_batches(context, parts, found)}


async def _label(state: TurnState, parts: Parts, found: Sequence[Diagnosis]) -> Entity | None:
    """An order number on a label in the picture that belongs to the e-mail the customer gave: as if they had typed it."""
    turn, proof = state["turn"], offered(state["turn"], state["triage"])
    if proof.numbers or not proof.email or turn.mismatches >= parts.limits.mismatches:
        return None
    seen = dict.fromkeys(item.value for one in found for item in one.seen if item.kind is EntityKind.ORDER)
    for number in list(seen)[:MOST_NUMBERS]:
        if await parts.orders.find(number, proof.email):
            return Entity(EntityKind.ORDER, number, 0, 0)
    return None


async def _read_again(state: TurnState, parts: Parts, triage: Triage) -> Context:
    customer = await customer_view(state["turn"], triage, parts)
    return Context(customer=customer, staff=await staff_view(customer, parts, state["turn"].pending))


async def _with_batches(context: Context, parts: Parts, found: Sequence[Diagnosis]) -> Context:
    """Production batches that labels in the pictures name, beside those of the order."""
    known = {batch.id for batch in context.staff.batches}
    shown = [one.batch for one in found if one.batch and one.batch not in known]
    if not shown:
        return context
    staff = replace(context.staff, batches=(*context.staff.batches, *await parts.stock.batches(shown)))
    return replace(context, staff=staff)
