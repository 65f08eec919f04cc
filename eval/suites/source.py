"""A suite's data: the reference folder's file or one that was named, read line by line, and a fair sample of it."""

import hashlib
import json
import os
import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

#: Problems of a file that are listed; a file of another format has one on every line.
LISTED = 10
#: Characters of a message that are played: what the agent takes from a channel.
LONGEST = 8000

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """No progress shown."""


class BadRows(ValueError):
    """A file that is not in the suite's format; one line a problem, with its cure."""


class Row(BaseModel):
    """One line. Fields that a suite does not use are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)


class TextRow(Row):
    text: str = Field(min_length=1)
    lang: str = "en"


R = TypeVar("R", bound=Row)
T = TypeVar("T")


def root() -> Path:
    """The reference data, beside the checkout unless PORTSIDE_REFERENCE_DATA names another folder."""
    chosen = os.environ.get("PORTSIDE_REFERENCE_DATA")
    return Path(chosen) if chosen else Path(__file__).parents[3] / "shared" / "data"


@dataclass(slots=True)
class Source:
    """One run's data. `limit` None means every row. `opened` lists what was read, for the digest."""

    folder: Path
    file: Path
    limit: int | None
    progress: Progress = silent
    opened: list[Path] = field(default_factory=lambda: list[Path]())
    total: int = 0

    def rows(self, model: type[R]) -> list[R]:
        """Every row of the suite's own file.

        Raises:
            BadRows: naming file, line, field and cure.
        """
        found = self.read(self.file, model)
        self.total = len(found)
        return found

    def read(self, file: Path, model: type[R]) -> list[R]:
        self.opened.append(file)
        return read(file, model)

    def json(self, file: Path) -> Any:
        """A whole file of JSON."""
        self.opened.append(file)
        try:
            return json.loads(_text(file))
        except json.JSONDecodeError as error:
            raise BadRows(f"{file.name}:{error.lineno}: {error.msg}. Mend the JSON there.") from None

    def beside(self, *names: str) -> Path:
        """The first of these files that lies beside the suite's own, else in its reference folder."""
        found = self.maybe_beside(*names)
        if found is None:
            raise BadRows(f"{self.file.parent}: there is no {' or '.join(names)}. Put it beside {self.file.name}.")
        return found

    def maybe_beside(self, *names: str) -> Path | None:
        places = (folder / name for folder in (self.file.parent, self.folder) for name in names)
        return next((place for place in places if place.is_file()), None)

    def sample(self, found: Sequence[R], by: Callable[[R], Hashable]) -> list[R]:
        return sample(found, self.limit, by)

    @property
    def digest(self) -> str:
        return hashlib.sha256(b"".join(file.read_bytes() for file in self.opened)).hexdigest()[:16]


def read(file: Path, model: type[R]) -> list[R]:
    """Raises BadRows."""
    found: list[R] = []
    problems: list[str] = []
    for number, line in enumerate(_text(file).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(model.model_validate_json(line))
        except ValidationError as error:
            problems += [f"{file.name}:{number}: {text}" for text in _explained(error, model)]
        if len(problems) >= LISTED:
            break
    if problems or not found:
        raise BadRows("\n".join(problems) or f"{file.name}: no line in it. Give one JSON object a line: {_fields(model)}.")
    return found


def sample(found: Sequence[T], limit: int | None, by: Callable[[T], Hashable]) -> list[T]:
    """`limit` rows, as many of each group as there are; the same ones every time."""
    if limit is None or limit >= len(found):
        return list(found)
    groups: dict[Hashable, list[T]] = {}
    for row in random.Random(7).sample(list(found), len(found)):  # noqa: S311 - a draw to repeat, no secret
        groups.setdefault(by(row), []).append(row)
    # Round by round: a small group gives all it has, the others make up for it.
    rounds = (group[at] for at in range(max(map(len, groups.values()))) for group in groups.values() if at < len(group))
    return [row for row, _ in zip(rounds, range(limit), strict=False)]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadRows(f"{file}: no such file. Give the path of a file in this suite's format.") from None
    except (UnicodeDecodeError, OSError) as error:
        raise BadRows(f"{file.name}: cannot be read ({type(error).__name__}). Save it as UTF-8 text.") from None


def _explained(error: ValidationError, model: type[Row]) -> list[str]:
    found = error.errors(include_url=False, include_input=False)
    return [f"{'.'.join(map(str, item['loc'])) or 'line'}: {item['msg']}. {_cure(item['type'], model)}" for item in found]


def _cure(kind: str, model: type[Row]) -> str:
    if kind == "json_invalid":
        return "One JSON object a line; look for a missing quote or comma."
    return f"This suite needs {_fields(model)}."


def _fields(model: type[Row]) -> str:
    return ", ".join(name for name, item in model.model_fields.items() if item.is_required())
