"""Canonical objects as JSON and back, for what is kept of a source's answers. Pure: what was written is read again, or not at all."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
#: Raise it when a field changes its meaning or loses its default: older rows are then read again from their source.
VERSION = 1


def to_json(kind: type[Any], value: Any) -> dict[str, Any]:
    """Plain JSON that PostgreSQL takes: NUL is left out, and half a character becomes a question mark."""
    plain = _adapter(kind).dump_python(value, mode="json")
    return {"version": VERSION, "value": _mapped(plain, _storable)}


def from_json(kind: type[T], data: Mapping[str, Any]) -> T | None:
    """None for what another version wrote, and for what is no `kind`."""
    if data.get("version") != VERSION:
        return None
    try:
        return cast(T, _adapter(kind).validate_python(data.get("value")))
    except ValidationError:
        return None


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _mapped(plain: Any, change: Callable[[str], str]) -> Any:
    if isinstance(plain, str):
        return change(plain)
    if isinstance(plain, dict):
        return {key: _mapped(value, change) for key, value in cast(dict[str, Any], plain).items()}
    return [_mapped(value, change) for value in cast(list[Any], plain)] if isinstance(plain, list) else plain
