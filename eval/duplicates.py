"""The same customer twice: texts that are (nearly) equal, within a split or across splits, and authors who wrote for two splits."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from agent.domain.entities import find
from agent.domain.triage import EntityKind
from eval.case import Case

#: Similarity (0..100) from which two texts are one text, and the length up to which equal texts prove nothing.
NEAR: Final = 92
SHORT: Final = 20
#: What stands for an id or an address: which one it is does not make another text.
_MASKS: Final = {EntityKind.EMAIL: "@", EntityKind.ORDER: "#", EntityKind.TRACKING: "#", EntityKind.PHONE: "#"}
_NOISE: Final = re.compile(r"[^\w@#]+|_")

Placed = tuple[str, Case]  # (split, case)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two turns with one text; `likeness` is 100 for equal ones."""

    likeness: int
    left: str
    right: str
    text: str

    def __str__(self) -> str:
        cure = "Write one of them anew, or remove it."
        return f"{self.left} and {self.right} are {'the same' if self.likeness == 100 else f'{self.likeness} % the same'}: {self.text!r}. {cure}"


@dataclass(frozen=True, slots=True)
class _Text:
    place: str  # split/case, turn
    case: str
    folded: str
    written: str


def fold(text: str) -> str:
    """Letters and digits in lower case; ids, e-mails and phones are masked."""
    for entity in reversed(find(text)):
        if entity.kind in _MASKS:
            text = f"{text[: entity.start]} {_MASKS[entity.kind]} {text[entity.end :]}"
    return " ".join(_NOISE.sub(" ", text.casefold()).split())


def twins(cases: Iterable[Placed]) -> list[Duplicate]:
    """All pairs of near-equal turns of different cases. Only texts of one language are compared."""
    found: list[Duplicate] = []
    for texts in _by_language(cases).values():
        found += _pairs(texts, texts, once=True)
    return found


def twins_of(case: Case, split: str, others: Iterable[Placed]) -> list[Duplicate]:
    """Pairs of a new case's turns with those that are there."""
    return _pairs(list(_texts(split, case)), _by_language(others)[case.language], once=False)


def shared_authors(cases: Iterable[Placed]) -> Mapping[str, set[str]]:
    """Author -> splits, for those in more than one: their habits would be known from the one to the other."""
    splits: defaultdict[str, set[str]] = defaultdict(set)
    for split, case in cases:
        splits[case.author].add(split)
    return {author: where for author, where in sorted(splits.items()) if len(where) > 1}


def _by_language(cases: Iterable[Placed]) -> defaultdict[str, list[_Text]]:
    groups: defaultdict[str, list[_Text]] = defaultdict(list)
    for split, case in cases:
        groups[case.language] += _texts(split, case)
    return groups


def _texts(split: str, case: Case) -> Iterator[_Text]:
    for index, turn in enumerate(case.turns):
        folded = fold(turn.text)
        if len(folded) > SHORT:
            yield _Text(f"{split}/{case.id} turn {index + 1}", f"{split}/{case.id}", folded, turn.text)


def _pairs(left: Sequence[_Text], right: Sequence[_Text], *, once: bool) -> list[Duplicate]:
    """`once`: both sides are the same list, so that each pair would be met twice."""
    if not left or not right:
        return []
    alike = process.cdist([t.folded for t in left], [t.folded for t in right], scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
    places = np.argwhere(np.triu(alike, 1) if once else alike)
    return [
        Duplicate(int(alike[a, b]), left[a].place, right[b].place, right[b].written[:80])
        for a, b in places.tolist()
        if left[a].case != right[b].case
    ]
