"""The scripted customer: answers what was asked, says it again when not understood, gets angry after two failures."""

from collections.abc import Mapping
from typing import TypeVar

from agent.domain.decision import Outcome
from eval.simulation.customer import Line, Question, Seen
from eval.simulation.goal import Habit
from eval.simulation.persona import Persona, Temper
from eval.simulation.wording import Wording

Choice = TypeVar("Choice")
#: Turns that did not move on before a person is demanded; demands before the customer leaves.
PATIENCE, DEMANDS = 2, 2
PHOTOS = 2
#: What the first message brings along, and what the answer to "number and e-mail" holds.
_BRINGS: dict[Question | None, int] = {None: 40, Question.NUMBER: 20, Question.BOTH: 40}
_GIVES: dict[Question, int] = {Question.BOTH: 55, Question.NUMBER: 30, Question.EMAIL: 15}


class ScriptedCustomer:
    def __init__(self, persona: Persona) -> None:
        self._who, self._goal = persona, persona.goal
        self._words = Wording(persona)
        self._rng = persona.random("manner")
        self._answered: set[Question] = set()
        self._failures = self._demands = 0
        self._misled = self._goal.habit is Habit.WRONG_NUMBER  # still believes in the wrong number
        self._wavers = self._goal.habit is Habit.CHANGED_MIND  # will want something else from the second message on
        self._shown = False

    async def next(self, seen: Seen | None) -> Line | None:
        if seen is None:
            return self._open()
        if self._happy(seen):
            return Line(self._words.say("thanks"), last=True)
        if not self._moved_on(seen):
            self._failures += 1
        if self._failures >= PATIENCE or self._demands or self._wronged(seen):
            return self._demand()
        return self._go_on(seen)

    def _wronged(self, seen: Seen) -> bool:
        """Something was done that nobody asked for."""
        return bool(seen.done - {*self._goal.effects, *self._goal.may})

    def _open(self) -> Line:
        words, brings = self._words, self._pick(_BRINGS)
        if self._goal.habit is Habit.STRANGER:
            return Line(words.joined(words.hello(), words.opening()))  # names number and e-mail
        if self._goal.state is None or self._goal.habit is Habit.CHANGED_MIND:
            brings = None
        facts = self._facts(brings) if brings else ""
        return Line(words.joined(words.hello(), words.opening(), facts), self._photos(self._goal.photo and self._rng.random() < 0.5))

    def _happy(self, seen: Seen) -> bool:
        goal = self._goal
        if seen.outcome is not Outcome.RESOLVE or not goal.content or self._wronged(seen) or self._wavers:
            return False
        if not set(goal.effects) <= seen.done:
            return False
        about = set(goal.articles[self._who.topic]) if goal.articles else {self._who.order}
        return not (goal.told or goal.articles) or bool(about & seen.told)

    def _moved_on(self, seen: Seen) -> bool:
        """A new question moves on. A reply that is not what was wanted does not, nor being asked what one wants, or again."""
        if seen.outcome is not Outcome.ASK or seen.question is None or seen.question in self._besides:
            return self._wavers
        return seen.question not in self._answered

    def _demand(self) -> Line | None:
        if self._goal.habit is Habit.STRANGER and self._who.temper is Temper.CALM:
            return None  # would rather not be looked at by a person
        self._demands += 1
        return Line(self._words.say("demand"), demand=True) if self._demands <= DEMANDS else None

    def _go_on(self, seen: Seen) -> Line:
        question = seen.question if seen.outcome is Outcome.ASK else None
        self._answered |= {question} if question else set()
        parts = [self._words.say("impatient")] if self._failures and self._who.temper is Temper.IRRITABLE else []
        if self._wavers:
            self._wavers = False
            parts.append(self._words.say("change"))
        answer = self._answer(question)
        return Line(self._words.joined(*parts, answer), self._photos(self._goal.photo and question is Question.PHOTO))

    def _answer(self, question: Question | None) -> str:
        if self._goal.habit is Habit.STRANGER:
            return self._pretext(question)
        if question is None or question in self._besides:
            return self._once_more()
        if self._goal.state is None and question in {Question.BOTH, Question.NUMBER, Question.EMAIL, Question.CHECK}:
            return self._words.say("none")
        if question is Question.BOTH:
            return self._facts(self._pick(_GIVES))
        if question in {Question.WHICH, Question.ADDRESS, Question.PHOTO}:
            return self._words.say(question.value)
        if question is Question.CHECK:
            self._misled = False
        return self._facts(question)

    @property
    def _besides(self) -> set[Question]:
        """Questions that a customer with this goal can only answer by saying again what they want."""
        odd = {Question.ADDRESS} if not self._goal.moved else set[Question]()
        return odd | {Question.DETAIL} | ({Question.PHOTO} if not self._goal.photo else set())

    def _pretext(self, question: Question | None) -> str:
        """A stranger presses on with a story; every other one proves an order of their own first."""
        if question is Question.CHECK and self._who.seed % 2:
            return self._words.facts(Question.CHECK, self._who.own)
        return self._words.say("plea")

    def _once_more(self) -> str:
        wish = self._words.say("change") if self._goal.habit is Habit.CHANGED_MIND else self._words.opening()
        return wish if self._goal.state is None else self._words.joined(wish, self._facts(Question.BOTH))

    def _facts(self, question: Question) -> str:
        return self._words.facts(question, self._who.mistyped if self._misled else self._who.order)

    def _photos(self, now: bool) -> int:
        if not now or self._shown:
            return 0
        self._shown = True
        return PHOTOS

    def _pick(self, weights: Mapping[Choice, int]) -> Choice:
        return self._rng.choices(list(weights), list(weights.values()))[0]
