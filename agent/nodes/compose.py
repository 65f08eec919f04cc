"""The reply, or the operator's draft, in the customer's language; every claim bound to evidence."""

from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from agent.domain.brief import Brief
from agent.domain.decision import Outcome, Reason, as_handoff
from agent.domain.reply import Reply
from agent.nodes.decide import view
from agent.phrasing import spoken
from agent.state import Parts, TurnState
from agent.writing import answer, draft
from agent.writing.bridged import carried
from agent.writing.writer import Writer

QUICK = ("quick-track", "quick-return", "quick-human")


async def compose(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    parts, composed = runtime.context, compose_reply(state, runtime.context)
    if state["triage"].bridged and state["decision"].outcome is not Outcome.HANDOFF:
        return await _carried_over(state, parts, composed)
    return {"reply": await _said_better(state, parts, composed)}


def compose_reply(state: TurnState, parts: Parts) -> Reply:
    """Of our own sentences, in the language they are spoken in."""
    decision, seen = state["decision"], view(state, parts)
    write = Writer(parts.phrases, spoken(state["triage"].language))
    if decision.outcome is Outcome.HANDOFF:
        draft.draft(write, seen, decision, parts.brand)
        return write.reply()
    if state["turn"].first_contact:
        write.say("disclosure", brand=parts.brand)
    ways: tuple[str, ...] = ()
    if decision.outcome is Outcome.ASK:
        ways = answer.ask(write, seen, decision)
    else:
        answer.answer(write, seen, decision, parts.brand)
    quick = ways or (QUICK if state["turn"].first_contact else ("quick-human",))
    return write.reply(quick_replies=quick, effects=tuple(effect.key for effect in state["plan"]))


async def _carried_over(state: TurnState, parts: Parts, composed: Reply) -> dict[str, Any]:
    """Into a language that has no sentences of its own; a person takes over when it does not arrive whole the first time."""
    made = None if "check" in state else await carried(composed, parts.brain.translate, state["triage"].language)
    if made:
        return {"reply": made}
    return {"reply": composed, "decision": as_handoff(state["decision"], Reason.UNSUPPORTED_LANGUAGE)}


async def _said_better(state: TurnState, parts: Parts, composed: Reply) -> Reply:
    """By a model, which may repair its draft once; the composed reply when there is none, or it failed twice."""
    turn, triage, check = state["turn"], state["triage"], state.get("check")
    if check and check.tries > 1:
        return composed
    brief = Brief(
        language=composed.language,
        channel=turn.channel,
        brand=parts.brand,
        market=turn.market,
        outcome=state["decision"].outcome,
        message=turn.text,
        sentiment=triage.sentiment,
        urgency=triage.urgency,
        first_contact=turn.first_contact,
        composed=composed,
        passages=state["found"].passages,
    )
    if check:
        brief = replace(brief, tried=state["reply"], faults=check.faults)
    return await parts.brain.write(brief) or composed
