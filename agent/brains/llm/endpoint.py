"""The way to a model: ChatOpenAI on an HTTP client whose responses are bounded."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol, cast

import httpx2
from pydantic import SecretStr

from agent.brains.llm.failure import TooLarge
from agent.errors import NotReady
from agent.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

#: Bytes of one response, and of one that comes in pieces, each with a frame around it; anything larger is cut off on the wire.
LARGEST, LARGEST_STREAM = 128_000, 1_000_000


_NO_JUDGE = (
    "A model judge needs a model, and so does a customer played by one. Set PORTSIDE_MODEL_JUDGE or PORTSIDE_MODEL_SMALL, and OPENAI_API_KEY or"
    " OPENAI_BASE_URL."
)


class StructuredModel(Protocol):
    """The part of ChatOpenAI that the evaluation uses."""

    def with_structured_output(self, schema: Any, *, method: Any, include_raw: bool, strict: bool) -> Any: ...


def ready(settings: Settings, setting: str) -> None:
    """Raises NotReady when neither a key nor another endpoint is set for what `setting` names."""
    if not _reachable(settings):
        raise NotReady(f"{setting} is set, but no endpoint. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a model of your own.")


def _reachable(settings: Settings) -> bool:
    return bool(settings.openai_api_key.get_secret_value() or settings.openai_base_url)


def client(timeout: float) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(timeout=timeout, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_cap]})


def chat(
    settings: Settings, model: str, http: httpx2.AsyncClient, *, retries: int = 0, temperature: float = 0, tokens: int | None = None
) -> "ChatOpenAI":
    """One model. It never retries by itself unless told: who asks has a deadline and a budget."""
    # Imported here: it takes seconds and memory that a machine without a model need not spend.
    from langchain_openai import ChatOpenAI

    key = settings.openai_api_key.get_secret_value()
    return ChatOpenAI(
        model=model,
        api_key=SecretStr(key or "none"),  # the client insists on one
        base_url=settings.openai_base_url or None,
        timeout=http.timeout.read,
        http_async_client=http,
        max_retries=retries,
        temperature=temperature,
        max_completion_tokens=tokens,
    )


def judging(settings: Settings) -> str:
    """The name of the model that judges and plays customers in the evaluation. Raises NotReady when there is none, or no endpoint."""
    name = settings.model_judge or settings.model_small
    if not name or not _reachable(settings):
        raise NotReady(_NO_JUDGE)
    return name


@asynccontextmanager
async def judge(settings: Settings, patience: float, *, tokens: int, temperature: float = 0) -> AsyncGenerator[StructuredModel]:
    """The model of the evaluation, opened. Raises NotReady."""
    name = judging(settings)
    async with client(patience) as http:
        yield chat(settings, name, http, retries=1, temperature=temperature, tokens=tokens)


async def _cap(response: httpx2.Response) -> None:
    # A small compressed response could unpack to gigabytes; none was asked for.
    if response.headers.get("content-encoding", "identity") != "identity":
        raise TooLarge
    streamed = response.headers.get("content-type", "").startswith("text/event-stream")
    response.stream = _Capped(cast(httpx2.AsyncByteStream, response.stream), LARGEST_STREAM if streamed else LARGEST)


class _Capped(httpx2.AsyncByteStream):
    """A response's bytes up to a bound."""

    def __init__(self, stream: httpx2.AsyncByteStream, largest: int) -> None:
        self._stream = stream
        self._largest = largest

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > self._largest:
                raise TooLarge
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
