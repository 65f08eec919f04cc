"""Questions that mean the same become one gap: each joins the nearest group or opens its own, and groups that met are merged. Pure.

Measured on the 160 questions of knowledge/questions.yaml that articles answer, in ten languages, in random order, with the vectors of
`knowledge.gaps.vectors` (an article stands for "means the same", which is wider than a gap): joining at .40 and merging at .50 puts
97.5% of the questions with their own kind, 92% of the pairs it makes are right, and it finds half of all right pairs, across languages too.
On topics whose questions had no part in the languages' means: 100%, 100% and 53%. Joining at .33 finds 64% of the pairs with one in six
wrong. With the model's plain vectors no threshold does: .89 finds a third of the pairs and two of three are wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from knowledge.embed import Floats
from knowledge.gaps.vectors import unit

JOIN = 0.40
MERGE = 0.50


@dataclass
class Groups:
    """The groups that exist while questions are placed; `sums` are unit centres times their size."""

    dim: int
    sums: list[Floats] = field(default_factory=list[Floats])

    def add(self, vector: Floats, size: int = 1) -> int:
        """Opens a group; its number."""
        self.sums.append(vector * size)
        return len(self.sums) - 1

    def place(self, vector: Floats) -> int | None:
        """The group that means the same, which moves towards the question; None when there is none yet."""
        found = nearest(vector, self.centres)
        if found is None or found[1] < JOIN:
            return None
        self.sums[found[0]] = self.sums[found[0]] + vector
        return found[0]

    @property
    def centres(self) -> Floats:
        return unit(np.stack(self.sums)) if self.sums else np.empty((0, self.dim), np.float32)


def nearest(vector: Floats, centres: Floats) -> tuple[int, float] | None:
    """Row and cosine of the centre nearest to a vector."""
    if not len(centres):
        return None
    alike = centres @ vector
    at = int(alike.argmax())
    return at, float(alike[at])


def met(centres: Floats, moved: list[int]) -> list[tuple[int, int]]:
    """Pairs (kept, gone) of groups that have grown together, of which one moved; the earlier row is kept, none stands in two pairs."""
    found: list[tuple[float, int, int]] = []
    for row in moved:
        alike = centres @ centres[row]
        alike[row] = -1.0
        other = int(alike.argmax())
        if alike[other] >= MERGE:
            found.append((float(alike[other]), min(row, other), max(row, other)))
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for _, kept, gone in sorted(found, reverse=True):
        if not {kept, gone} & taken:
            pairs.append((kept, gone))
            taken |= {kept, gone}
    return pairs


def middle(vectors: Floats) -> tuple[Floats, int]:
    """The centre of some questions, and which of them is nearest to it."""
    centre = unit(vectors.mean(axis=0))
    return centre, int((vectors @ centre).argmax())
