"""How a scripted customer puts things: the phrase bank, coloured by temper, with a typo now and then."""

import re
from random import Random

from eval.simulation.customer import Question
from eval.simulation.persona import Persona, Temper
from eval.simulation.phrases import bank

TYPO, OTHER_DIGITS, GREETS = 0.12, 0.3, 0.5
#: Words whose letters may be swapped; scripts without such words have none.
_WORD = re.compile(r"(?<![{\w])[a-zà-öø-ÿа-яё]{6,}(?![\w}])")
_BARE = {Question.BOTH: "{order} {email}", Question.CHECK: "{order}, {email}", Question.NUMBER: "{order}", Question.EMAIL: "{email}"}


class Wording:
    """Never says the same sentence twice while there is another."""

    def __init__(self, persona: Persona) -> None:
        self._persona = persona
        self._bank = bank(persona.language)
        self._rng = persona.random("wording")
        self._used: set[str] = set()

    def opening(self) -> str:
        """A way to say what is wanted; the first question of a topic is that topic's."""
        lines = self._bank.openings[self._persona.goal.id]
        if self._persona.goal.topics:
            return self._written(lines[self._persona.topic])
        return self.say_one_of(lines)

    def hello(self) -> str:
        calm = self._persona.temper is Temper.CALM and self._rng.random() < GREETS
        return self.say("hello") if calm else ""

    def facts(self, question: Question, order: str) -> str:
        """Number, e-mail, or both."""
        if self._persona.temper is Temper.HURRIED:
            return self._filled(_BARE[question], order)
        return self.say(question.value, order)

    def say(self, kind: str, order: str | None = None) -> str:
        return self.say_one_of(self._bank.lines(kind), order)

    def say_one_of(self, lines: tuple[str, ...], order: str | None = None) -> str:
        fresh = [line for line in lines if line not in self._used] or list(lines)
        line = self._rng.choice(fresh)
        self._used.add(line)
        return self._written(line, order)

    def joined(self, *parts: str) -> str:
        gap = "" if self._persona.language in {"zh", "ja"} else " "
        return gap.join(part for part in parts if part)

    def _written(self, line: str, order: str | None = None) -> str:
        return self._filled(mistyped(line, self._rng), order)

    def _filled(self, line: str, order: str | None) -> str:
        who = self._persona
        number = self._digits(order or who.order)
        return line.format(order=number, email=who.email, name=who.name, product=who.product, **who.place.model_dump())

    def _digits(self, number: str) -> str:
        digits = self._bank.digits
        if not digits or self._rng.random() >= OTHER_DIGITS:
            return number
        return number.translate(str.maketrans("0123456789", digits))


def mistyped(line: str, rng: Random) -> str:
    """Two letters of one long word change places, now and then. Places for facts are spared."""
    if rng.random() >= TYPO:
        return line
    words = list(_WORD.finditer(line))
    if not words:
        return line
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    return line[:at] + line[at + 1] + line[at] + line[at + 2 :]
