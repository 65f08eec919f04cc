"""Who writes: language, temper and the facts a customer knows. Goal, language and seed decide everything."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from eval import world
from eval.simulation.goal import Goal, Habit
from eval.simulation.phrases import Place, bank


class Temper(StrEnum):
    CALM = "calm"
    HURRIED = "hurried"  # bare facts, no sentences
    IRRITABLE = "irritable"  # grumbles from the first failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """`order` is the one it is about: a stranger's is not their own, `own` is. `mistyped` exists nowhere."""

    goal: Goal
    language: str
    seed: int
    temper: Temper
    name: str
    email: str
    order: str
    own: str
    mistyped: str
    product: str
    country: str
    place: Place
    topic: int

    @property
    def id(self) -> str:
        return f"{self.goal.id}-{self.language}-{self.seed}"

    @property
    def wish(self) -> str:
        """In English, for a language-model customer."""
        return self.goal.wish.format(topic=self.goal.topics[self.topic] if self.goal.topics else "")

    def random(self, purpose: str) -> Random:
        return Random(f"{self.id}:{purpose}")  # noqa: S311 - a draw to repeat, no secret


def persona(goal: Goal, language: str, seed: int) -> Persona:
    at = seed % world.PEOPLE
    own = world.number(language, goal.state or "transit", at)
    other = world.number(language, goal.state or "transit", (at + 1) % world.PEOPLE)
    mine = world.orders()[own]
    draw = Random(f"{goal.id}-{language}-{seed}:persona")  # noqa: S311 - a draw to repeat, no secret
    return Persona(
        goal=goal,
        language=language,
        seed=seed,
        temper=draw.choice(list(Temper)),
        name=mine.customer.name,
        email=mine.customer.email,
        order=other if goal.habit is Habit.STRANGER else own,
        own=own,
        mistyped=f"{own[:-1]}{draw.randrange(world.PEOPLE, 10)}",
        product=mine.lines[0].title,
        country=mine.address.country,
        place=bank(language).place,
        topic=draw.randrange(len(goal.topics)) if goal.topics else 0,
    )
