"""Return: label, receipt, inspection, and then money, another piece, a repair, or back to the customer."""

from agent.commerce.remedies.procedures.parts import CLOSED, procedure
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Move, Step

STEPS = (
    Step(
        name="labelled",
        actor=Actor.CUSTOMER,
        standard="The customer has the label and sends the parcel. Remind once after ten business days; after thirty let it lapse.",
        shown="step-return-labelled",
        days=30,
    ),
    Step(
        name="received",
        actor=Actor.WAREHOUSE,
        standard="Scan the return number at the door and inspect within two business days. Compare article and pieces with the slip first.",
        shown="step-return-received",
        days=2,
    ),
    Step(
        name="inspected",
        actor=Actor.OPERATOR,
        standard="Read grade and photos, and choose what the grade allows and the customer asked for. A withdrawal within 14 days is always paid.",
        shown="step-return-inspected",
        days=1,
    ),
    Step(
        name="refunding",
        actor=Actor.SHOP,
        standard="The refund goes to the first way of payment, less the label's fee where one is due. Nobody says 'refunded' before it is confirmed.",
        shown="step-return-refunding",
        days=10,
    ),
    Step(
        name="exchanging",
        actor=Actor.SHOP,
        standard="The other piece is locked in the nearest warehouse that has it. If none has it any more, offer the refund.",
        shown="step-return-exchanging",
        days=2,
    ),
    Step(
        name="repairing",
        actor=Actor.WAREHOUSE,
        standard="The workshop repairs and sends the piece back within ten business days. What cannot be repaired goes back to the choice.",
        shown="step-return-repairing",
        days=10,
    ),
    Step(
        name="sent_back",
        actor=Actor.CARRIER,
        standard="The piece travels back to the customer with a letter that names the grade and the reason. Keep the photos for two years.",
        shown="step-return-sent-back",
        days=10,
    ),
    Step(
        name="lapsed",
        actor=Actor.CUSTOMER,
        standard="The parcel never came and the label has lapsed. A parcel that comes later is inspected all the same: open a new return.",
        shown="step-return-lapsed",
    ),
    Step(name=CLOSED, actor=Actor.SHOP, standard="Settled. Nothing is left to be done.", shown="step-return-closed"),
)
MOVES = (
    Move("received", "labelled", "received"),
    Move("lapsed", "labelled", "lapsed"),
    Move("inspected", "received", "inspected"),
    Move("refund", "inspected", "refunding", RemedyKind.REFUND),
    Move("exchange", "inspected", "exchanging", RemedyKind.EXCHANGE),
    Move("repair", "inspected", "repairing"),
    Move("send_back", "inspected", "sent_back"),
    Move("refunded", "refunding", CLOSED),
    Move("refund_failed", "refunding", "inspected"),
    Move("exchanged", "exchanging", CLOSED),
    Move("exchange_failed", "exchanging", "inspected"),
    Move("repaired", "repairing", "sent_back"),
    Move("beyond_repair", "repairing", "inspected"),
    Move("delivered", "sent_back", CLOSED),
)
RETURN = procedure(RemedyKind.RETURN, STEPS, MOVES, (CLOSED, "lapsed"), first="labelled", asked="step-return-requested")
