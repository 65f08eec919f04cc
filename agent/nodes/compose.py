"""The reply, or the operator's draft, in the customer's language; every claim bound to evidence."""

from typing import Any

from langgraph.runtime import Runtime

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
        return {"reply": write.reply()}
    if state["turn"].first_contact:
        write.say("disclosure", brand=parts.brand)
    ways: tuple[str, ...] = ()
    if decision.outcome is Outcome.ASK:
        ways = answer.ask(write, seen, decision)
    else:
        answer.answer(write, seen, decision, parts.brand)
    return {"reply": _finish(write, state, ways)}


def _finish(write: Writer, state: TurnState, ways: tuple[str, ...]) -> Reply:
    quick = ways or (QUICK if state["turn"].first_contact else ("quick-human",))
    return write.reply(quick_replies=quick, effects=tuple(effect.key for effect in state["plan"]))
