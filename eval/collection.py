"""The three splits as one collection: what is wrong with it, and how a case joins it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.case import Case, Split
from eval.duplicates import Placed, shared_authors, twins, twins_of
from eval.library import CASES, BadCases, as_line, load

#: Where cases from the desk go, in each split's folder.
ADDED = "added.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    split: Split
    cases: int
    turns: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """`problems` has one line each, with its cure."""

    splits: tuple[Row, ...]
    problems: tuple[str, ...]


def survey(folder: Path = CASES) -> Survey:
    """Everything that is wrong at once, not only the first."""
    problems: list[str] = []
    rows: list[Row] = []
    placed: list[Placed] = []
    for split in Split:
        try:
            found = load(split, folder=folder)
        except BadCases as error:
            problems += error.problems
            continue
        rows.append(Row(split, len(found.rows), found.turns, tuple(sorted({case.language for case in found.rows}))))
        placed += [(split.value, case) for case in found.rows]
    return Survey(tuple(rows), (*problems, *_same_ids(placed), *_same_people(placed), *map(str, twins(placed))))


def _same_ids(placed: Sequence[Placed]) -> list[str]:
    first: dict[str, str] = {}
    return [
        f"{split}/{case.id}: the id is used in {first[case.id]} already. Give it one of its own."
        for split, case in placed
        if first.setdefault(case.id, split) != split
    ]


def _same_people(placed: Sequence[Placed]) -> list[str]:
    return [
        f"author {author} wrote for {' and '.join(sorted(splits))}: what is tuned on the one shows in the other. Move all of theirs to one split."
        for author, splits in shared_authors(placed).items()
    ]


def append(case: Case, split: Split, file: Path | None = None, folder: Path = CASES) -> str:
    """Add one line; gives its place, file and line.

    Raises:
        BadCases: the case is there already, or says what another one says.
    """
    placed = [(other.value, known) for other in Split for known in _known(other, folder)]
    _refuse_known(case, split, placed)
    target = file or folder / split.value / ADDED
    target.parent.mkdir(parents=True, exist_ok=True)
    before = target.read_text(encoding="utf-8") if target.is_file() else ""
    if f'"id": "{case.id}"' in before:  # a file of one's own lies outside the splits
        raise BadCases([f"{target}: {case.id} is there already. Remove its line first, if it shall be made anew."])
    with target.open("a", encoding="utf-8") as lines:
        lines.write(("" if not before or before.endswith("\n") else "\n") + as_line(case) + "\n")
    return f"{target}:{len(before.splitlines()) + 1}"


def _known(split: Split, folder: Path) -> tuple[Case, ...]:
    """An empty split is no reason to refuse its first case."""
    return load(split, folder=folder).rows if any((folder / split.value).glob("*.jsonl")) else ()


def _refuse_known(case: Case, split: Split, placed: Sequence[Placed]) -> None:
    twin = next((where for where, known in placed if known.id == case.id), None)
    if twin:
        raise BadCases([f"{case.id} is in {twin} already. Remove its line first, if it shall be made anew."])
    elsewhere = shared_authors([*((where, known) for where, known in placed if known.author == case.author), (split.value, case)])
    if elsewhere:
        there = ", ".join(sorted(elsewhere[case.author] - {split.value}))
        raise BadCases([f"This customer has a case in {there} already, and nobody may be in two splits. Add it with --split {there}."])
    problems = [str(item) for item in twins_of(case, split.value, placed)]
    if problems:
        raise BadCases([*problems, "The evaluation knows this text: a case like it would count it twice."])
