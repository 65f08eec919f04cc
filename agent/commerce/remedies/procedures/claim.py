"""Claim: the carrier looks for a parcel, and pays for it when it stays lost."""

from agent.commerce.remedies.procedures.parts import CLOSED, procedure
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Move, Step

STEPS = (
    Step(
        name="filed",
        actor=Actor.CARRIER,
        standard="The carrier answers within five business days. Ring its desk on the sixth; the customer does not wait for its money.",
        shown="step-claim-filed",
        days=5,
    ),
    Step(
        name="found",
        actor=Actor.CARRIER,
        standard="The parcel is under way again. Look at its scans after three business days.",
        shown="step-claim-found",
        days=3,
    ),
    Step(
        name="lost",
        actor=Actor.OPERATOR,
        standard="The carrier pays us. If the customer has neither a new parcel nor the refund yet, let the customer choose today.",
        shown="step-claim-lost",
        days=1,
    ),
    Step(
        name="denied",
        actor=Actor.OPERATOR,
        standard="The carrier says it was delivered and shows whom to. Ask the customer about that place once; in doubt the customer is right.",
        shown="step-claim-denied",
        days=1,
    ),
    Step(
        name="settling",
        actor=Actor.SHOP,
        standard="Refund or new parcel is ordered. It has a procedure of its own; close this one with its confirmation.",
        shown="step-claim-settling",
        days=2,
    ),
    Step(name=CLOSED, actor=Actor.SHOP, standard="Arrived or made good. Nothing is left to be done.", shown="step-claim-closed"),
)
MOVES = (
    Move("found", "filed", "found"),
    Move("lost", "filed", "lost"),
    Move("denied", "filed", "denied"),
    Move("delivered", "found", CLOSED),
    Move("lost", "found", "lost"),
    Move("refund", "lost", "settling", RemedyKind.REFUND),
    Move("reship", "lost", "settling", RemedyKind.RESHIP),
    Move("settled", "lost", CLOSED),
    Move("refund", "denied", "settling", RemedyKind.REFUND),
    Move("reship", "denied", "settling", RemedyKind.RESHIP),
    Move("settled", "denied", CLOSED),
    Move("settled", "settling", CLOSED),
    Move("settling_failed", "settling", "lost"),
)
CLAIM = procedure(RemedyKind.CLAIM, STEPS, MOVES, (CLOSED,), first="filed", asked="step-claim-requested")
