"""What a scorer is: it looks at one turn, its label and what happened, and says right, wrong, or not mine to judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.case import Case, CaseTurn, Gold
from eval.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A turn with its label, and what was said and done before it in the same conversation."""

    case: Case
    index: int
    record: Record
    earlier: Sequence[Record] = ()

    @property
    def turn(self) -> CaseTurn:
        return self.case.turns[self.index]

    @property
    def gold(self) -> Gold:
        return self.turn.gold

    @property
    def last(self) -> bool:
        return self.index == len(self.case.turns) - 1

    @property
    def said(self) -> str:
        """All that the customer has written so far."""
        return "\n".join(turn.text for turn in self.case.turns[: self.index + 1])


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` names what is wrong; `spans` are the pieces of the reply it is about."""

    wrong: bool
    why: str = ""
    spans: tuple[str, ...] = ()


RIGHT = Verdict(False)


class Scorer(Protocol):
    """Named after the fear. Called for turns that did not crash."""

    def __call__(self, played: Played) -> Verdict | None:
        """None when this turn says nothing about the fear."""
        ...


def judged(why: str, spans: Sequence[str] = ()) -> Verdict:
    """Right when there is nothing to say."""
    return Verdict(bool(why), why, tuple(spans))
