"""Where the labelled conversations lie: eval/cases/<split>/*.jsonl. What does not fit is named by file, line and cure."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from eval.case import Case, Split
from eval.facts import BadFact, parse
from eval.world import orders

CASES = Path(__file__).parent / "cases"


class BadCases(ValueError):
    """Labelled conversations that cannot be used; one line a problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Cases:
    """`digest` changes with any letter of any case."""

    rows: tuple[Case, ...]
    digest: str

    @property
    def turns(self) -> int:
        return sum(len(case.turns) for case in self.rows)


def load(split: Split, *, languages: Sequence[str] = (), folder: Path = CASES) -> Cases:
    """All cases of a split, or those in some languages.

    Raises:
        BadCases: a line does not fit, an id is given twice, or there is no case at all.
    """
    files = sorted((folder / split.value).glob("*.jsonl"))
    if not files:
        raise BadCases([f"{folder / split.value}: no *.jsonl file. Write one, or name another split."])
    found = [pair for file in files for pair in read(file)]
    _refuse_twins(found)
    rows = tuple(case for _, case in found if not languages or case.language in languages)
    if not rows:
        raise BadCases(
            [f"No {split.value} cases in {', '.join(languages)}. There are: {', '.join(sorted({c.language for _, c in found}))}."]
        )
    return Cases(rows, digest(files))


def digest(files: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def read(file: Path) -> list[tuple[str, Case]]:
    """(place, case) of every line.

    Raises:
        BadCases: with every line that does not fit, not only the first.
    """
    problems: list[str] = []
    found: list[tuple[str, Case]] = []
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            place = f"{file.parent.name}/{file.name}:{number}"
            try:
                found.append((place, _case(line)))
            except (ValidationError, BadFact, ValueError) as error:
                problems += [f"{place}: {text}" for text in _explained(error)]
    if problems:
        raise BadCases(problems)
    return found


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise BadCases([f"{file}: no such file. Give the path of a JSON Lines file of cases."]) from None
    except (UnicodeDecodeError, OSError) as error:
        raise BadCases([f"{file}: cannot be read ({error}). Save it as UTF-8 text."]) from None


def _case(line: str) -> Case:
    case = Case.model_validate_json(line)
    known = orders()
    for order in case.orders:
        if order.like not in known:
            raise ValueError(f"order {order.number}: `like` names {order.like}, which the world has not. See eval/world.toml.")
    for turn in case.turns:
        for fact in (*turn.gold.must, *turn.gold.must_not):
            parse(fact)
    return case


def _explained(error: Exception) -> Iterator[str]:
    if not isinstance(error, ValidationError):
        yield str(error)
        return
    for item in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in item["loc"])
        yield f"{where or 'line'}: {item['msg']}. {_cure(item)}"


def _cure(item: Any) -> str:
    kinds = {
        "extra_forbidden": "Remove the field or mend its name; eval/cases/README.md lists the fields.",
        "json_invalid": "One JSON object a line; look for a missing quote or comma.",
        "missing": "Add the field.",
        "enum": "Use one of the values listed.",
    }
    return kinds.get(item["type"], "Mend that line.")


def _refuse_twins(found: Sequence[tuple[str, Case]]) -> None:
    first: dict[str, str] = {}
    twins = [
        f"{place}: id {case.id!r} is used in {first[case.id]} already. Give it one of its own."
        for place, case in found
        if first.setdefault(case.id, place) != place
    ]
    if twins:
        raise BadCases(twins)


def as_line(case: Case) -> str:
    """One line of JSON, without what is at its default."""
    return json.dumps(case.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
