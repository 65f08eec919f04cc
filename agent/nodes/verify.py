"""Numbers, ids, promises, language, leaks and channel rules of the final text. One repair by the model, then code's own text, then a person."""

from typing import Any

from langgraph.runtime import Runtime

from agent.brains.local.language import detect
from agent.domain.languages import is_supported
from agent.domain.reply import Check
from agent.policy.channel_rules import rules
from agent.policy.checks import faults
from agent.state import Parts, TurnState


async def verify(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    reply, context = state["reply"], state["context"]
    own = frozenset(order.customer.email.lower() for order in context.customer.orders)
    found = faults(reply, state["found"].passages, context, state["plan"], rules(state["turn"].channel), own_emails=own)
    if _wrong_language(state):
        found.append("not in the customer's language")
    return {"check": Check(faults=tuple(found), tries=state["check"].tries + 1 if "check" in state else 1)}


def _wrong_language(state: TurnState) -> bool:
    expected = state["triage"].language
    spoken, sure = detect(state["reply"].text)
    return is_supported(expected) and sure and spoken != expected
