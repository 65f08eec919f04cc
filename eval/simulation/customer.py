"""What a simulated customer is: someone who sees the agent's last reply and writes the next line, or leaves."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent.domain.decision import Outcome, Reason
from eval.simulation.persona import Persona


class Question(StrEnum):
    """What the agent asks for, as a reader of its reply understands it."""

    BOTH = "both"  # order number and e-mail
    NUMBER = "number"
    EMAIL = "email"
    CHECK = "check"  # number and e-mail do not belong together: both once more
    WHICH = "which"  # of several orders
    ADDRESS = "address"
    PHOTO = "photo"
    DETAIL = "detail"  # what it is that is wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The agent's last turn from the customer's chair.

    `done`: kinds of effects confirmed so far on the order in question. `told`: orders and articles this reply gives facts of.
    `turn`: messages the customer has written.
    """

    reply: str
    outcome: Outcome
    turn: int
    language: str
    reason: Reason | None = None
    question: Question | None = None
    done: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """`last`: the customer has what they came for and says so. `demand`: a person is asked for."""

    text: str
    photos: int = 0
    last: bool = False
    demand: bool = False


class Customer(Protocol):
    async def next(self, seen: Seen | None) -> Line | None:
        """The next message; `seen` is None at the start. None: the customer gives up.

        Raises:
            CustomerFailed: the customer, not the agent, broke down.
        """
        ...


class Maker(Protocol):
    """Makes the customer for a persona."""

    def __call__(self, persona: Persona) -> Customer: ...


class CustomerFailed(Exception):
    """The simulated customer broke down; its conversation says nothing about the agent."""
