"""A language model behind an OpenAI-compatible endpoint: it proposes, the local code adds what must never be missed."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, NamedTuple, Protocol, TypeVar, cast

import httpx2
import structlog
from prometheus_client import Counter
from pydantic import AfterValidator, BaseModel

from agent.brains.local import language, reading
from agent.brains.local.text import clean
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Message, Turn
from agent.domain.reply import Translation
from agent.domain.triage import EntityKind, Flag, IntentScore, Sentiment, Triage, Urgency
from agent.errors import NotReady, PortsideError
from agent.ports import Brain
from agent.settings import Settings
from prompts import load

log = structlog.get_logger()
CALLS = Counter("portside_model_calls", "Calls to a language model by step and outcome.", ("step", "outcome"))
TOKENS = Counter("portside_model_tokens", "Tokens by step, in or out, as the endpoint reports them.", ("step", "way"))

#: Characters of a message, and of the conversation before it, that a model is shown.
LONGEST, HISTORY_MESSAGES, HISTORY_LONGEST = 6000, 4, 400
TRIAGE_TOKENS, TRANSLATE_TOKENS = 800, 4000
#: Bytes of one response; anything larger is cut off on the wire.
LARGEST = 128_000
#: Model calls at a time for a batch.
ABREAST = 4


class ModelFailed(PortsideError):
    """The language model gave no usable answer. Portside goes on with the local brain; check OPENAI_BASE_URL, the key and the model's name."""

    status = 502
    code = "model_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{type(self).__doc__} ({reason})")
        self.reason = reason


class TooLarge(Exception):
    """The response was larger than LARGEST or compressed, and was cut off."""


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("a confidence is between 0 and 1")
    return value


def _code(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise ValueError("a language is an ISO 639-1 code")
    return value


def _some(value: list["Wish"]) -> list["Wish"]:
    if not value:
        raise ValueError("there is at least one intent")
    return value[:4]


# Checked by us and not in the schema: not every endpoint takes ranges and patterns in a strict schema.
Share = Annotated[float, AfterValidator(_share)]


class Wish(BaseModel):
    intent: Intent
    confidence: Share


class ReadMessage(BaseModel):
    """What a customer's message says."""

    language: Annotated[str, AfterValidator(_code)]
    intents: Annotated[list[Wish], AfterValidator(_some)]
    sentiment: Sentiment
    sentiment_confidence: Share
    urgency: Urgency
    flags: list[Flag]


class Translated(BaseModel):
    """A customer's message in another language."""

    translation: str


Answer = TypeVar("Answer", bound=BaseModel)


class StructuredModel(Protocol):
    """The part of ChatOpenAI that is used here."""

    def with_structured_output(self, schema: Any, *, method: Any, include_raw: bool, strict: bool) -> Any: ...


class LlmBrain:
    """One call a method and no retries: a turn is read once and translated once.

    Raises ModelFailed from every method; the cascade falls back.
    """

    def __init__(self, model: str, local: Brain, client: httpx2.AsyncClient, reader: StructuredModel, translator: StructuredModel, timeout: float) -> None:
        self.name = f"model {model}"
        self._local = local
        self._client = client
        self._reader = reader
        self._translator = translator
        self._timeout = timeout
        self._abreast = asyncio.Semaphore(ABREAST)

    async def triage(self, turn: Turn) -> Triage:
        return await self.read(turn.text, await self._local.triage(turn), turn.history)

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        known = await self._local.triage_texts(texts, hints)
        return await asyncio.gather(*(self._read_abreast(text, local) for text, local in zip(texts, known, strict=True)))

    async def _read_abreast(self, text: str, local: Triage) -> Triage:
        async with self._abreast:
            return await self.read(text, local)

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
        masked, kept = mask(text)
        prompt = load("translate")
        found = await self._ask("translate", self._translator, prompt.render(source=source, target=target, message=masked), Translated)
        back = unmask(found.translation, kept)
        if back is None or _wrong_language(found.translation, source, target):
            CALLS.labels("translate", "Unfaithful").inc()
            return Translation(language=target, text=None, engine="none (model changed numbers, addresses or the language)")
        return Translation(language=target, text=back, engine=f"{self.name}, {prompt.label}")

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _ask(self, step: str, model: StructuredModel, messages: list[Any], schema: type[Answer]) -> Answer:
        asked = model.with_structured_output(schema, method="json_schema", include_raw=True, strict=True)
        try:
            async with asyncio.timeout(self._timeout):
                result = cast(dict[str, Any], await asked.ainvoke(messages))
        except Exception as error:  # whatever a stranger's endpoint can cause: a turn goes on
            raise _failed(step, _reason(error)) from error
        usage = cast(dict[str, int], getattr(result["raw"], "usage_metadata", None) or {})
        TOKENS.labels(step, "in").inc(usage.get("input_tokens", 0))
        TOKENS.labels(step, "out").inc(usage.get("output_tokens", 0))
        answer = result["parsed"]
        if not isinstance(answer, schema):
            raise _failed(step, "WrongSchema" if result["raw"].content else "Empty")
        CALLS.labels(step, "ok").inc()
        return answer


def merged(found: ReadMessage, local: Triage, brain: str) -> Triage:
    """The model's reading; it may add gravity to the local one's, never take any away."""
    raised = {flag: intent for key, intent in reading.OUTRIGHT.items() if (flag := reading.FLAGS[key]) in local.flags}
    scores = {item.intent: item.score for item in local.intents if item.intent in raised.values()}
    for wish in found.intents:
        scores[wish.intent] = max(scores.get(wish.intent, 0.0), wish.confidence)
    angry = bool(local.flags & {Flag.ANGER, Flag.ABUSE})
    grave = local.urgency if local.urgency in {Urgency.HIGH, Urgency.CRITICAL} else Urgency.LOW
    return Triage(
        language=found.language,
        language_sure=True,
        intents=tuple(IntentScore(i, round(s, 4)) for i, s in sorted(scores.items(), key=lambda item: -item[1])),
        sentiment=local.sentiment if angry else found.sentiment,
        sentiment_score=local.sentiment_score if angry else found.sentiment_confidence,
        urgency=max(grave, found.urgency, key=list(Urgency).index),
        entities=local.entities,
        flags=local.flags | set(found.flags),
        brain=brain,
    )


LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。、）】]+", re.IGNORECASE)
MARK = re.compile(r"⟦[^⟧]{0,12}⟧")
NUMBER = re.compile(r"[A-Za-z#+-]*\d(?:[\d.,:/A-Za-z-]*[\dA-Za-z])?", re.ASCII)


