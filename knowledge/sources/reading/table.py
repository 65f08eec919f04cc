"""An HTML table as Markdown; a table inside a table is only text of its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CELLS = frozenset({"td", "th"})


@dataclass
class Table:
    """The rows so far of the outermost open table; `depth` counts the tables that are open."""

    rows: list[list[str]] = field(default_factory=list[list[str]])
    depth: int = 0
    in_cell: bool = False

    def open(self, tag: str) -> None:
        """A <table>, <tr>, <td> or <th> begins."""
        if tag == "table":
            self.depth += 1
        elif self.depth == 1 and tag == "tr":
            self.rows.append([])
        elif self.depth == 1:
            self.in_cell = True

    def ends_cell(self, tag: str) -> bool:
        """Whether this tag, opening or closing, is the end of the cell before it."""
        return self.in_cell and self.depth == 1 and (tag in _CELLS or tag in {"tr", "table"})

    def add(self, text: str) -> None:
        """The cell is over, and held this."""
        self.rows = self.rows or [[]]
        self.rows[-1].append(text.replace("|", "\\|"))
        self.in_cell = False

    def close(self, tag: str) -> list[str]:
        """A tag ends: the Markdown blocks of the table, when it was the outermost one."""
        if tag != "table" or not self.depth:
            return []
        self.depth -= 1
        if self.depth:
            return []
        rows, self.rows = [row for row in self.rows if any(row)], []
        width = max(map(len, rows), default=0)
        if width <= 1:  # a table for looks
            return [row[0] for row in rows]
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def squeezed(pieces: list[str]) -> str:
    """The text on one line, without the blanks that markup leaves before punctuation."""
    text = " ".join("".join(pieces).split())
    return re.sub(r"\s+([.,;:!?)»”])", r"\1", text)
