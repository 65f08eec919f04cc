"""JSON Lines in, JSON Lines out: order kept, a bad line gives its error and the rest is done."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

Row = dict[str, Any]


class BadLine(Exception):
    """A line that cannot be used; the message goes into its answer."""


def read(stream: TextIO) -> Iterator[Row]:
    """One object a line; a line that is none becomes {"id", "error"}. Blank lines are skipped."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            yield {"id": f"line {number}", "error": f"not JSON: {error.msg} at column {error.colno}"}
            continue
        yield found if isinstance(found, dict) else {"id": f"line {number}", "error": "not a JSON object"}


def text_of(row: Row, name: str) -> str:
    """Raises BadLine when the field is missing or no text."""
    value = row.get(name)
    if not isinstance(value, str):
        raise BadLine(f"`{name}` must be a text")
    return value.encode("utf-8", "replace").decode("utf-8")


def pages(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    page: list[Row] = []
    for row in rows:
        page.append(row)
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page


def each(page: list[Row], do: Callable[[Row], Any]) -> list[Any]:
    """`do` of every row, or its BadLine."""
    found: list[Any] = []
    for row in page:
        try:
            if "error" in row and len(row) == 2:
                raise BadLine(row["error"])
            found.append(do(row))
        except BadLine as error:
            found.append(error)
    return found


class Writer:
    """Writes answers at once; `failed` says whether any line did."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self.failed = False

    def write(self, row: Row, answer: Row | Exception) -> None:
        if isinstance(answer, Exception):
            self.failed = True
            answer = {"error": str(answer) or type(answer).__name__}
        self._out.write(json.dumps({"id": row.get("id")} | answer, ensure_ascii=False) + "\n")
        self._out.flush()
