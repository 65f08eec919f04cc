"""The turn in the working language, for the operator; the original is kept."""

from typing import Any

from langgraph.runtime import Runtime

from agent.state import Parts, TurnState


async def translate(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    parts, source = runtime.context, state["triage"].language
    return {"translation": await parts.brain.translate(state["turn"].text, source, parts.working_language)}
