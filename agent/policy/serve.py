"""One wish -> one plan: from an order, from the knowledge base, or by courtesy."""

from agent.domain.commerce import Order, OrderState
from agent.domain.decision import Reason, Remedy, RemedyKind
from agent.domain.intents import COURTESY, FROM_KNOWLEDGE, NEEDS_ORDER, WHEREABOUTS, Intent
from agent.domain.triage import IntentScore
from agent.policy import orders
from agent.policy.days import ON_THE_WAY
from agent.policy.identity import offered
from agent.policy.view import Plan, View
from knowledge.search import Passage, SearchResult

#: Served from an order when one is proven, else from the articles.
EITHER = {Intent.CUSTOMS, Intent.WITHDRAWAL}
#: The whole answer is one sentence; nothing is looked up.
SENTENCE = COURTESY | {Intent.OUT_OF_SCOPE}

#: Whatever is said of these, is said of a parcel.
NEEDS_SHIPMENT = ON_THE_WAY | orders.ARRIVED
#: Answered from what a shop said last, with its age, while it does not answer.
TOLD_OF_OLD = WHEREABOUTS | {Intent.REFUND_STATUS, Intent.CUSTOMS, Intent.SHIPPING_INFO}

#: From here on a passage speaks for itself.
KNOWN = 0.95
#: Below it another article is no answer.
NEAR = 0.02


def plan(view: View, intent: Intent) -> Plan:
    if intent is Intent.GREETING and view.triage.wants(Intent.PRAISE):
        return Plan(intent=intent)  # thanks are answered with thanks, not with "how can I help"
    if intent in SENTENCE:
        return Plan(intent=intent, remedies=(Remedy(kind=RemedyKind.ANSWER, intent=intent),))
    if intent is Intent.COMPLAINT:
        return Plan(intent=intent, handover=Reason.COMPLAINT)
    if intent in NEEDS_ORDER or (intent in EITHER and (view.orders or view.names_an_order())):
        return _with_order(view, intent)
    if intent in FROM_KNOWLEDGE:
        return _from_knowledge(view, intent)
    return Plan(intent=intent, handover=Reason.NEEDS_JUDGEMENT)


def _with_order(view: View, intent: Intent) -> Plan:
    if view.context.stale:
        return Plan(intent=intent, handover=Reason.SOURCE_DOWN)
    question = missing_proof(view)
    if question:
        return Plan(intent=intent, question=question)
    candidates = orders.meant(view, intent)
    if len(candidates) != 1:
        return Plan(intent=intent, question=Reason.NEEDS_ORDER if not candidates else Reason.NEEDS_DETAIL)
    (order,) = candidates
    if not _told_enough(order):
        return Plan(intent=intent, handover=Reason.UNKNOWN_STATE)
    return _of_old(intent, order) if order.stale else orders.PLANNERS[intent](view, intent, order)


def _told_enough(order: Order) -> bool:
    """Whether the shop says what its state needs: a parcel that is under way without a shipment is a riddle for a person."""
    return order.state is not OrderState.UNKNOWN and (order.state not in NEEDS_SHIPMENT or bool(order.shipments))


def _of_old(intent: Intent, order: Order) -> Plan:
    """Nothing is changed by what a shop said some time ago; where the parcel was then, may be told."""
    if intent in TOLD_OF_OLD:
        return Plan(intent=intent, remedies=(Remedy(kind=RemedyKind.ORDER_FACTS, intent=intent, order=order.number),))
    return Plan(intent=intent, handover=Reason.SOURCE_DOWN)


def missing_proof(view: View) -> Reason | None:
    """The one thing to ask for before any order fact; None when an order is proven."""
    customer, proof = view.context.customer, offered(view.turn, view.triage)
    if customer.mismatch:
        return Reason.IDENTITY_MISMATCH
    if customer.orders:
        return None
    if proof.numbers and not proof.email:
        return Reason.NEEDS_EMAIL
    return Reason.NEEDS_ORDER


def _from_knowledge(view: View, intent: Intent) -> Plan:
    customer = view.context.customer
    answer = Remedy(kind=RemedyKind.ANSWER, intent=intent)
    if intent is Intent.STOCK:
        return Plan(intent=intent, remedies=(answer,)) if customer.availability else Plan(intent=intent, question=Reason.NEEDS_DETAIL)
    on_topic = any(intent.value in passage.intents for passage in view.found.passages)
    priced = intent is Intent.PRODUCT_QUESTION and customer.products
    if priced or (view.found.passages and (view.found.answerable or on_topic)):
        return Plan(intent=intent, remedies=(answer,))
    return Plan(intent=intent, handover=Reason.NOTHING_FOUND)


def told_by_an_article(view: View) -> Plan | None:
    """A question whose wish is not understood, but which an article answers almost certainly: editors write on what no reader was taught.

    Nobody who writes about an order, or wants two things, is answered so.
    """
    (first, *more), best = view.triage.intents, next(iter(view.found.passages), None)
    if more or first.intent not in FROM_KNOWLEDGE | {Intent.OUT_OF_SCOPE} or view.names_an_order() or view.turn.photos:
        return None
    if best is None or not view.found.answerable or not (_surely_meant(view.found) or _both_say_so(view, first, best)):
        return None
    said = (first.intent.value,) if first.intent.value in best.intents else best.intents[:1]
    on = next((intent for intent in FROM_KNOWLEDGE if said == (intent.value,)), None)
    if best.intents and on is None:
        return None
    intent = on or Intent.PRODUCT_QUESTION
    return Plan(intent=intent, remedies=(Remedy(kind=RemedyKind.ANSWER, intent=intent),))


def _both_say_so(view: View, wish: IntentScore, best: Passage) -> bool:
    """The reader's doubt and the search's are two: both must be wrong for an article on the very wish that was heard to be the wrong one."""
    needed = view.thresholds.minimum(RemedyKind.ANSWER, demo=view.demo, reader=view.triage.reader)
    if needed is None or wish.intent.value not in best.intents:
        return False
    return 1 - (1 - wish.score) * (1 - best.score) >= needed


def _surely_meant(found: SearchResult) -> bool:
    """The best article is certain by itself, or no other comes near it: a new topic looks unlike what shops are asked, and scores less for it."""
    best, *others = [passage.score for passage in found.passages]
    return best >= KNOWN or (bool(others) and others[0] < NEAR)
