"""The case with everything an operator needs to answer in one look. Made once: what waits in `interrupt()` runs again when it wakes."""

import asyncio
from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from agent.domain.brief import Summing
from agent.domain.case import CasePacket
from agent.domain.context import Context
from agent.domain.decision import Decision, as_handoff
from agent.domain.reply import Reply, Translation
from agent.nodes.decide import view
from agent.nodes.gather import staff_view
from agent.phrasing import spoken
from agent.state import Parts, TurnState
from agent.writing import packet as lines
from agent.writing.bridged import carried
from agent.writing.card import as_json, card
from agent.writing.draft import acknowledge
from agent.writing.writer import Writer

#: Messages before this turn that the summary may look at.
HISTORY = 6


async def packet(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    parts, decision = runtime.context, as_handoff(state["decision"])
    state = {**state, "context": await complete(state["context"], parts)}
    around = await card(state["context"], parts.surroundings, state["turn"].now)
    found = await parts.surroundings.photographed(lines.subjects(state["context"], state["diagnoses"]), state["turn"].now)
    case = replace(build(state, parts, decision), card=as_json(around))
    # Side by side: each of them may wait for a model, and one after the other would outlast the node.
    translation, told, said = await asyncio.gather(working(state, parts), summary(state, parts, case), acknowledged(state, parts, case))
    facts = (*case.facts, *lines.photo_facts(found))
    case = replace(case, working=translation.text, summary=told, acknowledgement=said, facts=facts)
    return {"case": case, "decision": decision, "translation": translation}


async def working(state: TurnState, parts: Parts) -> Translation:
    """The turn in the operators' language: what is answered without them need not be translated."""
    known = state["translation"]
    if known.text is not None:
        return known
    triage = state["triage"]
    return triage.translation or await parts.brain.translate(state["turn"].text, triage.language, parts.working_language)


async def summary(state: TurnState, parts: Parts, case: CasePacket) -> str:
    """By the brain, if it can; the fields in words else."""
    history = tuple(f"{said.author.value}: {said.text}" for said in state["turn"].history[-HISTORY:])
    asked = Summing(language=parts.working_language, composed=case.summary, message=state["turn"].text, history=history)
    return await parts.brain.summarise(asked) or case.summary


async def acknowledged(state: TurnState, parts: Parts, case: CasePacket) -> Reply:
    """What the customer reads meanwhile; in English when it cannot be carried over."""
    if not state["triage"].bridged:
        return case.acknowledgement
    return await carried(case.acknowledgement, parts.brain.translate, state["triage"].language) or case.acknowledgement


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
        summary=lines.summary(triage, context, decision),
        original=turn.text,
        working=state["translation"].text,
        language=triage.language,
        urgency=triage.urgency.value,
        sentiment=triage.sentiment.value,
        tried=lines.tried(decision, context, state["check"]),
        draft=state["reply"],
        acknowledgement=write.reply(quick_replies=quick),
        evidence=state["reply"].evidence,
        facts=lines.facts(context),
        suggested=decision.remedies,
        photos=tuple(photo.id for photo in turn.photos),
        subjects=lines.subjects(context, state["diagnoses"]),
        offers=decision.offers,
        told=decision.told,
        chosen=decision.chosen,
        diagnoses=state["diagnoses"],
    )
