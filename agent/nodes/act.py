"""Plans effects as ledger rows. Nothing is carried out here."""

from typing import Any

from langgraph.runtime import Runtime

from agent.domain.decision import Outcome
from agent.policy.plan import effects
from agent.policy.proving import code_effect
from agent.state import Parts, TurnState


async def act(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    decision, turn = state["decision"], state["turn"]
    if decision.outcome is Outcome.RESOLVE:
        return {"plan": effects(turn.id, decision.remedies, state["context"].customer.orders)}
    code = code_effect(turn, decision, state["triage"].language)
    return {"plan": (code,) if code else ()}
