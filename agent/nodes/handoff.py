"""The graph waits here until the operator acts."""

from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.domain.reply import OperatorAction
from agent.state import Parts, TurnState


async def handoff(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    action: OperatorAction = interrupt(state["case"])  # type: ignore[typeddict-item] # the packet node has just made it
    return {"action": action}
