"""Plans effects as ledger rows. Nothing is carried out here."""

from typing import Any

from langgraph.runtime import Runtime

from agent.domain.decision import Outcome
from agent.policy.plan import effects
from agent.state import Parts, TurnState


async def act(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    decision = state["decision"]
    if decision.outcome is not Outcome.RESOLVE:
        return {"plan": ()}
    return {"plan": effects(state["turn"].id, decision.remedies)}
