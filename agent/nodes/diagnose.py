"""Photo -> product, defect, severity, or cannot_tell. It never triggers a refund alone."""

from typing import Any

from langgraph.runtime import Runtime

from agent.domain.triage import EntityKind
from agent.state import Parts, TurnState

#: Photos read in one turn; more go to the operator unread.
MAX_PHOTOS = 4


async def diagnose(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    photos = state["turn"].photos[:MAX_PHOTOS]
    skus = state["triage"].values(EntityKind.SKU)
    return {"diagnoses": tuple([await runtime.context.eye.diagnose(photo, skus) for photo in photos])}
