"""Two articles that give the same answer: one of them will be forgotten when the other is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.embed import Floats
from knowledge.entry import Entry

#: Cosine from which two passages say the same. Of 1,422 passages in ten languages, those with different answers stay below .973; a pair that
#: says the same (what express delivery costs, in two articles) is at .976.
SAME = 0.975
_LEAST = 40  # characters; "Yes." may stand anywhere
_BLOCK = 512
_SAID = re.compile(r"(\S+) and (\S+) give the same answer: ")
_NOT_WORDS = re.compile(r"\W+")


def comparable(entries: Sequence[Entry], new: set[str]) -> list[list[Entry]]:
    """Passages of one language and audience, where at least one of them is new."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if len(entry.text) >= _LEAST:
            groups.setdefault((entry.language, entry.audience), []).append(entry)
    return [group for group in groups.values() if any(entry.id in new for entry in group)]


def duplicates(groups: Sequence[Sequence[Entry]], new: set[str], vectors: Mapping[str, Floats]) -> tuple[str, ...]:
    """One sentence a pair of articles that say the same, of which one has new passages."""
    found: set[str] = set()
    for group in groups:
        fresh = [entry for entry in group if entry.id in new]
        pairs = [*_equal(group, fresh), *_near(group, fresh, vectors)]
        found |= {_sentence(one, other) for one, other in pairs if _both_apply(one, other)}
    return tuple(sorted(found))


def pair(sentence: str) -> tuple[str, ...]:
    """The two articles (`en/returns`) of such a sentence; () when it says something else."""
    said = _SAID.match(sentence)
    return said.groups() if said else ()


def _equal(group: Sequence[Entry], fresh: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    by_text: dict[str, Entry] = {}
    for entry in group:
        by_text.setdefault(_plain(entry.text), entry)
    return [(entry, by_text[_plain(entry.text)]) for entry in fresh]


def _near(group: Sequence[Entry], fresh: Sequence[Entry], vectors: Mapping[str, Floats]) -> list[tuple[Entry, Entry]]:
    here = [entry for entry in group if entry.id in vectors]
    if not here:
        return []
    matrix = np.stack([vectors[entry.id] for entry in here])
    asked = [entry for entry in fresh if entry.id in vectors]
    found: list[tuple[Entry, Entry]] = []
    for start in range(0, len(asked), _BLOCK):
        block = asked[start : start + _BLOCK]
        alike = np.stack([vectors[entry.id] for entry in block]) @ matrix.T >= SAME
        found += [(block[row], here[column]) for row, column in zip(*np.nonzero(alike), strict=True)]
    return found


def _both_apply(one: Entry, other: Entry) -> bool:
    """Passages for different markets, products or times may well say the same."""
    apart = one.article == other.article or one.products != other.products
    markets = one.markets and other.markets and set(one.markets).isdisjoint(other.markets)
    times = (one.valid_to and other.valid_from and one.valid_to < other.valid_from) or (
        other.valid_to and one.valid_from and other.valid_to < one.valid_from
    )
    return not (apart or markets or times)


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def _sentence(one: Entry, other: Entry) -> str:
    first, second = sorted((one.article, other.article))
    return f"{one.language}/{first} and {one.language}/{second} give the same answer: keep it in one of them"
