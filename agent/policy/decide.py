"""resolve | ask | hand off, with the reason. The order of the steps is the policy."""

from collections.abc import Iterable
from dataclasses import replace

from agent.domain.decision import Decision, Desk, Offer, Outcome, Reason, Remedy, RemedyKind
from agent.domain.intents import ARRIVED_WRONG, COURTESY, Intent
from agent.domain.triage import Flag
from agent.policy.choosing import by_choice
from agent.policy.escalation import is_vip, must_hand_over
from agent.policy.limits import highest
from agent.policy.offering import may_be_told, other_shipping, ways_out
from agent.policy.serve import plan, told_by_an_article
from agent.policy.view import Plan, View


def decide(view: View) -> Decision:
    plans = [plan(view, item.intent) for item in view.triage.intents]
    if forced := _forced(view):
        return _hand_over_with_choice(view, plans, forced)
    return by_choice(view) or _of_its_own(view) or _by_plans(view, plans)


def _forced(view: View) -> list[tuple[Reason, Desk]]:
    """Reasons that leave nothing to decide."""
    forced = must_hand_over(view.turn, view.triage, view.context)
    if view.turn.forced:
        forced.append((Reason(view.turn.forced), Desk.OPERATOR))
    if view.turn.owner != "bot":
        forced.append((Reason.OPERATOR_OWNS, Desk.OPERATOR))
    return forced


def _hand_over_with_choice(view: View, plans: list[Plan], forced: list[tuple[Reason, Desk]]) -> Decision:
    """The operator finds what the customer chose meanwhile."""
    handed = _hand_over(view, plans, [reason for reason, _ in forced], [desk for _, desk in forced])
    choice = by_choice(view)
    return replace(handed, offers=choice.offers, chosen=choice.chosen) if choice and choice.chosen else handed


def _of_its_own(view: View) -> Decision | None:
    """What is decided whatever the wishes are read as."""
    if Flag.INJECTION in view.triage.flags:  # one that asks for nothing: else it would have been handed over
        return _resolve(view, [plan(view, Intent.OUT_OF_SCOPE)])
    ways = other_shipping(view)
    return _choose(view, ways) if ways else None


def _by_plans(view: View, plans: list[Plan]) -> Decision:
    if view.turn.photos and not any(item.intent in ARRIVED_WRONG for item in plans):
        # A picture says something that nobody has looked at.
        return _hand_over(view, plans, [Reason.NEEDS_JUDGEMENT], [Desk.OPERATOR])
    blocked = [item for item in plans if item.handover]
    if blocked:
        handed = _hand_over(view, plans, [_reason(item) for item in blocked], [_desk(item) for item in blocked])
        ways = ways_out(view, plans)
        return replace(handed, offers=ways, told=may_be_told(view, blocked, ways))
    unsure = _unsure(view, plans)
    if unsure:
        return _in_doubt(view, plans, unsure)
    question = next((item.question for item in plans if item.question), None)
    return _ask_or_hand_over(view, plans, question) if question else _resolve(view, plans)


def _choose(view: View, ways: tuple[Offer, ...]) -> Decision:
    """The customer decides between ways that the agent may go alone."""
    return Decision(
        outcome=Outcome.ASK,
        desk=Desk.AGENT,
        reasons=(Reason.NEEDS_CHOICE,),
        question=Reason.NEEDS_CHOICE,
        confidence=view.triage.main.score,
        offers=ways,
    )


def _resolve(view: View, plans: list[Plan]) -> Decision:
    remedies = _allowed(plans)
    acts = any(remedy.order and remedy.kind is not RemedyKind.ORDER_FACTS for remedy in remedies)
    return Decision(
        outcome=Outcome.RESOLVE,
        desk=Desk.AGENT,
        reasons=(Reason.REMEDIED if acts else Reason.ANSWERED,),
        remedies=remedies,
        confidence=view.triage.main.score,
    )


def _allowed(plans: list[Plan]) -> tuple[Remedy, ...]:
    """Each remedy once: two wishes may lead to the same facts."""
    return tuple(_once(remedy for item in plans for remedy in item.remedies if not remedy.blocked))


def _once(remedies: Iterable[Remedy]) -> Iterable[Remedy]:
    kept: dict[tuple[object, ...], Remedy] = {}
    for remedy in remedies:
        about = remedy.intent if remedy.order is None else None
        kept.setdefault((remedy.kind, remedy.order, about), remedy)
    return kept.values()


def _unsure(view: View, plans: list[Plan]) -> Reason | None:
    """The question to ask, or the reason to hand over, when confidence is below a remedy's certified threshold."""
    if _courtesy_only(plans) and (view.names_an_order() or view.turn.photos):
        return Reason.UNSURE  # nobody sends an order number to say thank you: more likely it is bitter
    scores = {item.intent: item.score for item in view.triage.intents}
    for item in plans:
        for remedy in item.remedies:
            minimum = view.thresholds.minimum(remedy.kind, demo=view.demo, reader=view.triage.reader)
            if minimum is None:
                return Reason.NOT_CERTIFIED
            if scores[item.intent] < minimum:
                return Reason.UNSURE
    return None


def _in_doubt(view: View, plans: list[Plan], reason: Reason) -> Decision:
    told = told_by_an_article(view) if reason is Reason.UNSURE else None
    return _resolve(view, [told]) if told else _ask_or_hand_over(view, plans, reason)


def _courtesy_only(plans: list[Plan]) -> bool:
    return all(item.intent in COURTESY for item in plans)


def _ask_or_hand_over(view: View, plans: list[Plan], question: Reason) -> Decision:
    if question is Reason.NOT_CERTIFIED:
        return _hand_over(view, plans, [question], [Desk.OPERATOR])
    if question is Reason.UNSURE and is_vip(view.context):
        return _hand_over(view, plans, [Reason.VIP_COMPLAINT, question], [Desk.OPERATOR])
    if view.turn.asked >= view.limits.questions_in_a_row:
        return _hand_over(view, plans, [Reason.FAILED_TURNS, question], [Desk.OPERATOR])
    return Decision(
        outcome=Outcome.ASK,
        desk=Desk.AGENT,
        reasons=(question,),
        remedies=tuple(remedy for item in plans for remedy in item.remedies if not remedy.blocked and remedy.order is None),
        question=question,
        confidence=view.triage.main.score,
        unserved=tuple(item.intent for item in plans),
    )


def _hand_over(view: View, plans: list[Plan], reasons: list[Reason], desks: list[Desk]) -> Decision:
    return Decision(
        outcome=Outcome.HANDOFF,
        desk=highest(desks),
        reasons=tuple(dict.fromkeys(reasons)),
        remedies=tuple(_once(remedy for item in plans for remedy in item.remedies)),
        confidence=view.triage.main.score,
        unserved=tuple(item.intent for item in plans),
    )


def _reason(item: Plan) -> Reason:
    return item.handover or Reason.NEEDS_JUDGEMENT


def _desk(item: Plan) -> Desk:
    return Desk.SUPPLY_CHAIN if item.supply_chain else Desk.OPERATOR
