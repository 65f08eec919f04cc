"""A language model behind the Brain port: it proposes, the local brain adds what must never be missed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar, cast

import structlog
from prometheus_client import Counter
from pydantic import BaseModel

from agent.brains.llm.answers import ReadMessage, Translated, merged
from agent.brains.llm.failure import ModelFailed, reason
from agent.brains.llm.marks import MARK, mask, unmask
from agent.brains.local import language
from agent.brains.local.text import clean
from agent.brains.unaided import Unaided
from agent.domain.intents import Intent
from agent.domain.message import Message, Turn
from agent.domain.reply import Translation
from agent.domain.triage import Flag, Triage
from agent.ports import Brain
from prompts import load

log = structlog.get_logger()
CALLS = Counter("portside_model_calls", "Calls to a language model, by step and outcome.", ("step", "outcome"))
TOKENS = Counter("portside_model_tokens", "Tokens by step, in or out, as the endpoint reports them.", ("step", "way"))

#: Characters of a message, and of what was said before it, that a model is shown.
LONGEST, HISTORY_MESSAGES, HISTORY_LONGEST = 6000, 4, 400
#: Texts of a batch read at a time.
ABREAST = 4

Answer = TypeVar("Answer", bound=BaseModel)
Read = Callable[[str, Triage], Awaitable[Triage]]


class StructuredModel(Protocol):
    """The part of ChatOpenAI that is used here."""

    def with_structured_output(self, schema: Any, *, method: Any, include_raw: bool, strict: bool) -> Any: ...


class LlmBrain(Unaided):
    """One call a method and no retries, so a turn, read once and translated once, takes two at most.

    Every method raises ModelFailed; the cascade falls back.
    """

    def __init__(
        self,
        model: str,
        local: Brain,
        *,
        reader: StructuredModel,
        translator: StructuredModel,
        timeout: float,
        close: Callable[[], Awaitable[None]],
    ) -> None:
        self.name = f"model {model}"
        self._local = local
        self._reader = reader
        self._translator = translator
        self._timeout = timeout
        self.aclose = close

    async def triage(self, turn: Turn) -> Triage:
        return await self.read(turn.text, await self._local.triage(turn), turn.history)

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return await abreast(self.read, texts, await self._local.triage_texts(texts, hints))

    async def read(self, text: str, local: Triage, history: Sequence[Message] = ()) -> Triage:
        """The model's reading of a text, with what the local brain found in it."""
        prompt = load("triage")
        messages = prompt.render(
            intents=[intent.value for intent in Intent],
            flags=[flag.value for flag in Flag],
            history=_shown(history),
            message=clean(text)[:LONGEST],
        )
        found = await self._ask("triage", self._reader, messages, ReadMessage)
        return merged(found, local, f"{self.name}, {prompt.label}")

    async def translate(self, text: str, source: str, target: str) -> Translation:
        """The text in `target`, its numbers, addresses and links byte for byte; `text` is None when the model lost or made up one."""
        if source == target or not text.strip():
            return Translation(language=target, text=text)
        if len(text) > LONGEST:
            return Translation(language=target, text=None, engine=f"none (longer than {LONGEST} characters)")
        masked, kept = mask(clean(text))
        prompt = load("translate")
        messages = prompt.render(source=source, target=target, message=masked)
        found = (await self._ask("translate", self._translator, messages, Translated)).translation.strip()
        back = unmask(found, kept)
        if not back or _still_source(found, source):
            return Translation(language=target, text=None, engine=f"none ({self.name} changed numbers or addresses, or did not translate)")
        return Translation(language=target, text=back, engine=f"{self.name}, {prompt.label}")

    async def _ask(self, step: str, model: StructuredModel, messages: Any, schema: type[Answer]) -> Answer:
        asked = model.with_structured_output(schema, method="json_schema", include_raw=True, strict=True)
        try:
            async with asyncio.timeout(self._timeout):
                result = cast(dict[str, Any], await asked.ainvoke(messages))
        except Exception as error:  # whatever a stranger's endpoint may cause, the turn goes on
            raise _failed(step, reason(error)) from error
        _count(step, result["raw"])
        if not isinstance(result["parsed"], schema):
            raise _failed(step, "WrongSchema" if result["raw"].content else "Empty")
        CALLS.labels(step, "ok").inc()
        return result["parsed"]


async def abreast(read: Read, texts: Sequence[str], known: Sequence[Triage]) -> list[Triage]:
    """Every text read, a few at a time, in order."""
    turnstile = asyncio.Semaphore(ABREAST)

    async def one(text: str, local: Triage) -> Triage:
        async with turnstile:
            return await read(text, local)

    return await asyncio.gather(*(one(text, local) for text, local in zip(texts, known, strict=True)))


def _shown(history: Sequence[Message]) -> str:
    return "\n".join(f"{m.author.value}: {clean(m.text)[:HISTORY_LONGEST]}" for m in history[-HISTORY_MESSAGES:])


def _still_source(translation: str, source: str) -> bool:
    """Judged on longer texts only: short ones are told apart badly."""
    code, sure = language.detect(MARK.sub(" ", translation))
    return sure and code == source and len(translation) > 40


def _count(step: str, raw: Any) -> None:
    usage = cast(dict[str, int], raw.usage_metadata or {})
    TOKENS.labels(step, "in").inc(usage.get("input_tokens", 0))
    TOKENS.labels(step, "out").inc(usage.get("output_tokens", 0))


def _failed(step: str, why: str) -> ModelFailed:
    CALLS.labels(step, why).inc()
    log.warning("model.failed", step=step, reason=why)  # never the text, nor what the endpoint said
    return ModelFailed(why)
