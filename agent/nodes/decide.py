"""Pure: what policy allows and how sure we are -> resolve, ask, or hand over."""

from typing import Any

from langgraph.runtime import Runtime

from agent.policy import decide as policy
from agent.policy.view import View
from agent.state import Parts, TurnState


async def decide(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    return {"decision": policy.decide(view(state, runtime.context))}


def view(state: TurnState, parts: Parts) -> View:
    return View(
        turn=state["turn"],
        triage=state["triage"],
        context=state["context"],
        found=state["found"],
        thresholds=parts.thresholds,
        terms=parts.terms,
        limits=parts.limits,
        demo=parts.demo,
        diagnoses=state.get("diagnoses", ()),
        packs=parts.packs,
    )
