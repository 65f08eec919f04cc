"""One request to a model's endpoint, as the stand-in reads it, and what it answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

#: Characters of a token: most alphabets, and the scripts that have a token for nearly every sign.
_LATIN, _DENSE = 4.0, 1.2
_DENSE_FROM = "\u0600"


@dataclass(frozen=True)
class Asked:
    """`body` is the request's JSON as a client sent it."""

    body: dict[str, Any]

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def streamed(self) -> bool:
        return bool(self.body.get("stream"))

    @cached_property
    def system(self) -> str:
        return self._said("system")

    @cached_property
    def user(self) -> str:
        return self._said("user")

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the answer that is wanted; {} when text is."""
        wanted = cast(dict[str, Any], self.body.get("response_format") or {})
        return cast(dict[str, Any], (wanted.get("json_schema") or {}).get("schema") or {})

    @property
    def fields(self) -> frozenset[str]:
        """The answer's top-level fields, by which a prompt is known."""
        return frozenset(cast(dict[str, Any], self.schema.get("properties") or {}))

    def _said(self, role: str) -> str:
        return "\n".join(
            part for message in self.body.get("messages", ()) if message["role"] == role for part in _texts(message["content"])
        )


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    for part in content if isinstance(content, list) else ():
        if part.get("type") == "text":
            yield part["text"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`content` is sent as it is, a mapping as JSON. `calls` are tool calls nobody asked for."""

    content: str | dict[str, Any]
    calls: tuple[dict[str, Any], ...] = ()
    finish: str = "stop"

    @property
    def text(self) -> str:
        return self.content if isinstance(self.content, str) else json.dumps(self.content, ensure_ascii=False)


@dataclass(slots=True)
class Counted:
    """Tokens as this stand-in counts them: by characters. A system message seen before is taken for cached, as providers do."""

    seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def usage(self, asked: Asked, answer: Answer) -> dict[str, Any]:
        first, out = tokens(asked.system), tokens(answer.text)
        known = (asked.model, asked.system)
        cached = first if known in self.seen else 0
        self.seen.add(known)
        taken = first + tokens(asked.user)
        return {
            "prompt_tokens": taken,
            "completion_tokens": out,
            "total_tokens": taken + out,
            "prompt_tokens_details": {"cached_tokens": cached},
        }


def tokens(text: str) -> int:
    dense = sum(char >= _DENSE_FROM for char in text)
    return round(dense / _DENSE + (len(text) - dense) / _LATIN) + 1
