"""Repair: a technician visits what is too bulky to send."""

from agent.commerce.remedies.procedures.parts import CLOSED, procedure
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Move, Step

STEPS = (
    Step(
        name="booked",
        actor=Actor.SHOP,
        standard="The technician has day, address and fault. Ring the customer on the day before; nobody is asked for payment under warranty.",
        shown="step-repair-booked",
        days=10,
    ),
    Step(
        name="missed",
        actor=Actor.OPERATOR,
        standard="Nobody met. Find out who was not there, and book a new day within two business days.",
        shown="step-repair-missed",
        days=1,
    ),
    Step(
        name="beyond_repair",
        actor=Actor.OPERATOR,
        standard="The technician could not mend it. Offer a new piece or the refund today; a second visit only if the customer wants it.",
        shown="step-repair-beyond-repair",
        days=1,
    ),
    Step(
        name="replacing",
        actor=Actor.SHOP,
        standard="Refund or new piece is ordered. It has a procedure of its own; close this one with its confirmation.",
        shown="step-repair-replacing",
        days=2,
    ),
    Step(name=CLOSED, actor=Actor.SHOP, standard="Mended or made good. Nothing is left to be done.", shown="step-repair-closed"),
)
MOVES = (
    Move("repaired", "booked", CLOSED),
    Move("missed", "booked", "missed"),
    Move("booked_again", "missed", "booked"),
    Move("beyond_repair", "booked", "beyond_repair"),
    Move("booked_again", "beyond_repair", "booked"),
    Move("refund", "beyond_repair", "replacing", RemedyKind.REFUND),
    Move("reship", "beyond_repair", "replacing", RemedyKind.RESHIP),
    Move("settled", "replacing", CLOSED),
    Move("settling_failed", "replacing", "beyond_repair"),
)
REPAIR = procedure(RemedyKind.REPAIR, STEPS, MOVES, (CLOSED,), first="booked", asked="step-repair-requested")
