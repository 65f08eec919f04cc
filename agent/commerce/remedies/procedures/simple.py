"""Remedies that are over as soon as the shop has confirmed them."""

from agent.commerce.remedies.procedures.parts import procedure
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Procedure, Step

_STANDARDS = {
    RemedyKind.CANCEL: "Cancelled; the pieces are free again and a mere authorisation is let go. What had been taken is on its way back.",
    RemedyKind.CHANGE_ADDRESS: "The new address is on the order. Read it back to the customer once, word for word.",
    RemedyKind.CHANGE_ITEMS: "The other articles are locked and the old ones are free again. Say the new total.",
    RemedyKind.CHANGE_PAYMENT: "The order is paid in the new way, and the old one is let go. Never ask for card data in the chat.",
    RemedyKind.CHANGE_SHIPPING: "The parcel travels by the new service. Say the new days, and the cost if there was one.",
    RemedyKind.RESEND_TRACKING: "The tracking link went to the order's own address. Read no number to anybody who has not shown to be the customer.",
    RemedyKind.COUPON: "The code is issued, one an order. A second one is a person's decision, and never for the same reason.",
    RemedyKind.WAIT: "The customer keeps waiting and has the code. Look at the parcel again after three business days without being asked.",
}


def _simple(kind: RemedyKind, standard: str) -> Procedure:
    done = Step(name="done", actor=Actor.SHOP, standard=standard, shown="step-other-done")
    return procedure(kind, (done,), (), ("done",), first="done", asked="step-other-requested")


SIMPLE = {kind: _simple(kind, standard) for kind, standard in _STANDARDS.items()}
