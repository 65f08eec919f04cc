"""The form of a question to a model, and of its answer: messages with pictures, a strict schema, and what comes back read into it."""

import base64
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from agent.brains.llm.failure import ModelFailed
from prompts import Prompt, PromptError

Answer = TypeVar("Answer", bound=BaseModel)

#: Small models like to wrap their JSON.
_WRAPPED = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)
_NUL = re.compile(r"\x00|\\u0000", re.IGNORECASE)
#: Why an answer ended early, in our words.
_ENDS = {"length": "Truncated", "content_filter": "Filtered", "tool_calls": "ToolCall", "function_call": "ToolCall"}


def agree(told: Prompt, schema: type[BaseModel]) -> None:
    """Raises PromptError when a prompt asks for other fields than its schema has."""
    if told.fields != schema.model_fields.keys():
        wanted = ", ".join(sorted(schema.model_fields))
        raise PromptError(f"prompts/{told.name}.md asks for other fields than its answer has. Let `output` name: {wanted}")


def response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema an endpoint holds a model to."""
    # Imported here: it is loaded with the first model only.
    from openai import pydantic_function_tool

    strict: Any = pydantic_function_tool(schema)["function"]["parameters"]  # pyright: ignore[reportTypedDictNotRequiredAccess]
    return {"type": "json_schema", "json_schema": {"name": schema.__name__, "schema": strict, "strict": True}}


def with_pictures(messages: Sequence[tuple[str, str]], pictures: Sequence[bytes]) -> list[tuple[str, Any]]:
    """The last message followed by the pictures (JPEG)."""
    if not pictures:
        return list(messages)
    *before, (role, text) = messages
    urls = [f"data:image/jpeg;base64,{base64.b64encode(data).decode()}" for data in pictures]
    shown = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    return [*before, (role, [{"type": "text", "text": text}, *shown])]


def parsed(raw: Any, schema: type[Answer]) -> Answer:
    """A model's message read into the schema. Tool calls in it are never looked at: no tool was offered.

    Raises:
        ModelFailed: Empty, Truncated, Filtered, ToolCall or WrongSchema.
    """
    text, end = str(raw.text), str(raw.response_metadata.get("finish_reason", ""))
    if not text.strip():
        raise ModelFailed(_ENDS.get(end) or ("ToolCall" if raw.tool_calls or raw.invalid_tool_calls else "Empty"))
    wrapped = _WRAPPED.fullmatch(text)
    try:
        if _NUL.search(text):
            raise ValueError("no database keeps it")
        return schema.model_validate_json(wrapped[1] if wrapped else text)
    except ValueError as error:
        raise ModelFailed("Truncated" if end == "length" else "WrongSchema") from error
