"""What changed between two texts: fields of the front matter, and lines with the words in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

# Words; each character of a script that is written without spaces; anything else by itself.
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|[^\w\s]")
#: Comparing takes time by the product of both sides: more than this is shown as replaced altogether.
_MOST_LINES, _MOST_WORDS = 4_000_000, 250_000
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """`parts` where a line was reworded rather than replaced."""

    kind: Literal["same", "added", "removed"]
    text: str
    parts: tuple[Part, ...] = ()


def fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that differ; empty and absent are the same."""
    names = sorted(before.keys() | after.keys())
    pairs = [(name, before.get(name), after.get(name)) for name in names]
    return [{"field": name, "before": old, "after": new} for name, old, new in pairs if (old or None) != (new or None)]


def lines(before: str, after: str) -> tuple[Line, ...]:
    """All lines of both, in order: those that went before those that came in their place."""
    old, new = before.splitlines(), after.splitlines()
    return tuple(line for step in _steps(old, new, _MOST_LINES) for line in _lines(old, new, *step))


def _steps(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`, bounded."""
    ahead = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    rest = min(len(old), len(new)) - ahead
    behind = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    middle_old, middle_new = old[ahead : len(old) - behind], new[ahead : len(new) - behind]
    if ahead:
        yield "equal", 0, ahead, 0, ahead
    if len(middle_old) * len(middle_new) > most:
        yield "replace", ahead, len(old) - behind, ahead, len(new) - behind
    else:
        for tag, *places in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            a, b, c, d = (place + ahead for place in places)
            yield tag, a, b, c, d
    if behind:
        yield "equal", len(old) - behind, len(old), len(new) - behind, len(new)


def _lines(old: Sequence[str], new: Sequence[str], tag: str, a: int, b: int, c: int, d: int) -> Iterator[Line]:
    if tag == "equal":
        yield from (Line("same", text) for text in old[a:b])
        return
    many = (b - a) * (d - c) > _MOST_WORDS
    pairs = [] if many else [_reworded(one, other) for one, other in zip(old[a:b], new[c:d], strict=False)]
    gone, come = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    yield from (Line("removed", text, parts or ()) for text, parts in zip_longest(old[a:b], gone))
    yield from (Line("added", text, parts or ()) for text, parts in zip_longest(new[c:d], come))


def _reworded(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts of both lines; none when they have little in common."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = list(_steps(old, new, _MOST_WORDS))
    same = sum(len(word) for tag, a, b, *_ in steps if tag == "equal" for word in old[a:b])
    if same < _ALIKE * max(len(before), len(after)):
        return (), ()
    gone = [Part("".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in steps if b > a]
    come = [Part("".join(new[c:d]), tag != "equal") for tag, _, _, c, d in steps if d > c]
    return tuple(gone), tuple(come)
