"""Passages of the active snapshot for language, market, audience and date."""

from typing import Any

from langgraph.runtime import Runtime

from agent.brains.local.text import clean
from agent.domain.entities import plain
from agent.state import Parts, TurnState

PASSAGES = 4
#: A wrong intent misleads the ranking more than none.
CONFIDENT = 0.5


async def retrieve(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    turn, triage = state["turn"], state["triage"]
    found = await runtime.context.knowledge.search(
        plain(clean(turn.text)),  # the very text that triage has embedded: computed once
        language=triage.language,
        market=turn.market,
        audience="customer",
        k=PASSAGES,
        today=turn.now.date(),
        intents=[item.intent.value for item in triage.intents if item.score >= CONFIDENT],
    )
    return {"found": found}
