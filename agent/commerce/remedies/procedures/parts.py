"""What all procedures share: how they begin, and how they end when nothing can be done."""

from collections.abc import Iterable

from agent.domain.decision import RemedyKind
from agent.domain.procedure import Actor, Move, Procedure, Step

REQUESTED, CLOSED, FAILED, REFUSED = "requested", "closed", "failed", "refused"
#: Shown where a person takes over, whatever the remedy is.
HANDED_OVER = "step-other-handed-over"


def procedure(kind: RemedyKind, steps: Iterable[Step], moves: Iterable[Move], ends: Iterable[str], *, first: str, asked: str) -> Procedure:
    """`first` is where a confirmed effect leads, `asked` the phrase of the step before."""
    begin = Step(
        name=REQUESTED,
        actor=Actor.SHOP,
        standard="The wish is in the ledger and waits for its approval or for the shop's answer. Promise nothing before it is confirmed.",
        shown=asked,
        days=1,
    )
    opening = (Move("confirmed", REQUESTED, first), Move("failed", REQUESTED, FAILED), Move("refused", REQUESTED, REFUSED))
    return Procedure(
        kind=kind,
        steps=(begin, *steps, _FAILED, _REFUSED),
        moves=(*opening, *moves),
        start=REQUESTED,
        ends=frozenset((*ends, FAILED, REFUSED)),
    )


_FAILED = Step(
    name=FAILED,
    actor=Actor.OPERATOR,
    standard="The shop did not do it. Read the reason in the ledger, tell the customer today what happens instead, and plan that.",
    shown=HANDED_OVER,
)
_REFUSED = Step(
    name=REFUSED,
    actor=Actor.OPERATOR,
    standard="The second person said no. Give the customer the reason from the note in your own words, and offer what is left.",
    shown=HANDED_OVER,
)
