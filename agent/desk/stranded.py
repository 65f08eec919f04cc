"""A turn that broke the graph becomes a case all the same, with the message and nothing else claimed."""

from agent.desk.outcome import TurnOutcome
from agent.domain.case import CasePacket
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.intents import Intent
from agent.domain.languages import FALLBACK
from agent.domain.message import Turn
from agent.domain.triage import IntentScore, Sentiment, Triage, Urgency
from agent.phrasing import spoken
from agent.policy.limits import answer_hours
from agent.state import Parts
from agent.writing.writer import Writer


def stranded(turn: Turn, parts: Parts) -> TurnOutcome:
    language = turn.language or FALLBACK
    triage = Triage(
        language=language,
        language_sure=False,
        intents=(IntentScore(Intent.OUT_OF_SCOPE, 0.0),),
        sentiment=Sentiment.NEUTRAL,
        sentiment_score=0.0,
        urgency=Urgency.NORMAL,
        brain="none",
    )
    decision = Decision(outcome=Outcome.HANDOFF, desk=Desk.OPERATOR, reasons=(Reason.BROKEN,))
    case = _packet(turn, triage, parts)
    return TurnOutcome(
        turn=turn,
        thread=f"{turn.id}:stranded",
        triage=triage,
        decision=decision,
        reply=case.acknowledgement if turn.owner == "bot" else None,
        effects=(),
        case=case,
        detail={"intents": [], "remedies": [], "sources": [], "faults": ["the graph failed"], "timings": {}, "brain": "none"},
        newly_proven=(),
    )


def _packet(turn: Turn, triage: Triage, parts: Parts) -> CasePacket:
    told, draft = (Writer(parts.phrases, spoken(triage.language)) for _ in range(2))
    if turn.first_contact:
        told.say("disclosure", brand=parts.brand)
        told.paragraph()
    told.say("handoff", hours=answer_hours(triage.urgency))
    draft.say("draft-look")
    return CasePacket(
        desk=Desk.OPERATOR.value,
        reasons=(Reason.BROKEN.value,),
        intents=(),
        summary="A message that the agent could not process.\nNothing was looked up. Handed over: broken.",
        original=turn.text,
        working=None,
        language=triage.language,
        urgency=triage.urgency.value,
        sentiment=triage.sentiment.value,
        tried=("the graph failed twice",),
        draft=draft.reply(),
        acknowledgement=told.reply(),
        evidence=(),
        facts=(),
        suggested=(),
        photos=tuple(photo.id for photo in turn.photos),
    )
