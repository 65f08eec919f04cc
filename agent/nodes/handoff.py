"""The case with everything an operator needs; then the graph waits until the operator acts."""

from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.domain.case import CasePacket
from agent.domain.context import Context
from agent.domain.decision import Decision, as_handoff
from agent.domain.reply import OperatorAction
from agent.nodes.decide import view
from agent.nodes.gather import staff_view
from agent.phrasing import spoken
from agent.state import Parts, TurnState
from agent.writing import packet
from agent.writing.card import as_json, card
from agent.writing.draft import acknowledge
from agent.writing.writer import Writer


async def handoff(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    decision = as_handoff(state["decision"])
    state = {**state, "context": await complete(state["context"], runtime.context)}
    around = await card(state["context"], runtime.context.surroundings, state["turn"].now)
    case = replace(build(state, runtime.context, decision), card=as_json(around))
    action: OperatorAction = interrupt(case)
    return {"case": case, "decision": decision, "action": action}


async def complete(context: Context, parts: Parts) -> Context:
    """With stock, batches and history, which a plain question did not need."""
    if context.staff.stock or not context.customer.orders:
        return context
    return replace(context, staff=await staff_view(context.customer, parts))


def build(state: TurnState, parts: Parts, decision: Decision) -> CasePacket:
    turn, triage, context = state["turn"], state["triage"], state["context"]
    write = Writer(parts.phrases, spoken(triage.language))
    if turn.first_contact:
        write.say("disclosure", brand=parts.brand)
        write.paragraph()
    quick = acknowledge(write, view(state, parts), decision)
    return CasePacket(
        desk=decision.desk.value,
        reasons=tuple(reason.value for reason in decision.reasons),
        intents=tuple(item.intent.value for item in triage.intents),
        summary=packet.summary(triage, context, decision),
        original=turn.text,
        working=state["translation"].text,
        language=triage.language,
        urgency=triage.urgency.value,
        sentiment=triage.sentiment.value,
        tried=packet.tried(decision, context, state["check"]),
        draft=state["reply"],
        acknowledgement=write.reply(quick_replies=quick),
        evidence=state["reply"].evidence,
        facts=packet.facts(context),
        suggested=decision.remedies,
        photos=tuple(photo.id for photo in turn.photos),
        subjects=packet.subjects(context),
        offers=decision.offers,
        told=decision.told,
        chosen=decision.chosen,
        diagnoses=state.get("diagnoses", ()),
    )
