"""A remedy on its way: explicit steps, who acts in each and by which standard, and the moves between them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent.domain.decision import RemedyKind
from agent.errors import Conflict


class Actor(StrEnum):
    """Who has to do something for the next move to come."""

    SHOP = "shop"
    WAREHOUSE = "warehouse"
    CARRIER = "carrier"
    CUSTOMER = "customer"
    OPERATOR = "operator"


class MoveNotAllowed(Conflict):
    """This cannot happen in the present step. Reload the case to see what may happen next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str
    actor: Actor
    standard: str  # operating procedure for staff, in English
    shown: str = ""  # phrase key of what the customer is told; "" = nothing
    days: int | None = None  # due in so many business days


@dataclass(frozen=True, slots=True)
class Move:
    event: str
    before: str
    after: str
    effect: RemedyKind | None = None  # what is to be planned with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """`ends` are the steps that nothing leads out of."""

    kind: RemedyKind
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    start: str
    ends: frozenset[str]

    def step(self, name: str) -> Step:
        """Raises MoveNotAllowed for a step this procedure does not have."""
        for step in self.steps:
            if step.name == name:
                return step
        raise MoveNotAllowed(f'The procedure "{self.kind}" has no step "{name}". Its steps: {", ".join(s.name for s in self.steps)}.')

    def open_moves(self, step: str) -> tuple[Move, ...]:
        """What may happen next, in the order of the table."""
        return tuple(move for move in self.moves if move.before == step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something the warehouse, the carrier or the shop did that moves a procedure. `key` is the same however often it is told."""

    key: str
    event: str
    order: str  # the order whose remedy it is: the first one, not its replacement
    kind: RemedyKind
    reference: str  # number of the return, the new order, the claim or the repair
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


def move(procedure: Procedure, step: str, event: str) -> Move:
    """The move that `event` makes in this step. Raises MoveNotAllowed."""
    for each in procedure.open_moves(procedure.step(step).name):
        if each.event == event:
            return each
    allowed = ", ".join(each.event for each in procedure.open_moves(step)) or "nothing, it is over"
    raise MoveNotAllowed(f'"{event}" cannot happen while a {procedure.kind} is "{step}". Possible now: {allowed}.')


def advance(procedure: Procedure, step: str, event: str) -> str:
    """Name of the step after `event`. Raises MoveNotAllowed."""
    return move(procedure, step, event).after
