"""The way to the model: ChatOpenAI on an HTTP client whose responses are bounded."""

from collections.abc import AsyncIterator
from typing import cast

import httpx2
from pydantic import SecretStr

from agent.brains.llm.brain import LlmBrain, StructuredModel
from agent.brains.llm.failure import TooLarge
from agent.errors import NotReady
from agent.ports import Brain
from agent.settings import Settings

#: Bytes of one response; anything larger is cut off on the wire.
LARGEST = 128_000
TRIAGE_TOKENS, TRANSLATE_TOKENS = 800, 4000


def make_llm_brain(settings: Settings, local: Brain) -> Brain:
    """The cascade of the local brain and the configured model. Raises NotReady when no endpoint is set."""
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
            api_key=SecretStr(key or "none"),  # the client insists on one
            base_url=settings.openai_base_url or None,
            timeout=settings.model_timeout,
            max_retries=0,
            max_completion_tokens=tokens,
            temperature=0,
            http_async_client=client,
        )

    return LlmBrain(
        settings.model_small,
        local,
        reader=model(TRIAGE_TOKENS),
        translator=model(TRANSLATE_TOKENS),
        timeout=settings.model_timeout,
        close=client.aclose,
    )


async def _cap(response: httpx2.Response) -> None:
    # A small compressed response could unpack to gigabytes; none was asked for.
    if response.headers.get("content-encoding", "identity") != "identity":
        raise TooLarge
    response.stream = _Capped(cast(httpx2.AsyncByteStream, response.stream))


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
