"""What one run of the graph came to, as the commit writes it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from agent.domain.case import CasePacket
from agent.domain.commerce import Order
from agent.domain.decision import Decision, Outcome, Reason, as_handoff
from agent.domain.diagnosis import Diagnosis
from agent.domain.effect import PlannedEffect
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.model_call import ModelCall
from agent.domain.money import Money
from agent.domain.pending import OFFERED_FOR, Pending, offer_json, pending_json
from agent.domain.reply import Reply, as_payload
from agent.domain.triage import EntityKind, Triage
from agent.state import TurnState

#: Questions that say the customer could not be helped yet.
FAILING = {Reason.IDENTITY_MISMATCH, Reason.UNSURE}
#: Questions that get the case on, however often they are asked.
PROGRESS = {Reason.NEEDS_CHOICE, Reason.NEEDS_PROOF}
#: What is asked for before an order may be spoken of.
PROOF = {EntityKind.ORDER, EntityKind.EMAIL}


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOutcome:
    """`reply` is what the customer reads now: the answer, the question, or the acknowledgement of a hand-off."""

    turn: Turn
    thread: str  # of the graph's run: where a hand-off waits
    triage: Triage
    decision: Decision
    reply: Reply | None
    effects: tuple[PlannedEffect, ...]
    case: CasePacket | None
    detail: dict[str, Any]
    newly_proven: tuple[str, ...]
    mismatch: bool = False
    orders: tuple[Order, ...] = ()  # as they were read: what was paid and what went back
    promised: Money | None = None  # on the order in question, when it was judged
    diagnoses: tuple[Diagnosis, ...] = ()
    batches: Mapping[str, str] = field(default_factory=dict[str, str])  # SKU -> production batch, where the order's is known


def outcome_of(state: TurnState, case: CasePacket | None, thread: str, calls: Sequence[ModelCall] = ()) -> TurnOutcome:
    """From the graph's final state; `case` is what `interrupt()` gave when the turn was handed over, `calls` what models were asked."""
    made = _outcome(state, case, thread)
    return replace(made, detail=made.detail | spent(calls))


def _outcome(state: TurnState, case: CasePacket | None, thread: str) -> TurnOutcome:
    turn, decision = state["turn"], state["decision"]
    if case:
        decision = as_handoff(decision)  # interrupt() comes before the node can return it
        # Nobody answers beside an operator; while none has taken the case yet, a choice or a photo is confirmed, and danger is warned of.
        warns = Reason.SAFETY in decision.reasons
        speaks = turn.owner == "bot" or (turn.owner == "desk" and (case.chosen or turn.photos or warns))
        reply = case.acknowledgement if speaks and case.acknowledgement.claims else None
        return _made(state, thread, decision, reply, (), case)
    return _made(state, thread, decision, state["reply"], state["plan"], None)


def _made(
    state: TurnState, thread: str, decision: Decision, reply: Reply | None, effects: tuple[PlannedEffect, ...], case: CasePacket | None
) -> TurnOutcome:
    return TurnOutcome(
        turn=state["turn"],
        thread=thread,
        triage=state["triage"],
        decision=decision,
        reply=reply,
        effects=effects,
        case=case,
        detail=detail(state),
        newly_proven=state["context"].customer.newly_proven,
        mismatch=state["context"].customer.mismatch or state["context"].customer.strange_label,
        orders=state["context"].customer.orders,
        promised=state["context"].staff.granted.open,
        diagnoses=state["diagnoses"],
        batches={line.sku: line.batch for line in state["context"].staff.lines if line.batch},
    )


def detail(state: TurnState) -> dict[str, Any]:
    """Why it answered and from which source, for the operators' pages and for the evaluation."""
    triage, decision, found = state["triage"], state["decision"], state["found"]
    return {
        "intents": [{"intent": item.intent.value, "score": item.score} for item in triage.intents],
        "sentiment": {"label": triage.sentiment.value, "score": triage.sentiment_score},
        "urgency": triage.urgency.value,
        "flags": sorted(flag.value for flag in triage.flags),
        "remedies": [
            {
                "kind": r.kind.value,
                "intent": r.intent.value,
                "order": r.order,
                "blocked": r.blocked.value if r.blocked else None,
                "rule": r.rule,
            }
            for r in decision.remedies
        ],
        "offers": [offer_json(offer) for offer in decision.offers],
        "sources": as_payload(state["reply"].evidence),
        "snapshot": found.snapshot,
        "passages": [passage.id for passage in found.passages],
        "found": [[passage.id, passage.score] for passage in found.passages],
        "faults": list(state["check"].faults),
        "timings": state.get("timings", {}),
        "brain": triage.brain,
        "writer": {"brain": state["reply"].brain, "prompts": list(state["reply"].prompts)},
        "diagnoses": [found_json(found) for found in state["diagnoses"]],
    }


