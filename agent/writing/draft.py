"""What an operator is offered to send, and what the customer is told meanwhile."""

from collections.abc import Callable, Sequence

from agent.domain.decision import Decision, Reason, Remedy, RemedyKind
from agent.domain.diagnosis import Defect, Diagnosis
from agent.domain.intents import FROM_KNOWLEDGE
from agent.domain.languages import SUPPORTED
from agent.domain.message import Author, Message
from agent.domain.triage import Sentiment
from agent.phrasing import Phrases, money
from agent.policy.limits import answer_hours
from agent.policy.orders import days_late
from agent.policy.photos import tellable, titled
from agent.policy.view import View
from agent.writing.answer import quote_on
from agent.writing.done import order_of
from agent.writing.facts import order_facts
from agent.writing.offering import offer
from agent.writing.writer import Writer

SORRY = {Reason.NEEDS_JUDGEMENT, Reason.OVER_LIMIT, Reason.BAD_BATCH, Reason.COMPLAINT, Reason.ANGER, Reason.VIP_COMPLAINT}


#: Served by telling, not by doing.
TOLD = {RemedyKind.ANSWER, RemedyKind.ORDER_FACTS}


def draft(write: Writer, view: View, decision: Decision, brand: str) -> None:
    """Greeting, regret, the facts that are known, the remedies on offer, closing."""
    name = view.orders[0].customer.name if view.orders else ""
    if name:
        first = view.orders[0]
        write.say("draft-hello", write.cite("order", first.number, f"#{first.number}", first.read_at.isoformat()), name=name)
        write.paragraph()
    write.say("draft-thanks")
    if view.triage.sentiment is Sentiment.NEGATIVE or SORRY & set(decision.reasons):
        write.say("draft-sorry")
    _seen(write, view)
    if Reason.SAFETY in decision.reasons:  # who was hurt does not ask for a date
        write.say("handoff-safety")
    else:
        for order in view.orders[:2]:
            order_facts(write, order, today_late=days_late(view, order))
    write.paragraph()
    # One offer, and none that a limit stops: an approved draft is a promise.
    offers = [remedy for remedy in _promised(decision) if remedy.kind in OFFERS and remedy.order and not remedy.blocked][:1]
    for remedy in offers:
        OFFERS[remedy.kind](write, view, remedy)
    for intent in decision.unserved:
        if intent in FROM_KNOWLEDGE:
            quote_on(write, view, intent)
    write.paragraph()
    _promise(write, decision, bool(offers) or _complete(decision))
    write.paragraph()
    write.say("draft-closing", write.cite("shop", brand, brand), brand=brand)


def _seen(write: Writer, view: View) -> None:
    """That somebody looked at the photos; of what cannot be told, nothing is said."""
    for found in tellable(view):
        values = finding(write.phrases, view, found, write.language)
        key = "draft-photo-of" if "product" in values else "draft-photo"
        write.say(key, write.cite("photo", found.photo, values.get("product", "photo")), **values)


def finding(phrases: Phrases, view: View, found: Diagnosis, language: str) -> dict[str, str]:
    """The values of its sentence; `product` only where the photo surely shows one of the customer's own."""
    title = titled(view, found)
    seen = phrases.render(f"seen-{(found.defect or Defect.NONE).value.replace('_', '-')}", language)
    return ({"product": title} if title else {}) | {"finding": seen}


def _promised(decision: Decision) -> tuple[Remedy, ...]:
    """What the customer chose, else what the pack allows, best first, else what the wish's plan suggests."""
    if decision.chosen:
        return (decision.chosen.remedy,)
    return tuple(way.remedy for way in decision.offers) or decision.remedies


def _complete(decision: Decision) -> bool:
    """Only certainty was missing: the draft says all there is to say."""
    return set(decision.reasons) <= {Reason.NOT_CERTIFIED, Reason.UNSURE} and any(item.kind in TOLD for item in decision.remedies)


def _promise(write: Writer, decision: Decision, offered: bool) -> None:
    if Reason.PRIVACY in decision.reasons:
        write.say("draft-privacy")
    elif not offered:
        write.say("draft-look")


def _order(write: Writer, remedy: Remedy) -> str:
    return write.cite("order", remedy.order or "", f"#{remedy.order}")


def _refund(write: Writer, view: View, remedy: Remedy) -> None:
    if remedy.amount:
        write.say("draft-refund", _order(write, remedy), amount=money(remedy.amount, write.language), order=remedy.order or "")


def _reship(write: Writer, view: View, remedy: Remedy) -> None:
    shipment = order_of(view, remedy).shipment
    code = shipment.warehouse if shipment else "RTM"
    place = write.phrases.render(f"warehouse-{code}", write.language)
    write.say("draft-reship", _order(write, remedy), order=remedy.order or "", warehouse=place)


def _exchange(write: Writer, view: View, remedy: Remedy) -> None:
    lines = order_of(view, remedy).lines
    sku = remedy.pieces[0].sku if remedy.pieces else next((found.sku for found in tellable(view) if found.sku), None)
    write.say("draft-exchange", _order(write, remedy), product=next((line for line in lines if line.sku == sku), lines[0]).title)


OFFERS: dict[RemedyKind, Callable[[Writer, View, Remedy], None]] = {
    RemedyKind.REFUND: _refund,
    RemedyKind.RESHIP: _reship,
    RemedyKind.EXCHANGE: _exchange,
    RemedyKind.RETURN: lambda write, view, remedy: write.say("draft-return", _order(write, remedy), order=remedy.order or ""),
    RemedyKind.CANCEL: lambda write, view, remedy: write.say("draft-cancel", _order(write, remedy), order=remedy.order or ""),
}


def acknowledge(write: Writer, view: View, decision: Decision) -> tuple[str, ...]:
    """What the customer reads at once while a person takes over. Returns keys of quick replies, if there is something to choose."""
    if decision.chosen and Reason.EFFECT_FAILED not in decision.reasons:
        write.say("choice-noted")
        return ()
    if view.turn.owner != "bot" and not decision.chosen:
        _meanwhile(write, view, decision)
        return ()
    if Reason.SAFETY in decision.reasons:
        write.say("handoff-safety")
    elif view.triage.sentiment is Sentiment.NEGATIVE and SORRY & set(decision.reasons):
        write.say("handoff-sorry")
    if view.turn.photos:
        write.say("handoff-photos")
    write.say("handoff", hours=answer_hours(view.triage.urgency))
    if not decision.told:
        return ()
    quick = offer(write, view.context.customer, decision.offers)
    write.say("offers-confirm")
    return quick


def _last_said(history: Sequence[Message]) -> str:
    """By the agent or an operator; while a case waits, that is its acknowledgement until something else is sent."""
    return next((said.text for said in reversed(history) if said.author is not Author.CUSTOMER), "")


def _meanwhile(write: Writer, view: View, decision: Decision) -> None:
    """While the case waits: what to do in danger and by when, and thanks for a photo, each not twice in a row. Nothing beside an operator."""
    if view.turn.owner != "desk" or view.triage.bridged:
        return
    last = _last_said(view.turn.history)
    if Reason.SAFETY in decision.reasons and not _was_said("handoff-safety", write.phrases, last):
        write.say("handoff-safety")
        write.say("handoff", hours=answer_hours(view.triage.urgency))
    if view.turn.photos and not _was_said("handoff-photos", write.phrases, last):
        write.say("handoff-photos")


def _was_said(key: str, phrases: Phrases, last: str) -> bool:
    return any(phrases.render(key, language) in last for language in SUPPORTED)
