"""What changed between two texts: fields of the front matter, and lines with the words in them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

# Words; each character of a script that is written without spaces; anything else by itself.
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|[^\w\s]")
#: What comparing two texts may cost at worst, in steps of the matcher (some 50 million a second); what is left is shown as replaced.
_MOST_STEPS = 60_000_000
_MOST_PAIRS = 250_000  # of lines, in one place: beyond it they are no rewording of each other
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


class _Patience:
    """The steps that are left. A text made for it takes time by the cube of its length."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def matcher(self, old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str] | None:
        """None: they cost too much, even when what stands in them all the time is no longer matched."""
        for frequent in (False, True):
            popular = 1 + len(new) // 100 if frequent and len(new) >= 200 else len(new)
            counts = {word: count for word, count in Counter(new).items() if count <= popular}
            # Every match may be looked at again for every block that is found.
            cost = sum(counts.get(word, 0) for word in old) * min(len(old), len(new))
            if cost <= self._left:
                self._left -= cost
                return SequenceMatcher(None, old, new, autojunk=frequent)
        return None


def fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that differ; empty and absent are the same."""
    names = sorted(before.keys() | after.keys())
    pairs = [(name, before.get(name), after.get(name)) for name in names]
    return [{"field": name, "before": old, "after": new} for name, old, new in pairs if (old or None) != (new or None)]


def lines(before: str, after: str) -> tuple[Line, ...]:
    """All lines of both, in order: those that went before those that came in their place."""
    old, new = before.splitlines(), after.splitlines()
    words = _Patience(_MOST_STEPS)
    return tuple(line for step in _steps(old, new, _Patience(_MOST_STEPS)) for line in _lines(old, new, words, *step))


def _steps(old: Sequence[str], new: Sequence[str], patience: _Patience) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`, bounded."""
    ahead = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    rest = min(len(old), len(new)) - ahead
    behind = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    middle_old, middle_new = old[ahead : len(old) - behind], new[ahead : len(new) - behind]
    if ahead:
        yield "equal", 0, ahead, 0, ahead
    matcher = patience.matcher(middle_old, middle_new)
    if matcher is None:
        yield "replace", ahead, len(old) - behind, ahead, len(new) - behind
    else:
        for tag, *places in matcher.get_opcodes():
            a, b, c, d = (place + ahead for place in places)
            yield tag, a, b, c, d
    if behind:
        yield "equal", len(old) - behind, len(old), len(new) - behind, len(new)


def _lines(old: Sequence[str], new: Sequence[str], words: _Patience, tag: str, a: int, b: int, c: int, d: int) -> Iterator[Line]:
    if tag == "equal":
        yield from (Line("same", text) for text in old[a:b])
        return
    many = (b - a) * (d - c) > _MOST_PAIRS
    pairs = [] if many else [_reworded(one, other, words) for one, other in zip(old[a:b], new[c:d], strict=False)]
    gone, come = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    yield from (Line("removed", text, parts or ()) for text, parts in zip_longest(old[a:b], gone))
    yield from (Line("added", text, parts or ()) for text, parts in zip_longest(new[c:d], come))


def _reworded(before: str, after: str, patience: _Patience) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts of both lines; none when they have little in common."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = list(_steps(old, new, patience))
    same = sum(len(word) for tag, a, b, *_ in steps if tag == "equal" for word in old[a:b])
    if same < _ALIKE * max(len(before), len(after)):
        return (), ()
    gone = [Part("".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in steps if b > a]
    come = [Part("".join(new[c:d]), tag != "equal") for tag, _, _, c, d in steps if d > c]
    return tuple(gone), tuple(come)
