"""What becomes of a customer's choice: judged once more on fresh facts, proven, and only then done. Pure."""

from dataclasses import replace

from agent.domain.commerce import Order
from agent.domain.decision import Decision, Desk, Offer, Outcome, Reason
from agent.domain.pending import CodeCheck, Pending
from agent.policy.choice import Declined, Unclear, chosen
from agent.policy.judge import Ruling, judge
from agent.policy.requests import request
from agent.policy.view import View


def by_choice(view: View) -> Decision | None:
    """None when nothing is on offer, or the customer writes of something else."""
    pending = view.turn.pending
    if pending is None:
        return None
    if pending.chosen and view.turn.code is not CodeCheck.NONE:
        return _by_code(view, pending, pending.chosen)
    picked = chosen(view.turn.text, pending.offers, view.triage.language)
    if isinstance(picked, Offer):
        return _grant(view, pending, picked)
    if isinstance(picked, Unclear) and (read := _read_by_a_model(view, pending)):
        return _call(view, pending, read, Reason.UNSURE)
    if isinstance(picked, Declined):
        return _call(view, pending, None, Reason.HUMAN_WANTED)
    if isinstance(picked, Unclear) and pending.turns <= 1:
        return _call(view, pending, None, Reason.FAILED_TURNS)
    if isinstance(picked, Unclear):
        return _ask(view, replace(pending, chosen=None), Reason.NEEDS_CHOICE)
    return None


def _read_by_a_model(view: View, pending: Pending) -> Offer | None:
    """What a model takes for the customer's choice, where our own reading is in doubt: a person confirms it."""
    number = view.context.customer.arguments.choice
    return pending.offers[number - 1] if number and number <= len(pending.offers) else None


def _by_code(view: View, pending: Pending, offer: Offer) -> Decision:
    if view.turn.code is CodeCheck.RIGHT:
        return _grant(view, pending, offer)
    if view.turn.code is CodeCheck.WRONG and view.turn.codes_left > 0:
        return _ask(view, pending, Reason.NEEDS_PROOF)
    if view.turn.code is CodeCheck.SPENT:
        return _ask(view, replace(pending, chosen=None), Reason.NEEDS_CHOICE)
    return _call(view, pending, offer, Reason.IDENTITY_MISMATCH)


def _grant(view: View, pending: Pending, offer: Offer) -> Decision:
    """Facts may have changed since the offer: the order is read afresh, and policy asked again."""
    order = next((order for order in view.orders if order.number == offer.remedy.order), None)
    if order is None or order.stale:
        return _call(view, pending, offer, Reason.SOURCE_DOWN)
    verdict = judge(view.packs(order.customer.country), request(view, order, offer.remedy, pending.role))
    offer = replace(offer, remedy=replace(offer.remedy, rule=verdict.rule))
    if verdict.ruling is Ruling.ALLOW:
        return _resolve(view, pending, offer) if _may_act(view, pending, offer) else _call(view, pending, offer, Reason.NOT_CERTIFIED)
    if verdict.reason is Reason.NEEDS_PROOF:
        return _prove(view, pending, offer, order)
    return _call(view, pending, offer, verdict.reason or Reason.NOT_ALLOWED)


def _may_act(view: View, pending: Pending, offer: Offer) -> bool:
    """What an operator offered, happens; what the agent offered, only where such remedies are certified, or in the demo."""
    if pending.by != "bot" or view.demo:
        return True
    found = view.thresholds.by_remedy.get(offer.remedy.kind)
    return found is not None and found.certified


def _resolve(view: View, pending: Pending, offer: Offer) -> Decision:
    return Decision(
        outcome=Outcome.RESOLVE,
        desk=Desk.AGENT,
        reasons=(Reason.REMEDIED,),
        remedies=(offer.remedy,),
        confidence=1.0,
        chosen=offer,
        by=pending.by,
        role=pending.role,
    )


def _prove(view: View, pending: Pending, offer: Offer, order: Order) -> Decision:
    """The code goes to the order's own address, whatever address was written in the chat."""
    return replace(_ask(view, replace(pending, chosen=offer), Reason.NEEDS_PROOF), proof=order.customer.email)


def _ask(view: View, pending: Pending, question: Reason) -> Decision:
    return Decision(
        outcome=Outcome.ASK,
        desk=Desk.AGENT,
        reasons=(question,),
        question=question,
        confidence=view.triage.main.score,
        offers=pending.offers,
        chosen=pending.chosen,
        by=pending.by,
        role=pending.role,
    )


def _call(view: View, pending: Pending, offer: Offer | None, reason: Reason) -> Decision:
    """A person, who finds what the customer chose."""
    return Decision(
        outcome=Outcome.HANDOFF,
        desk=Desk.OPERATOR,
        reasons=(reason,),
        remedies=(offer.remedy,) if offer else (),
        confidence=view.triage.main.score,
        unserved=tuple(item.intent for item in view.triage.intents),
        offers=pending.offers,
        chosen=offer,
    )
