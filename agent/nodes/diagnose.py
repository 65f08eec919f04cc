"""Photo -> product of the customer's orders -> defect, severity, or cannot_tell. It never triggers a refund alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from langgraph.runtime import Runtime

from agent.domain.context import Context
from agent.domain.diagnosis import Diagnosis
from agent.domain.triage import Entity, EntityKind, Triage
from agent.errors import SourceDown
from agent.nodes.gather import customer_view, staff_view
from agent.policy.identity import offered
from agent.state import Parts, TurnState

log = structlog.get_logger()
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
    try:
        return {"diagnoses": tuple(found), **await _labelled(state, parts, found)}
    except (OSError, TimeoutError, SourceDown) as error:
        log.warning("diagnose.source_down", error=type(error).__name__)
        return {"diagnoses": tuple(found)}


async def _labelled(state: TurnState, parts: Parts, found: Sequence[Diagnosis]) -> dict[str, Any]:
    """With what labels in the pictures tell: an order number as if it had been typed, and production batches."""
    context, numbers = state["context"], _numbers(state, parts, found)
    if not numbers:
        return {"context": await _with_batches(context, parts, found)}
    email = offered(state["turn"], state["triage"]).email or ""
    own = [number for number in numbers if await parts.orders.find(number, email)][:1]
    if not own:  # not spoken of, for pictures are full of numbers; but counted: whoever guesses could paint them
        return {"context": replace(context, customer=replace(context.customer, strange_label=True))}
    triage = replace(state["triage"], entities=(*state["triage"].entities, Entity(EntityKind.ORDER, own[0], 0, 0)))
    return {"triage": triage, "context": await _with_batches(await _read_again(state, parts, triage), parts, found)}


def _numbers(state: TurnState, parts: Parts, found: Sequence[Diagnosis]) -> list[str]:
    """Order numbers in the pictures that may be tried: where an e-mail was given and no number."""
    turn, proof = state["turn"], offered(state["turn"], state["triage"])
    if state["context"].customer.orders or proof.numbers or not proof.email or turn.mismatches >= parts.limits.mismatches:
        return []
    return list(dict.fromkeys(item.value for one in found for item in one.seen if item.kind is EntityKind.ORDER))[:MOST_NUMBERS]


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
