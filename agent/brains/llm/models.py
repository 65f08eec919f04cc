"""The configured models, asked by the name of a prompt: one call, no retry, paid from budgets, refused while the endpoint rests."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from pydantic import BaseModel

from agent.brains.breaker import Breaker
from agent.brains.llm import endpoint
from agent.brains.llm.call import Asking, Running, booked
from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.form import agree, parsed, response_format, with_pictures
from agent.brains.llm.prices import Price, most_in, most_out, prices
from agent.domain.model_call import Size
from agent.ports import Meter
from agent.settings import Settings
from prompts import Prompt, load

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

Answer = TypeVar("Answer", bound=BaseModel)

#: Seconds that a streamed answer may take in all; between two pieces of it the time-out of a call holds.
STREAM_SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Answered(Generic[Answer]):
    """`by` says which model and which prompt; `prompt` is the prompt's label (name, version, hash)."""

    value: Answer
    by: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A model held to one schema. Made once: building it costs more of our CPU than a call."""

    model: Any
    tokens: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A model on its place."""

    size: Size
    name: str
    price: Price
    chat: "ChatOpenAI"
    breaker: Breaker = field(default_factory=Breaker)
    _prepared: dict[tuple[str, type], Prepared] = field(default_factory=dict[tuple[str, type], Prepared])

    def prepared(self, prompt: str, schema: type[BaseModel]) -> Prepared:
        key = (prompt, schema)
        if key not in self._prepared:
            form = response_format(schema)
            # As an extra of the body: given as `response_format`, the client walks through the schema's types on every call (11 ms of CPU
            # a call, of which this leaves 3.5).
            model = self.chat.bind(extra_body={"response_format": form}, max_completion_tokens=most_out(prompt))
            self._prepared[key] = Prepared(model, most_in([json.dumps(form)]))
        return self._prepared[key]


class Models:
    """One model per size. Large falls back to small; vision is there only when it is set; `always` asks the large one for the small one's work."""

    def __init__(
        self, seats: Mapping[Size, Seat], meter: Meter, *, timeout: float, close: Callable[[], Awaitable[None]], always: bool = False
    ) -> None:
        self._seats = dict(seats)
        self._meter = meter
        self._timeout = timeout
        self._close = close
        if always and "large" in self._seats:
            self._seats["small"] = self._seats["large"]

    def has(self, size: Size) -> bool:
        return size in self._seats

    def name(self, size: Size) -> str:
        """The model's name; "" when there is none."""
        return self._seats[size].name if size in self._seats else ""

    async def ask(
        self,
        prompt: str,
        schema: type[Answer],
        variables: Mapping[str, Any],
        *,
        size: Size | None = None,
        images: Sequence[bytes] = (),
    ) -> Answered[Answer]:
        """The model's answer to `prompts/PROMPT.md`, read into `schema`. Images are JPEG.

        `size` is the prompt's `model_class` unless told.

        Raises:
            ModelFailed: whatever went wrong at the endpoint, in the budget or with the answer.
            PromptError: the prompt's `output` names other fields than the schema has.
        """
        told = load(prompt)
        agree(told, schema)
        seat = self._seat(size or told.model_class)
        messages = told.render(**variables)
        asked = seat.prepared(told.name, schema)
        worst = most_in((text for _, text in messages), len(images)) + asked.tokens
        async with self._booked(seat, told, worst) as running:
            async with asyncio.timeout(running.seconds):
                raw = await asked.model.ainvoke(with_pictures(messages, images))
            running.note(raw.usage_metadata)
            value = parsed(raw, schema)
        return Answered(value, f"model {seat.name}, {told.label}", told.label)

    async def stream(self, prompt: str, variables: Mapping[str, Any], *, size: Size | None = None) -> AsyncIterator[str]:
        """The answer's text as it comes. Raises ModelFailed, at the start or in the middle."""
        told = load(prompt)
        seat = self._seat(size or told.model_class)
        messages = told.render(**variables)
        model = seat.chat.bind(max_completion_tokens=most_out(told.name))
        async with self._booked(seat, told, most_in(text for _, text in messages), seconds=STREAM_SECONDS) as running:
            # By hand: a time-out around the whole loop would strike while the reader of the stream is at work.
            until = asyncio.get_running_loop().time() + running.seconds
            async with aclosing(cast("AsyncGenerator[Any]", model.astream(messages, stream_usage=True))) as pieces:
                said, end = False, ""
                while (piece := await _next(pieces, min(self._timeout, until - asyncio.get_running_loop().time()))) is not None:
                    running.note(piece.usage_metadata)
                    end = piece.response_metadata.get("finish_reason") or end
                    if text := str(piece.text).replace("\x00", ""):
                        said = True
                        yield text
                if not said:
                    raise ModelFailed("Empty")
                if end in ("", "length"):  # the line broke, or the model had more to say: the last sentence is half of one
                    raise ModelFailed("Truncated")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._close()

    def _seat(self, size: Size) -> Seat:
        if size not in self._seats:
            raise ModelFailed("NotConfigured")
        return self._seats[size]

    def _booked(self, seat: Seat, told: Prompt, tokens_in: int, seconds: float | None = None) -> AbstractAsyncContextManager[Running]:
        asking = Asking(
            step=told.name,
            size=seat.size,
            model=seat.name,
            prompt=told.label,
            price=seat.price,
            worst=seat.price.of(tokens_in, most_out(told.name)),
        )
        return booked(asking, seat.breaker, self._meter, seconds or self._timeout)


async def _next(pieces: "AsyncGenerator[Any]", seconds: float) -> Any | None:
    async with asyncio.timeout(seconds):
        return await anext(pieces, None)


def open_models(settings: Settings, meter: Meter) -> Models:
    """The configured models; none at all is right too.

    Raises:
        NotReady: a model is set, but no endpoint; or the prices cannot be read.
    """
    names: dict[Size, str] = {"small": settings.model_small, "large": settings.model_large, "vision": settings.model_vision}
    if not any(names.values()):
        return Models({}, meter, timeout=settings.model_timeout, close=_nothing)
    endpoint.ready(settings, "A model")
    price, http = prices(settings.model_prices), endpoint.client(settings.model_timeout)
    seats: dict[Size, Seat] = {}
    for size, name in names.items():
        if name:
            seats[size] = Seat(size, name, price[size], endpoint.chat(settings, name, http))
    if "small" in seats:
        seats.setdefault("large", seats["small"])
    return Models(seats, meter, timeout=settings.model_timeout, close=http.aclose, always=settings.model_use == "always")


async def _nothing() -> None:
    pass
