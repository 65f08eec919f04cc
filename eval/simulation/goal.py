"""What a simulated customer wants, and what shop and conversation must be like in the end: goals.toml, checked."""

import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, model_validator

from agent.domain.decision import Desk, RemedyKind
from eval.case import FinalOrder


class End(StrEnum):
    """How a conversation may end. The first three are the customer's lot, the others always failures."""

    RESOLVE = "resolve"
    HANDOFF = "handoff"
    GIVEN_UP = "given_up"
    ENDLESS = "endless"  # neither helped nor handed over when the last turn was spent
    CRASH = "crash"


class Habit(StrEnum):
    """What a customer does beside asking and answering."""

    PLAIN = "plain"
    WRONG_NUMBER = "wrong_number"
    CHANGED_MIND = "changed_mind"
    STRANGER = "stranger"


class Goal(BaseModel):
    """`articles` and `topics` run parallel to the openings of the phrase bank. The fields are explained in goals.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    wish: str
    ends: tuple[End, ...]
    state: str | None = None
    desks: tuple[Desk, ...] = ()
    effects: tuple[RemedyKind, ...] = ()
    may: tuple[RemedyKind, ...] = ()
    order: FinalOrder = FinalOrder()
    moved: bool = False  # the order must go to the new address, word for word
    told: bool = False
    photo: bool = False
    articles: tuple[tuple[str, ...], ...] = ()
    topics: tuple[str, ...] = ()
    habit: Habit = Habit.PLAIN

    @model_validator(mode="after")
    def _whole(self) -> "Goal":
        if (self.state is None) != bool(self.articles):
            raise ValueError(f"goals.toml, {self.id}: give the order's `state`, or `articles` when no order is needed.")
        if len(self.articles) != len(self.topics):
            raise ValueError(f"goals.toml, {self.id}: one of `topics` for each of `articles`.")
        return self

    @property
    def content(self) -> bool:
        """Whether the agent alone can make this customer happy."""
        return End.RESOLVE in self.ends


@lru_cache(maxsize=1)
def goals() -> dict[str, Goal]:
    raw = tomllib.loads(files("eval.simulation").joinpath("goals.toml").read_text(encoding="utf-8"))
    return {name: Goal.model_validate({"id": name, **entry}) for name, entry in raw.items()}


def chosen(names: list[str]) -> list[Goal]:
    """All goals when none is named. Raises ValueError naming those there are."""
    known = goals()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"No goal {', '.join(unknown)}. There are: {', '.join(known)}.")
    return [known[name] for name in names or known]
