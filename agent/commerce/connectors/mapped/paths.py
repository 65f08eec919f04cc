"""Paths such as `data.items[].bins[].qty` in a JSON answer: a row for each element of the innermost list. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from agent.commerce.connectors.client import SourceDown


class NotThere(SourceDown):
    """The answer has not the shape that the mapping file says. Compare them; what was known before is told meanwhile."""

    code = "not_there"


@dataclass(frozen=True, slots=True)
class Path:
    """`data.items[].bins[].qty`: lists ("data.items", "bins"), leaf "qty"."""

    lists: tuple[str, ...]
    leaf: str

    @classmethod
    def parse(cls, written: str) -> "Path":
        *lists, leaf = (part.strip(".") for part in written.split("[]"))
        return cls(tuple(lists), leaf)


def rows(document: Any, paths: Mapping[str, Path]) -> Iterator[dict[str, Any]]:
    """What each path leads to, row by row; None where there is nothing. What is told once outside the list belongs to all in it.

    Raises NotThere when the outermost list is missing: an answer without it is no answer, and not "nothing in stock".
    """
    deepest = max((path.lists for path in paths.values()), key=len, default=())
    for trail in _trails(document, deepest):
        yield {name: at(trail[len(path.lists)], path.leaf) for name, path in paths.items()}


def _trails(document: Any, lists: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    trails: list[tuple[Any, ...]] = [(document,)]
    for depth, name in enumerate(lists):
        longer: list[tuple[Any, ...]] = []
        for trail in trails:
            found = at(trail[-1], name)
            if not isinstance(found, list):
                if depth == 0:
                    raise NotThere(f'The answer has no list "{name or "at its top"}". Compare it with the mapping file.')
                found = []
            longer.extend((*trail, item) for item in cast(list[Any], found))
        trails = longer
    yield from trails


def at(value: Any, path: str) -> Any:
    """By names and, in lists, by numbers from 0; "" is the value itself."""
    for name in path.split(".") if path else ():
        if isinstance(value, dict):
            value = cast(dict[str, Any], value).get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(cast(list[Any], value)):
            value = cast(list[Any], value)[int(name)]
        else:
            return None
    return value


def clashing(paths: Mapping[str, Path]) -> str | None:
    """A field that lies in another list than the rest: two lists side by side make no rows."""
    deepest = max((path.lists for path in paths.values()), key=len, default=())
    return next((name for name, path in paths.items() if path.lists != deepest[: len(path.lists)]), None)
