"""First reading: language, wishes, mood, urgency, entities, flags."""

from typing import Any

from langgraph.runtime import Runtime

from agent.policy.followup import carry_over
from agent.state import Parts, TurnState


async def triage(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    turn = state["turn"]
    return {"triage": carry_over(turn, await runtime.context.brain.triage(turn))}
