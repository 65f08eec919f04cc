"""Local first, a small model for what the local brain is not sure of, a large one for what is hard; and back to code when a model fails."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Protocol

from prometheus_client import Counter

from agent.brains.llm.arguing import propose
from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Models
from agent.brains.llm.reading import Beside, read
from agent.brains.route import Route
from agent.brains.translation.folder import FolderTranslator
from agent.domain.arguments import Arguments, Asked
from agent.domain.brief import Brief, Summing
from agent.domain.message import Message, Turn
from agent.domain.reply import Reply, Translation
from agent.domain.triage import Triage
from agent.ports import Brain

READ = Counter("portside_triages", "Messages read, by the brain that had the last word.", ("brain",))
#: Texts of a batch read at a time.
ABREAST = 4
#: Seconds for one text, all translators together: less than a node of the graph may take.
PATIENCE = 10.0


class Translator(Protocol):
    async def translate(self, text: str, source: str, target: str) -> Translation:
        """May raise ModelFailed."""
        ...


Writing = Callable[[Models, Brief], Awaitable[Reply | None]]
Summarising = Callable[[Models, Summing], Awaitable[str | None]]


async def _unwritten(models: Models, brief: Brief) -> Reply | None:
    return None


async def _unsummed(models: Models, summing: Summing) -> str | None:
    return None


class Cascade:
    """A Brain that never fails for a model's sake; `Triage.brain`, `Reply.brain` and `Translation.engine` say who answered, and why.

    `translators` are asked in turn until one has it. `beside`: the translation that a model gives with its reading of a turn.
    """

    def __init__(
        self,
        local: Brain,
        models: Models,
        *,
        route: Route | None = None,
        translators: Sequence[Translator] = (),
        beside: Beside | None = None,
        write: Writing = _unwritten,
        summarise: Summarising = _unsummed,
    ) -> None:
        names = dict.fromkeys(models.name(size) for size in ("small", "large") if models.has(size))
        self.name = ", then ".join(["local", *(f"model {name}" for name in names)])
        self._local = local
        self._models = models
        self._route = route or Route()
        self._translators = translators
        self._beside = beside
        self._write = write
        self._summarise = summarise

    def close(self) -> None:
        """Ends the translators' threads."""
        for translator in self._translators:
            if isinstance(translator, FolderTranslator):
                translator.close()

    async def triage(self, turn: Turn) -> Triage:
        return await self._read(turn.text, await self._local.triage(turn), turn.history, self._beside)

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        """Every text read, a few at a time, in order."""
        known = await self._local.triage_texts(texts, hints)
        turnstile = asyncio.Semaphore(ABREAST)

        async def one(text: str, local: Triage) -> Triage:
            async with turnstile:
                return await self._read(text, local)

        return await asyncio.gather(*(one(text, local) for text, local in zip(texts, known, strict=True)))

    async def _read(self, text: str, local: Triage, history: Sequence[Message] = (), beside: Beside | None = None) -> Triage:
        if not (self._models.has("small") and self._route.reads(text, local)):
            READ.labels("local").inc()
            return local
        try:
            small = await read(self._models, text, local, history, beside=beside)
        except ModelFailed as error:
            READ.labels("fallback").inc()
            return replace(local, brain=f"{local.brain} (model failed: {error.reason})")
        if self._models.name("large") == self._models.name("small") or not self._route.rereads(local, small):
            READ.labels("small").inc()
            return small
        return await self._reread(text, local, small, history)

    async def _reread(self, text: str, local: Triage, small: Triage, history: Sequence[Message]) -> Triage:
        try:
            large = await read(self._models, text, local, history, size="large")
        except ModelFailed as error:
            READ.labels("small").inc()
            return replace(small, brain=f"{small.brain} (model failed: {error.reason})")
        READ.labels("large").inc()
        return replace(large, translation=small.translation)

    async def translate(self, text: str, source: str, target: str) -> Translation:
        found = await self._local.translate(text, source, target)
        if found.text is not None or not text.strip():
            return found
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._translated(text, source, target, found)
        except TimeoutError:
            return Translation(language=target, text=None, engine=f"none (took longer than {PATIENCE:g} s)")

    async def _translated(self, text: str, source: str, target: str, found: Translation) -> Translation:
        for translator in self._translators:
            try:
                found = await translator.translate(text, source, target)
            except ModelFailed as error:
                found = Translation(language=target, text=None, engine=f"none (model failed: {error.reason})")
            if found.text is not None:
                return found
        return found

    async def argue(self, asked: Asked) -> Arguments:
        """A proposal that nobody has checked yet."""
        if not (self._models.has("small") and self._route.argues(asked)):
            return Arguments()
        try:
            return await propose(self._models, asked)
        except ModelFailed:
            return Arguments()

    async def write(self, brief: Brief) -> Reply | None:
        if not (self._models.has("large") and self._route.writes(brief)):
            return None
        try:
            return await self._write(self._models, brief)
        except ModelFailed as error:
            return replace(brief.composed, brain=f"{brief.composed.brain} (model failed: {error.reason})")

    async def summarise(self, summing: Summing) -> str | None:
        if not (self._models.has("small") and self._route.summarises(summing)):
            return None
        try:
            return await self._summarise(self._models, summing)
        except ModelFailed:
            return None
