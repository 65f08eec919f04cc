"""Refund: told to the payment provider, then on its way to the customer's bank."""

from agent.commerce.remedies.procedures.parts import CLOSED, procedure
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Move, Step

STEPS = (
    Step(
        name="ordered",
        actor=Actor.SHOP,
        standard="The provider has taken the refund. PayPal needs 1 to 3 business days, a bank transfer 3 to 5, a card 5 to 10.",
        shown="step-refund-ordered",
        days=10,
    ),
    Step(
        name="bounced",
        actor=Actor.OPERATOR,
        standard="The bank sent the money back: the card or account is closed. Ask the customer for another way through a signed form, never in the chat.",
        shown="step-refund-bounced",
        days=1,
    ),
    Step(name=CLOSED, actor=Actor.SHOP, standard="The money has arrived. Nothing is left to be done.", shown="step-refund-closed"),
)
MOVES = (
    Move("settled", "ordered", CLOSED),
    Move("bounced", "ordered", "bounced"),
    Move("settled", "bounced", CLOSED),
)
REFUND = procedure(RemedyKind.REFUND, STEPS, MOVES, (CLOSED,), first="ordered", asked="step-refund-requested")
