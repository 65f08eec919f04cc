"""A TOML file of the merchant's as a checked object; what is wrong in it is told with its line and its cure."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

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
        return model.model_validate(tomllib.loads(text)), text
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{path} cannot be read ({type(error).__name__}). It must be a UTF-8 text file.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{path}: {error}. See https://toml.io for the syntax.") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        said = _CURES.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise BadFile(located(path, path.read_text(encoding="utf-8"), first["loc"], said)) from None


def located(path: Path, text: str, loc: tuple[int | str, ...], said: str) -> str:
    """`shops.toml:12: shop 2, address: ...`"""
    named = ", ".join(_names(text, loc))
    return f"{path}:{line(text, loc)}: {named + ': ' if named else ''}{said}"


def _names(text: str, loc: tuple[int | str, ...]) -> list[str]:
    names: list[str] = []
    for part in loc:
        if isinstance(part, int):
            names[-1:] = [f"{names[-1] if names else 'item'} {part + 1}"]
        elif part in text:  # pydantic also names the kind of a union, which is no key
            names.append(part)
    return names


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


def secret_free(value: Any) -> str:
    """Enough of a value to find it in the file, for those that are never secrets."""
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