class Span(NamedTuple):
    start: int
    end: int


def mask(text: str) -> tuple[str, list[str]]:
    """The text with ⟦1⟧, ⟦2⟧ ... for every link, id, address, amount and number, and what they stand for."""
    taken: list[Span] = []
    found = [Span(e.start, e.end) for e in entities.find(text) if e.kind is not EntityKind.ADDRESS]
    for span in [*_spans(MARK, text), *_spans(LINK, text), *found, *_spans(NUMBER, text)]:
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    parts: list[str] = []
    at = 0
    taken.sort()
    for number, span in enumerate(taken, start=1):
        parts += [text[at : span.start], f"⟦{number}⟧"]
        at = span.end
    return "".join([*parts, text[at:]]), [text[span.start : span.end] for span in taken]


def unmask(translation: str, kept: list[str]) -> str | None:
    """The translation with everything back in place; None when a mark is lost, doubled or foreign, or an id or link was made up."""
    marks = MARK.findall(translation)
    bare = MARK.sub(" ", translation)
    if not bare.strip() and not marks:
        return None
    if sorted(marks) != sorted(f"⟦{number}⟧" for number in range(1, len(kept) + 1)):
        return None
    if entities.find(bare) or LINK.search(bare) or "⟦" in bare or "⟧" in bare:
        return None
    return MARK.sub(lambda mark: kept[int(mark.group()[1:-1]) - 1], translation)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _wrong_language(translation: str, source: str, target: str) -> bool:
    """Only when it plainly is still the source: short lines are told apart badly."""
    code, sure = language.detect(MARK.sub(" ", translation))
    return sure and code == source and code != target and len(translation) > 40


def _shown(history: Sequence[Message]) -> str:
    return "\n".join(f"{m.author.value}: {clean(m.text)[:HISTORY_LONGEST]}" for m in history[-HISTORY_MESSAGES:])


#: The kinds of failure by the class that says so, the endpoint's libraries being loaded only when used.
REASONS = {
    "TooLarge": "TooLarge",
    "TimeoutError": "Timeout",
    "APITimeoutError": "Timeout",
    "RateLimitError": "RateLimited",
    "AuthenticationError": "NotAuthorised",
    "PermissionDeniedError": "NotAuthorised",
    "InternalServerError": "ServerError",
    "APIStatusError": "Rejected",
    "APIConnectionError": "Refused",
    "LengthFinishReasonError": "Truncated",
    "ContentFilterFinishReasonError": "Filtered",
    "ValidationError": "WrongSchema",
}


def _reason(error: BaseException) -> str:
    # A cut-off response arrives as a connection error that it caused: the root says more.
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    if any(isinstance(link, TooLarge) for link in chain):
        return "TooLarge"
    return next((REASONS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in REASONS), "Garbage")


def _failed(step: str, reason: str) -> ModelFailed:
    CALLS.labels(step, reason).inc()
    log.warning("model.failed", step=step, reason=reason)  # never the text, nor what the endpoint said
    return ModelFailed(reason)


class _Capped(httpx2.AsyncByteStream):
    """A response's bytes up to LARGEST."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST:
                raise TooLarge
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _cap(response: httpx2.Response) -> None:
    # A small compressed response could unpack to gigabytes; none was asked for.
    if response.headers.get("content-encoding", "identity") != "identity":
        raise TooLarge
    response.stream = _Capped(cast(httpx2.AsyncByteStream, response.stream))


def make_llm_brain(settings: Settings, local: Brain) -> Brain:
    """The cascade of the local brain and the configured model.

    Raises:
        NotReady: neither a key nor another endpoint is set.
    """
    from agent.brains.cascade import Cascade

    return Cascade(local, open_model(settings, local))


def open_model(settings: Settings, local: Brain) -> LlmBrain:
    """The configured model alone. Raises NotReady when neither a key nor another endpoint is set."""
    # Imported here: it takes seconds and memory that a machine without a model need not spend.
    from langchain_openai import ChatOpenAI

    key = settings.openai_api_key.get_secret_value()
    if not key and not settings.openai_base_url:
        raise NotReady("PORTSIDE_MODEL_SMALL is set, but no endpoint. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a model of your own.")
    client = httpx2.AsyncClient(timeout=settings.model_timeout, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_cap]})

    def model(tokens: int) -> StructuredModel:
        return ChatOpenAI(
            model=settings.model_small,
            api_key=lambda: key or "none",
            base_url=settings.openai_base_url or None,
            timeout=settings.model_timeout,
            max_retries=0,
            max_completion_tokens=tokens,
            temperature=0,
            http_async_client=client,
        )

    return LlmBrain(settings.model_small, local, client, model(TRIAGE_TOKENS), model(TRANSLATE_TOKENS), settings.model_timeout)
