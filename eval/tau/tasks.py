"""A task of the benchmark: who writes, what they want, and the calls that serve it."""

from dataclasses import dataclass
from typing import Final

from eval.tau.writes import Call

#: Their first gold call asks to exchange what was never delivered: the tool refuses it, as our policy must.
REFUSED: Final = frozenset({"tau1-test-64", "tau2-64"})
#: Made by a program from the gold calls; the others were written by hand.
TEMPLATE: Final = "tau1-train"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """`user` is the customer's id; `second`: of the second release, whose users hold a key more."""

    id: str
    user: str
    instruction: str = ""
    intents: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def second(self) -> bool:
        return self.id.startswith("tau2")

    @property
    def templated(self) -> bool:
        return self.id.startswith(TEMPLATE)
