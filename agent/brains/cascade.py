"""Local first, the model for what the local brain is not sure of, and back to the local one when the model fails."""

import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TypeVar

from prometheus_client import Counter

from agent.brains.llm.brain import LlmBrain, abreast
from agent.brains.llm.failure import ModelFailed
from agent.brains.unaided import Unaided
from agent.domain.message import Message, Turn
from agent.domain.reply import Translation
from agent.domain.triage import Triage
from agent.ports import Brain

READ = Counter("portside_triages", "Messages read, by the brain that had the last word.", ("brain",))
#: The local brain's main score from which its reading stands alone, when nothing is flagged.
SURE = 0.85
#: Model calls a turn: one to read it, one to translate it.
CALLS_A_TURN = 2

Result = TypeVar("Result")


class Breaker:
    """Closed; open for `rest` seconds after `limit` failures in a row; then one call at a time may try."""

    def __init__(self, limit: int = 5, rest: float = 20.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    def allows(self) -> bool:
        """Whether to call now. While half-open, saying yes keeps others out until the outcome is told or another rest is over."""
        if self._failures < self._limit:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._rest
        return True

    def tell(self, *, well: bool) -> None:
        self._failures = 0 if well else self._failures + 1
        self._until = self._clock() + self._rest


@dataclass(slots=True)
class _Budget:
    left: int


_budget: ContextVar[_Budget | None] = ContextVar("model_budget", default=None)


@contextmanager
def turn_budget(calls: int = CALLS_A_TURN) -> Generator[None]:
    """At most `calls` model calls within, tasks started in it included. Beyond them the local brain answers."""
    token = _budget.set(_Budget(calls))
    try:
        yield
    finally:
        _budget.reset(token)


class Cascade(Unaided):
    """A Brain that never fails for the model's sake; `Triage.brain` and `Translation.engine` say who answered and why."""

    def __init__(self, local: Brain, model: LlmBrain, *, sure: float = SURE, breaker: Breaker | None = None) -> None:
        self.name = f"local, then {model.name}"
        self._local = local
        self._model = model
        self._sure = sure
        self._breaker = breaker or Breaker()

    async def triage(self, turn: Turn) -> Triage:
        return await self._read(turn.text, await self._local.triage(turn), turn.history)

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return await abreast(self._read, texts, await self._local.triage_texts(texts, hints))

    async def translate(self, text: str, source: str, target: str) -> Translation:
        if source == target or not text.strip():
            return await self._local.translate(text, source, target)
        try:
            return await self._call(lambda: self._model.translate(text, source, target))
        except ModelFailed as error:
            local = await self._local.translate(text, source, target)
            return replace(local, engine=f"{local.engine} (model failed: {error.reason})")

    async def aclose(self) -> None:
        await self._model.aclose()

    async def _read(self, text: str, local: Triage, history: Sequence[Message] = ()) -> Triage:
        if not text.strip() or (local.main.score >= self._sure and not local.flags):
            READ.labels("local").inc()
            return local
        try:
            found = await self._call(lambda: self._model.read(text, local, history))
        except ModelFailed as error:
            READ.labels("fallback").inc()
            return replace(local, brain=f"{local.brain} (model failed: {error.reason})")
        READ.labels("model").inc()
        return found

    async def _call(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """Raises ModelFailed: from the model, the breaker or the turn's budget."""
        budget = _budget.get()
        if budget and budget.left <= 0:
            raise ModelFailed("Budget")
        if not self._breaker.allows():
            raise ModelFailed("Resting")
        if budget:
            budget.left -= 1
        try:
            result = await call()
        except ModelFailed:
            self._breaker.tell(well=False)
            raise
        self._breaker.tell(well=True)
        return result
