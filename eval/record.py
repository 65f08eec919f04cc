"""What happened in one turn of a case: everything a scorer may look at, as plain data that can be stored."""

from pydantic import BaseModel, ConfigDict

from agent.desk.outcome import TurnOutcome
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.reply import Reply


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True)


class Said(_Plain):
    """One sentence and what it rests on: `sources` are (kind, ref) of its evidence."""

    text: str
    pattern: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    group: int = 0


class Done(_Plain):
    """An effect that was planned, and how it ended. `share` of what was paid leaves the shop with it; None when no money does."""

    kind: str
    order: str
    key: str
    state: str
    data: dict[str, object] = {}
    share: float | None = None


class OrderAfter(_Plain):
    state: str
    returned: bool
    coupon: bool
    city: str


class Record(_Plain):
    """`crash` names an error that ended the conversation; then nothing else is filled."""

    case: str
    turn: int  # 0 first
    crash: str = ""
    outcome: str = ""
    desk: str = ""
    reasons: tuple[str, ...] = ()
    confidence: float = 0.0
    intents: tuple[tuple[str, float], ...] = ()
    remedies: tuple[tuple[str, str], ...] = ()  # (kind, intent), those that no rule blocks
    sentiment: str = ""
    urgency: str = ""
    language: str = ""
    entities: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    reply_language: str = ""
    said: tuple[Said, ...] = ()
    reply: str = ""  # as the customer reads it, slots filled
    draft: str = ""
    effects: tuple[Done, ...] = ()
    passages: tuple[tuple[str, float], ...] = ()  # (article, score), best first
    snapshot: str = ""
    faults: tuple[str, ...] = ()
    brain: str = ""
    timings: dict[str, float] = {}  # node -> milliseconds
    usage: dict[str, float] = {}  # model calls, tokens in, out and cached, cost in euro
    after: dict[str, OrderAfter] = {}  # orders that are not as they were when the conversation began


def record(case: str, turn: int, outcome: TurnOutcome, text: str, effects: list[tuple[PlannedEffect, EffectResult]]) -> Record:
    """`text` is the reply with its slots filled."""
    triage, decision, detail = outcome.triage, outcome.decision, outcome.detail
    return Record(
        case=case,
        turn=turn,
        outcome=decision.outcome.value,
        desk=decision.desk.value,
        reasons=tuple(reason.value for reason in decision.reasons),
        confidence=decision.confidence,
        intents=tuple((item.intent.value, item.score) for item in triage.intents),
        remedies=tuple((remedy.kind.value, remedy.intent.value) for remedy in decision.remedies if not remedy.blocked),
        sentiment=triage.sentiment.value,
        urgency=triage.urgency.value,
        language=triage.language,
        entities=tuple((item.kind.value, item.value) for item in triage.entities),
        flags=tuple(sorted(flag.value for flag in triage.flags)),
        reply_language=outcome.reply.language if outcome.reply else "",
        said=sentences(outcome.reply),
        reply=text,
        draft=outcome.case.draft.text if outcome.case else "",
        effects=tuple(
            Done(kind=plan.kind, order=plan.order, key=plan.key, state=result.state.value, data=result.data, share=_share(plan))
            for plan, result in effects
        ),
        passages=tuple((passage.split("/")[0], score) for passage, score in detail["found"]),
        snapshot=detail["snapshot"],
        faults=tuple(detail["faults"]),
        brain=detail["brain"],
        timings=detail["timings"],
        usage=detail.get("usage", {}),
    )


def _share(plan: PlannedEffect) -> float | None:
    """To the hundredth: prices end differently in each currency."""
    if plan.amount is None or plan.paid is None or not plan.paid.minor or plan.amount.currency != plan.paid.currency:
        return None
    return round(plan.amount.minor / plan.paid.minor, 2)


def sentences(reply: Reply | None) -> tuple[Said, ...]:
    if reply is None:
        return ()
    cited = {item.id: (item.kind, item.ref) for item in reply.evidence}
    return tuple(
        Said(text=claim.text, pattern=claim.pattern, sources=tuple(cited[e] for e in claim.evidence if e in cited), group=claim.group)
        for claim in reply.claims
    )
