"""Passages of the active snapshot for language, market, products, audience and date."""

from typing import Any

from langgraph.runtime import Runtime

from agent.brains.local.text import clean
from agent.domain.context import CustomerContext
from agent.domain.entities import plain
from agent.domain.languages import is_supported
from agent.domain.triage import Triage
from agent.state import Parts, TurnState

PASSAGES = 4
#: A wrong intent misleads the ranking more than none.
CONFIDENT = 0.5


async def retrieve(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    turn, triage = state["turn"], state["triage"]
    text, language = _asked(state)
    found = await runtime.context.knowledge.search(
        plain(clean(text)),  # the very text that triage has embedded: computed once
        language=language,
        market=turn.market,
        audience="customer",
        k=PASSAGES,
        today=turn.now.date(),
        intents=wishes(triage),
        products=_products(state["context"].customer),
    )
    return {"found": found}


def _asked(state: TurnState) -> tuple[str, str]:
    """The customer's words and their language; of one that is not served, the translation, if there is one."""
    language, found = state["triage"].language, state["translation"]
    if is_supported(language) or found.text is None:
        return state["turn"].text, language
    return found.text, found.language


def wishes(triage: Triage) -> list[str]:
    """What search is told of a reading: the wishes that were heard well enough."""
    return [item.intent.value for item in triage.intents if item.score >= CONFIDENT]


def _products(customer: CustomerContext) -> frozenset[str] | None:
    """What the customer bought and what they name; None when neither is known."""
    bought = {line.sku for order in customer.orders for line in order.lines}
    return frozenset(bought | {product.sku for product in customer.products}) or None
