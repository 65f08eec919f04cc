"""What photos change in a judgement. They narrow what a case is about and what is offered; they never grant anything. Pure."""

from agent.domain.commerce import Order, Piece
from agent.domain.decision import Offer, RemedyKind
from agent.domain.diagnosis import Defect, Diagnosis, Severity, Source, Unclear, Verdict
from agent.domain.intents import Intent
from agent.policy.view import View

#: From here an article is taken to be the one in the photo, and a defect to be there.
RECOGNISED, SURE = 0.9, 0.8
#: What a customer can mend with one more photo.
MENDABLE = (Unclear.TOO_DARK, Unclear.TOO_BRIGHT, Unclear.BLURRED, Unclear.TOO_SMALL)
#: What a photo shows says more exactly what went wrong than "damaged".
SHOWN: dict[Defect, Intent] = {
    Defect.WRONG_ITEM: Intent.WRONG_ITEM,
    Defect.WRONG_COLOUR: Intent.WRONG_ITEM,
    Defect.WRONG_SIZE: Intent.WRONG_ITEM,
    Defect.MISSING_PART: Intent.MISSING_ITEM,
}


def spoilt(view: View) -> Unclear | None:
    """Why none of this turn's photos can be read, when another one would help and none was sent before."""
    reasons = [found.reason for found in view.diagnoses]
    earlier = any(message.photos for message in view.turn.history)
    if earlier or not reasons or any(reason not in MENDABLE for reason in reasons):
        return None
    return reasons[0]


def shown_pieces(view: View, order: Order) -> tuple[Piece, ...]:
    """The lines of the order that the photos surely show; () when none, or all, are shown."""
    kept = [line for line in order.lines if line.quantity > line.returned]
    shown = {found.sku for found in view.diagnoses if found.among is Source.ORDER and found.recognised >= RECOGNISED}
    meant = tuple(Piece(line.sku, line.quantity - line.returned) for line in kept if line.sku in shown)
    return () if len(meant) == len(kept) else meant


def surely(view: View) -> list[Diagnosis]:
    return [found for found in view.diagnoses if found.verdict is not Verdict.CANNOT_TELL and found.confidence >= SURE]


def trouble(view: View, intent: Intent) -> Intent:
    """The wish as the photos make it out; only "damaged" is so vague that a photo may say better."""
    if intent is not Intent.DAMAGED:
        return intent
    return next((SHOWN[found.defect] for found in surely(view) if found.defect and found.defect in SHOWN), intent)


def contradicts(view: View) -> bool:
    """All that can be told of the photos is that nothing is wrong: a person looks before anything is offered."""
    found = surely(view)
    return bool(found) and all(item.verdict is Verdict.NO_DEFECT for item in found)


def fitting(view: View, ways: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Nobody is asked to keep what cannot be used; for a mark that is only to be seen, keeping it comes first."""
    severities = {found.severity for found in surely(view)}
    if Severity.UNUSABLE in severities:
        return tuple(way for way in ways if not _keeps(way))
    if severities == {Severity.MINOR}:
        return tuple(sorted(ways, key=lambda way: not _keeps(way)))
    return ways


def _keeps(way: Offer) -> bool:
    return way.remedy.kind is RemedyKind.REFUND and way.key == "offer-part-refund"


def tellable(view: View) -> list[Diagnosis]:
    """What a reply may say of the photos: sure findings, each once; "nothing wrong" only where no photo shows something."""
    whole = contradicts(view)
    kept = {(titled(view, found), found.defect): found for found in surely(view) if whole or found.verdict is Verdict.DEFECT}
    return list(kept.values())


def titled(view: View, found: Diagnosis) -> str | None:
    """The article as the order calls it, where the photo surely shows one of the customer's own."""
    if found.among is not Source.ORDER or found.recognised < RECOGNISED:
        return None
    return next((line.title for order in view.orders for line in order.lines if line.sku == found.sku), None)


def seen_batches(view: View) -> set[str]:
    return {found.batch for found in view.diagnoses if found.batch}
