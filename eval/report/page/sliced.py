"""Slices as tables, one row a value and one column a fear; what stands out against the rest is marked with a sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report.figures import Figures
from eval.report.page.words import measured, plain, probability

#: Corrected p below which a slice differs from the rest by more than chance.
SURE = 0.05
MOST = 20
#: Long tables that open on demand.
FOLDED = frozenset({"intent", "tag", "scenario"})


@dataclass(frozen=True, slots=True)
class Cell:
    """`mark` is worse, better or empty; `few` ones say next to nothing."""

    figures: Figures
    mark: str
    title: str

    @property
    def few(self) -> bool:
        return bool(self.figures["few"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    name: str
    folded: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Outlier:
    dimension: str
    value: str
    fear: str
    figures: Figures
    overall: float


def tables(report: Figures) -> list[Table]:
    overall = rates(report)
    dimensions = dict.fromkeys(row["dimension"] for row in report["slices"])
    return [_table(name, [row for row in report["slices"] if row["dimension"] == name], overall) for name in dimensions]


def rates(report: Figures) -> dict[str, float]:
    return {row["name"]: row["rate"] for row in report["scorers"]}


def standing_out(report: Figures) -> list[Outlier]:
    """Slices that are worse than the whole by more than chance, surest first."""
    overall = rates(report)
    worse = [row for row in report["slices"] if mark(row, overall) == "worse"]
    worse.sort(key=lambda row: (row["p_corrected"], -row["rate"]))
    return [Outlier(row["dimension"], row["value"], plain(row["scorer"]), row, overall[row["scorer"]]) for row in worse[:MOST]]


def mark(row: Figures, overall: dict[str, float]) -> str:
    p = row.get("p_corrected")
    if row["few"] or p is None or p >= SURE or row["rate"] == overall[row["scorer"]]:
        return ""
    return "worse" if row["rate"] > overall[row["scorer"]] else "better"


def _table(name: str, rows: Sequence[Figures], overall: dict[str, float]) -> Table:
    fears = tuple(dict.fromkeys(row["scorer"] for row in rows))
    found = {(row["value"], row["scorer"]): Cell(row, mark(row, overall), _title(row)) for row in rows}
    values = sorted({row["value"] for row in rows}, key=lambda value: (len(value), value) if value.isdecimal() else (0, value))
    body = tuple((value, tuple(found.get((value, fear)) for fear in fears)) for value in values)
    return Table(name=name, folded=name in FOLDED, columns=tuple(map(plain, fears)), rows=body)


def _title(row: Figures) -> str:
    return f"{plain(row['scorer'])}: {measured(row)}, corrected p {probability(row.get('p_corrected'))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """One fear over two dimensions."""

    fear: str
    left: str
    right: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figures | None, ...]], ...]


def crossed(report: Figures) -> Crossed | None:
    found = report.get("crossed")
    rows = [row for row in found["rows"] if row["n"]] if found else []
    if not found or not rows:
        return None
    left, right = found["left"], found["right"]
    cells = {(row[left], row[right]): row for row in rows}
    columns = tuple(sorted({row[right] for row in rows}))
    body = tuple((value, tuple(cells.get((value, column)) for column in columns)) for value in sorted({row[left] for row in rows}))
    return Crossed(fear=plain(found["scorer"]), left=left, right=right, columns=columns, rows=body)
