"""The reply, or the operator's draft, in the customer's language; every claim bound to evidence."""

from typing import Any

from langgraph.runtime import Runtime

from agent.domain.brief import Brief
from agent.domain.decision import Outcome
from agent.domain.reply import Reply
from agent.nodes.decide import view
from agent.phrasing import spoken
from agent.state import Parts, TurnState
from agent.writing import answer, draft
from agent.writing.writer import Writer

QUICK = ("quick-track", "quick-return", "quick-human")


async def compose(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    parts, decision = runtime.context, state["decision"]
    write = Writer(parts.phrases, spoken(state["triage"].language))
    seen = view(state, parts)
    if decision.outcome is Outcome.HANDOFF:
        draft.draft(write, seen, decision, parts.brand)
        return {"reply": await _said_better(state, parts, write.reply())}
    if state["turn"].first_contact:
        write.say("disclosure", brand=parts.brand)
    ways: tuple[str, ...] = ()
    if decision.outcome is Outcome.ASK:
        ways = answer.ask(write, seen, decision)
    else:
        answer.answer(write, seen, decision, parts.brand)
    return {"reply": await _said_better(state, parts, _finish(write, state, ways))}


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
        tried=state["reply"] if check else None,
        faults=check.faults if check else (),
    )
    return await parts.brain.write(brief) or composed


def _finish(write: Writer, state: TurnState, ways: tuple[str, ...]) -> Reply:
    quick = ways or (QUICK if state["turn"].first_contact else ("quick-human",))
    return write.reply(quick_replies=quick, effects=tuple(effect.key for effect in state["plan"]))
