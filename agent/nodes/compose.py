"""The reply, or the operator's draft, in the customer's language; every claim bound to evidence."""

from typing import Any

from langgraph.runtime import Runtime

from agent.domain.decision import Outcome, Reason
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
    if decision.outcome is Outcome.ASK:
        answer.ask(write, seen, decision.question or Reason.UNSURE)
    else:
        answer.answer(write, seen, decision.remedies, parts.brand)
    return {"reply": _finish(write, state)}


def _finish(write: Writer, state: TurnState) -> Reply:
    quick = QUICK if state["turn"].first_contact else ("quick-human",)
    return write.reply(quick_replies=quick, effects=tuple(effect.key for effect in state["plan"]))
