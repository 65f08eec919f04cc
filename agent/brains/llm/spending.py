"""What one turn spends on model calls: its calls, its deadline, the conversation that pays and whether its writer is known."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from agent.domain.model_call import ModelCall
from agent.settings import Settings

#: Calls of one turn, and the seconds from the first one's start to the end of the last one: less than any node of the graph may take, so that
#: an endpoint that hangs ends in a fallback and never in a broken turn.
CALLS_A_TURN, SECONDS_A_TURN = 8, 11.0


@dataclass(slots=True)
class Spending:
    """`calls` are those that reached for the endpoint so far, failed ones included. `known`: no stranger's turn."""

    conversation: str
    most: int = CALLS_A_TURN
    seconds: float = SECONDS_A_TURN
    clock: Callable[[], float] = time.monotonic
    calls: list[ModelCall] = field(default_factory=list[ModelCall])
    begun: int = 0
    until: float | None = None
    known: bool = False

    def begin(self) -> float | None:
        """The seconds that a further call may take; None when the turn may make no more."""
        now = self.clock()
        self.until = self.until if self.until is not None else now + self.seconds
        if self.begun >= self.most or now >= self.until:
            return None
        self.begun += 1
        return self.until - now


_spending: ContextVar[Spending | None] = ContextVar("model_spending", default=None)


@contextmanager
def spending(conversation: str, *, known: bool = False, most: int = CALLS_A_TURN, seconds: float = SECONDS_A_TURN) -> Generator[Spending]:
    """Every model call within, in tasks started in it too, counts for this conversation and this turn."""
    spent = Spending(conversation, most, seconds, known=known)
    token = _spending.set(spent)
    try:
        yield spent
    finally:
        _spending.reset(token)


def current() -> Spending | None:
    return _spending.get()


@contextmanager
def within(conversation: str, *, known: bool = False) -> Generator[Spending]:
    """The spending that is under way, or one of its own."""
    under_way = current()
    if under_way:
        yield under_way
        return
    with spending(conversation, known=known) as own:
        yield own


class MemoryMeter:
    """The Meter port without a database: a budget for every conversation, one for all calls, a share of it for strangers. Micro-euro."""

    def __init__(self, conversation: int = 250_000, total: int = 25_000_000, strangers: float = 0.5) -> None:
        self._limit, self._total, self._strangers = conversation, total, round(total * strangers)
        self.spent: dict[str, int] = {}
        self._by_strangers = 0
        self.calls: list[ModelCall] = []

    @classmethod
    def of(cls, settings: Settings) -> "MemoryMeter":
        """With the merchant's budgets: one process is taken to last a day at most."""
        return cls(round(settings.budget_conversation * 1_000_000), round(settings.budget_day * 1_000_000), settings.budget_strangers)

    async def reserve(self, conversation: str, cost: int, known: bool = True) -> bool:
        mine = self.spent.get(conversation, 0) + cost
        if (conversation and mine > self._limit) or sum(self.spent.values()) + cost > self._total:
            return False
        if not known and self._by_strangers + cost > self._strangers:
            return False
        self.spent[conversation] = mine
        self._by_strangers += 0 if known else cost
        return True

    async def settle(self, conversation: str, reserved: int, call: ModelCall, known: bool = True) -> None:
        self._by_strangers += 0 if known else call.cost - reserved
        self.spent[conversation] = max(self.spent.get(conversation, 0) - reserved + call.cost, 0)
        self.calls.append(call)
