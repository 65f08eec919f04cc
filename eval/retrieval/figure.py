"""A measured figure of retrieval beside its goal; a floor is what a simpler way reaches on the same rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`goal` None is for information; `above` asks for more than the goal, else as much will do."""

    name: str
    value: float
    n: int
    goal: float | None = None
    above: bool = False
    against: str = ""

    @property
    def ok(self) -> bool:
        if self.goal is None:
            return True
        return self.value > self.goal if self.above else self.value >= self.goal


def as_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [asdict(figure) | {"ok": figure.ok} for figure in figures]


def recall(gold: Sequence[str], orders: Sequence[Sequence[str]], depth: int) -> float:
    """The share of queries whose document is among the first `depth`."""
    return sum(right in order[:depth] for right, order in zip(gold, orders, strict=True)) / len(gold)


def reciprocal_rank(gold: Sequence[str], orders: Sequence[Sequence[str]], depth: int = 10) -> float:
    """The mean of 1/place of each query's document; 0 beyond `depth`."""
    found = [list(order[:depth]) for order in orders]
    return sum(1 / (order.index(right) + 1) for right, order in zip(gold, found, strict=True) if right in order) / len(gold)
