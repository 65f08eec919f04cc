"""One question to the model at any OpenAI-compatible endpoint, and its opinion in a closed form; a failure is told as one."""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import AfterValidator, BaseModel

from agent.brains.llm import endpoint
from agent.brains.llm.endpoint import StructuredModel
from agent.brains.llm.failure import reason
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


def ready(settings: Settings) -> str:
    """The judge's name. Raises NotReady with what to set when there is no model to ask."""
    return endpoint.judging(settings)


def opened(settings: Settings, patience: float) -> AbstractAsyncContextManager[StructuredModel]:
    """Raises NotReady."""
    return endpoint.judge(settings, patience, tokens=TOKENS)


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
