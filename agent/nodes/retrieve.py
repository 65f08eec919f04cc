"""Passages of the active snapshot for language, market, audience and date."""

from typing import Any

from langgraph.runtime import Runtime

from agent.state import Parts, TurnState

PASSAGES = 4


async def retrieve(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    turn, triage = state["turn"], state["triage"]
    found = await runtime.context.knowledge.search(
        turn.text,
        language=triage.language,
        market=turn.market,
        audience="customer",
        k=PASSAGES,
        today=turn.now.date(),
        intents=[item.intent.value for item in triage.intents],
    )
    return {"found": found}