def spent(calls: Sequence[ModelCall]) -> dict[str, Any]:
    """What the turn cost: call by call, and in sum (euro)."""
    if not calls:
        return {"model": [], "usage": {}}
    usage = {
        "calls": len(calls),
        "tokens_in": sum(call.tokens_in for call in calls),
        "tokens_out": sum(call.tokens_out for call in calls),
        "tokens_cached": sum(call.tokens_cached for call in calls),
        "cost": sum(call.cost for call in calls) / 1_000_000,
    }
    return {"model": [asdict(call) for call in calls], "usage": usage}


def found_json(found: Diagnosis) -> dict[str, Any]:
    """What a photo shows, as the operators' pages read it."""
    return {
        "photo": found.photo,
        "verdict": found.verdict.value,
        "sku": found.sku,
        "among": found.among.value,
        "batch": found.batch,
        "defect": found.defect and found.defect.value,
        "severity": found.severity and found.severity.value,
        "reason": found.reason and found.reason.value,
        "eye": found.eye,
        "recognised": round(found.recognised, 3),
        "confidence": round(found.confidence, 3),
        "seen": [{"kind": item.kind.value, "value": item.value} for item in found.seen],
    }


def counters(outcome: TurnOutcome) -> dict[str, Any]:
    """The conversation's short memory after this turn."""
    decision, turn = outcome.decision, outcome.turn
    asking = decision.outcome is Outcome.ASK
    wanted = decision.unserved if asking and decision.question not in PROGRESS else ()
    pending = [intent.value for intent in wanted if intent is not Intent.OUT_OF_SCOPE]
    failed = turn.failed + 1 if asking and decision.question in FAILING else (turn.failed if asking else 0)
    return {
        "asked": _asked(outcome) if asking else 0,
        "failed": failed,
        "mismatches": 0 if outcome.newly_proven else turn.mismatches + int(outcome.mismatch),
        "pending_intents": pending,
        "proven_orders": list(dict.fromkeys([*turn.identity.proven_orders, *outcome.newly_proven])),
        "language": _language(outcome),
        "forced": None,
        "offers": _offers(outcome),
    }


def _asked(outcome: TurnOutcome) -> int:
    if outcome.decision.question in PROGRESS:
        return 0
    return 1 if _moved_on(outcome) else outcome.turn.asked + 1


def _offers(outcome: TurnOutcome) -> dict[str, Any] | None:
    """What the customer may choose from now; what was on offer is remembered for some turns, until it is used."""
    decision, before = outcome.decision, outcome.turn.pending
    if decision.offers and _shown(outcome):
        known = before if before and before.offers == decision.offers else None
        until = known.until if known else outcome.turn.now + OFFERED_FOR  # asked for again, they are no younger
        made = Pending(offers=decision.offers, role=decision.role, by=decision.by, chosen=decision.chosen, until=until)
        return pending_json(replace(made, turns=max(known.turns - 1, 1)) if known else made)
    if before is None or decision.chosen or before.turns <= 1:
        return None
    return pending_json(replace(before, turns=before.turns - 1))


def _shown(outcome: TurnOutcome) -> bool:
    """Nobody chooses from what only the operator has read: a "1" would be taken for a wish."""
    decision, before = outcome.decision, outcome.turn.pending
    read_now = decision.outcome is Outcome.ASK or (decision.told and outcome.reply is not None)
    return read_now or (before is not None and before.offers == decision.offers)


def _moved_on(outcome: TurnOutcome) -> bool:
    """Whether the customer gave what had been asked for: then the next question is a first one again."""
    if outcome.mismatch:
        return False
    before = "\n".join(message.text for message in outcome.turn.history).casefold()
    facts = (item.value for item in outcome.triage.entities if item.kind in PROOF)
    return bool(outcome.newly_proven) or any(value.casefold() not in before for value in facts)


def _language(outcome: TurnOutcome) -> str | None:
    triage = outcome.triage
    return triage.language if triage.language_sure else (outcome.turn.language or triage.language)
