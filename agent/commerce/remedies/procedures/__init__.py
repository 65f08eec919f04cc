"""Every remedy as an explicit small state machine, with its operating procedure."""

from agent.commerce.remedies.procedures.claim import CLAIM
from agent.commerce.remedies.procedures.money import REFUND
from agent.commerce.remedies.procedures.repair import REPAIR
from agent.commerce.remedies.procedures.replacement import EXCHANGE, RESHIP
from agent.commerce.remedies.procedures.return_ import RETURN
from agent.commerce.remedies.procedures.simple import SIMPLE
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Procedure, advance, move

PROCEDURES: dict[RemedyKind, Procedure] = {
    **{each.kind: each for each in (RETURN, EXCHANGE, RESHIP, REFUND, REPAIR, CLAIM)},
    **SIMPLE,
}
#: Every phrase a customer may be shown of a remedy's progress.
PHRASES: tuple[str, ...] = tuple(sorted({step.shown for each in PROCEDURES.values() for step in each.steps if step.shown}))

__all__ = ["PHRASES", "PROCEDURES", "advance", "move"]
