"""One question to the model at any OpenAI-compatible endpoint, and its opinion in a closed form; a failure is told as one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast, get_args

import httpx2
from pydantic import AfterValidator, BaseModel, SecretStr

from agent.brains.llm.brain import StructuredModel
from agent.brains.llm.endpoint import _cap as capped  # pyright: ignore[reportPrivateUsage]  # one bound on responses for all models
from agent.brains.llm.failure import reason
from agent.errors import NotReady
from agent.settings import Settings

#: Tokens of an answer, characters of its reason that are kept.
TOKENS, LONGEST = 300, 300

Resolution = Literal["right", "wrong", "cannot_tell"]
RESOLUTIONS: tuple[Resolution, ...] = get_args(Resolution)


def _grade(value: int) -> int:
    if not 1 <= value <= 5:
        raise ValueError("a grade is between 1 and 5")
    return value


# Checked by us and not in the schema: not every endpoint takes ranges in a strict schema.
Grade = Annotated[int, AfterValidator(_grade)]


class Opinion(BaseModel):
    """What the model is asked to give back. The reason comes first, so that the verdict follows from it."""

    reason: Annotated[str, AfterValidator(lambda text: " ".join(text.split())[:LONGEST])]
    resolution: Resolution
    helpful: Grade
    polite: Grade


@dataclass(frozen=True, slots=True)
class Failed:
    """No opinion; `why` in one word."""

    why: str


def ready(settings: Settings) -> None:
    """Raises NotReady with what to set when there is no model to ask."""
    if not settings.model_small or not (settings.openai_api_key.get_secret_value() or settings.openai_base_url):
        raise NotReady("A model judge needs a model. Set PORTSIDE_MODEL_SMALL, and OPENAI_API_KEY or OPENAI_BASE_URL.")


@asynccontextmanager
async def opened(settings: Settings, patience: float) -> AsyncGenerator[StructuredModel]:
    """The configured small model. Raises NotReady."""
    ready(settings)
    # Imported here: it takes seconds and memory that a run without a judge need not spend.
    from langchain_openai import ChatOpenAI

    async with httpx2.AsyncClient(timeout=patience, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [capped]}) as client:
        yield ChatOpenAI(
            model=settings.model_small,
            api_key=SecretStr(settings.openai_api_key.get_secret_value() or "none"),  # the client insists on one
            base_url=settings.openai_base_url or None,
            timeout=patience,
            max_retries=1,
            max_completion_tokens=TOKENS,
            temperature=0,
            http_async_client=client,
        )


async def ask(model: StructuredModel, messages: Any, patience: float) -> Opinion | Failed:
    """`patience`: seconds for the whole answer, however slowly it drips."""
    asked = model.with_structured_output(Opinion, method="json_schema", include_raw=True, strict=True)
    try:
        async with asyncio.timeout(patience):
            found = cast(dict[str, Any], await asked.ainvoke(messages))
    except Exception as error:  # whatever a stranger's endpoint may cause, the evaluation goes on
        return Failed(reason(error))
    if isinstance(found["parsed"], Opinion):
        return found["parsed"]
    return Failed("WrongSchema" if found["raw"].content else "Empty")
