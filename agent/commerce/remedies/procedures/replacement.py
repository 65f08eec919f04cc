"""Exchange and reship: another piece, locked on the shelf at once and sent when its turn comes."""

from agent.commerce.remedies.procedures.parts import CLOSED, procedure
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Move, Step


def _sending(kind: str) -> tuple[Step, ...]:
    return (
        Step(
            name="packing",
            actor=Actor.WAREHOUSE,
            standard="The new order is locked on the shelf and goes before all others. Pack it today, or tomorrow if it came in after 14:00.",
            shown=f"step-{kind}-packing",
            days=1,
        ),
        Step(
            name="shipped",
            actor=Actor.CARRIER,
            standard="The new tracking number has gone to the customer. Look at it after four business days without a scan.",
            shown=f"step-{kind}-shipped",
            days=15,
        ),
        Step(
            name="lost",
            actor=Actor.OPERATOR,
            standard="The replacement is lost as well: no third parcel by the machine. Open a claim, and settle it with the customer by telephone.",
            shown="step-other-handed-over",
        ),
        Step(
            name="cancelled",
            actor=Actor.OPERATOR,
            standard="The new order was cancelled and its pieces are free again. Make sure that the customer got something else instead.",
            shown="step-other-handed-over",
        ),
        Step(name=CLOSED, actor=Actor.SHOP, standard="Delivered. Nothing is left to be done.", shown=f"step-{kind}-closed"),
    )


_SENT = (
    Move("shipped", "packing", "shipped"),
    Move("cancelled", "packing", "cancelled"),
    Move("delivered", "shipped", CLOSED),
    Move("lost", "shipped", "lost"),
)
_BACK = (
    Step(
        name="labelled",
        actor=Actor.CUSTOMER,
        standard="The customer has the label for the old piece, and the new one is locked. Remind once after ten business days.",
        shown="step-exchange-labelled",
        days=30,
    ),
    Step(
        name="received",
        actor=Actor.WAREHOUSE,
        standard="Inspect within two business days by the standard of returns. The new piece stays locked until then.",
        shown="step-exchange-received",
        days=2,
    ),
    Step(
        name="inspected",
        actor=Actor.OPERATOR,
        standard="Grades A and B release the new piece. Otherwise send the old one back and give the new one free; C may be accepted by a person.",
        shown="step-exchange-inspected",
        days=1,
    ),
    Step(
        name="sent_back",
        actor=Actor.CARRIER,
        standard="The old piece travels back with a letter that names the grade and the reason; the new order is cancelled.",
        shown="step-exchange-sent-back",
        days=10,
    ),
    Step(
        name="lapsed",
        actor=Actor.CUSTOMER,
        standard="The old piece never came: cancel the new order so that its pieces are free again.",
        shown="step-exchange-lapsed",
    ),
)
_RETURNED = (
    Move("received", "labelled", "received"),
    Move("lapsed", "labelled", "lapsed"),
    Move("cancelled", "labelled", "cancelled"),
    Move("inspected", "received", "inspected"),
    Move("accepted", "inspected", "packing"),
    Move("send_back", "inspected", "sent_back"),
    Move("returned", "sent_back", CLOSED),
)
_ENDS = (CLOSED, "lost", "cancelled")
EXCHANGE = procedure(
    RemedyKind.EXCHANGE,
    (*_BACK, *_sending("exchange")),
    (*_RETURNED, *_SENT),
    (*_ENDS, "lapsed"),
    first="labelled",
    asked="step-exchange-requested",
)
RESHIP = procedure(RemedyKind.RESHIP, _sending("reship"), _SENT, _ENDS, first="packing", asked="step-reship-requested")
