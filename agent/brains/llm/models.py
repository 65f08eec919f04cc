"""The configured models, asked by the name of a prompt: one call, no retry, paid from budgets, refused while the endpoint rests."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from agent.domain.model_call import Size
from agent.ports import Meter
from agent.settings import Settings

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answered(Generic[Answer]):
    """`by` says which model and which prompt; `prompt` is the prompt's label (name, version, hash)."""

    value: Answer
    by: str
    prompt: str


class Models:
    """One model per size. Large falls back to small; vision is there only when it is set."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def has(self, size: Size) -> bool:
        raise NotImplementedError

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
        raise NotImplementedError

    def stream(self, prompt: str, variables: Mapping[str, Any], *, size: Size | None = None) -> AsyncIterator[str]:
        """The answer's text as it comes. Raises ModelFailed, at the start or in the middle."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """Close the connections."""


def open_models(settings: Settings, meter: Meter) -> Models:
    """The configured models. Raises NotReady when no endpoint is set."""
    raise NotImplementedError
