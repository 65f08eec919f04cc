"""Photo -> product of the customer's orders -> defect, severity, or cannot_tell. It never triggers a refund alone."""

from typing import Any

from langgraph.runtime import Runtime

from agent.state import Parts, TurnState

#: Photos read in one turn; more go to the operator unread.
MAX_PHOTOS = 4


async def diagnose(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    photos = state["turn"].photos[:MAX_PHOTOS]
    lines = [line for order in state["context"].customer.orders for line in order.lines]
    return {"diagnoses": tuple([await runtime.context.eye.diagnose(photo, lines) for photo in photos])}
