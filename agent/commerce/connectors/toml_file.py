"""A TOML file of the merchant's as a checked object; what is wrong in it is told with its line and its cure."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from agent.errors import BadInput

M = TypeVar("M", bound=BaseModel)
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w-]+)\s*[=.]""")
_CURES = {
    "extra_forbidden": "there is no such key; is it misspelt?",
    "missing": "it is missing: add it",
    "union_tag_invalid": "there is no such kind",
    "union_tag_not_found": "`kind` is missing: add it",
}


class BadFile(BadInput):
    """A file of the merchant's settings cannot be used. Mend the line it names."""

    code = "bad_file"


def read(path: Path, model: type[M]) -> tuple[M, str]:
    """The object and the file's text, for `located`. Raises BadFile naming the line, never a value: it might be a secret."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{path} cannot be read ({type(error).__name__}). It must be a UTF-8 text file.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{path}: {error}. See https://toml.io for the syntax.") from error
    try:
        return model.model_validate(data), text
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        said = _CURES.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise BadFile(located(path, text, _keys_alone(first["loc"], data, first["type"] == "missing"), said)) from None


def _keys_alone(loc: tuple[int | str, ...], data: Any, missing: bool) -> tuple[int | str, ...]:
    """Without what pydantic adds to a place: the kind of a union. A key that is missing comes last."""
    kept: list[int | str] = []
    for part in loc:
        if isinstance(part, int) and isinstance(data, list):
            data = cast(list[Any], data)[part]
        elif isinstance(data, dict) and part in data:
            data = cast(dict[Any, Any], data)[part]
        elif not (missing and part == loc[-1]):
            continue
        kept.append(part)
    return tuple(kept)


def located(path: Path, text: str, loc: tuple[int | str, ...], said: str) -> str:
    """`shops.toml:12: shop 2, address: ...`"""
    names: list[str] = []
    for part in loc:
        if isinstance(part, int):
            names[-1:] = [f"{names[-1] if names else 'item'} {part + 1}"]
        else:
            names.append(part)
    return f"{path}:{line(text, loc)}: {', '.join(names) + ': ' if names else ''}{said}"


def line(text: str, loc: tuple[int | str, ...]) -> int:
    """Of the key, else of the table it belongs to, else 1."""
    tables = dict(_tables(text))
    lines = text.splitlines()
    for length in range(len(loc), 0, -1):
        start = tables.get(tuple(loc[:length]))
        if start is None:
            continue
        rest = [str(part) for part in loc[length:]]
        return next((at for name in rest for at in _keys(lines, start, name)), start)
    return next((at for name in loc for at in _keys(lines, 0, str(name))), 1)


def _tables(text: str) -> list[tuple[tuple[int | str, ...], int]]:
    """The place of each table and the line of its header, counted from 1."""
    found: list[tuple[tuple[int | str, ...], int]] = []
    counts: dict[str, int] = {}
    for number, content in enumerate(text.splitlines(), start=1):
        if not (header := _HEADER.match(content)):
            continue
        names = [name.strip().strip("\"'") for name in header[2].split(".")]
        place: list[int | str] = []
        for depth, name in enumerate(names, start=1):
            place.append(name)
            whole = ".".join(names[:depth])
            if depth == len(names) and header[1] == "[[":
                counts[whole] = counts.get(whole, -1) + 1
            if whole in counts:
                place.append(counts[whole])
        found.append((tuple(place), number))
    return found


def _keys(lines: list[str], start: int, name: str) -> list[int]:
    """Lines from `start` to the next table that give `name` a value."""
    found: list[int] = []
    for number, content in enumerate(lines[start:], start=start + 1):
        if _HEADER.match(content):
            break
        if (key := _KEY.match(content)) and key[1].strip("\"'") == name:
            found.append(number)
    return found
