"""Confusion matrices, most misread first, with only the counts that are not nought."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report.figures import Figures
from eval.report.page.words import plain

#: Confusions that are named in words.
MOST = 12


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    share: float
    right: bool
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    n: int
    right: int
    cells: tuple[Cell, ...]

    @property
    def recall(self) -> float:
        return self.right / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Confusion:
    truth: str
    reading: str
    count: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    name: str
    macro_f1: float
    n: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    confusions: tuple[Confusion, ...]
    by_language: dict[str, Figures]


def matrices(report: Figures) -> list[Matrix]:
    """Outcome, sentiment, intent: from the one a manager asks for to the one engineers do."""
    found = report["classification"]
    return [matrix(name, found[name], ranked=name == "intent") for name in ("outcome", "sentiment", "intent") if name in found]


def matrix(name: str, figures: Figures, *, ranked: bool) -> Matrix:
    """`ranked`: rows by how many of them were misread; else in the order given."""
    labels, counts = figures["labels"], figures["counts"]
    order = sorted(range(len(labels)), key=lambda i: (counts[i][i] - sum(counts[i]), labels[i])) if ranked else list(range(len(labels)))
    columns = [i for i in order if any(row[i] for row in counts)]
    rows = tuple(_row(labels, counts[i], i, columns) for i in order if sum(counts[i]))
    return Matrix(
        name=name,
        macro_f1=figures["macro_f1"],
        n=sum(map(sum, counts)),
        columns=tuple(plain(labels[i]) for i in columns),
        rows=rows,
        confusions=_confusions(labels, counts),
        by_language=figures.get("by_language", {}),
    )


def _row(labels: Sequence[str], counts: Sequence[int], own: int, columns: Sequence[int]) -> Row:
    n = sum(counts)
    return Row(plain(labels[own]), n, counts[own], tuple(_cell(labels, counts, own, column, n) for column in columns))


def _cell(labels: Sequence[str], counts: Sequence[int], own: int, column: int, n: int) -> Cell:
    share = counts[column] / n
    return Cell(
        counts[column], round(share, 3), own == column, f"{plain(labels[own])} read as {plain(labels[column])}: {counts[column]} of {n}"
    )


def _confusions(labels: Sequence[str], counts: Sequence[Sequence[int]]) -> tuple[Confusion, ...]:
    found = [
        Confusion(plain(labels[i]), plain(labels[j]), value, sum(row))
        for i, row in enumerate(counts)
        for j, value in enumerate(row)
        if i != j and value
    ]
    return tuple(sorted(found, key=lambda item: -item.count)[:MOST])
