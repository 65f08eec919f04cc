"""The terminal: a progress bar, and tables that fit."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

console = Console(width=None if Console().is_terminal else 140)


@contextmanager
def bar(title: str) -> Generator[Callable[[int, int], None]]:
    """A callable (done, total) that moves the bar; plain lines every tenth where there is no terminal."""
    if not console.is_terminal:
        yield _plain(title)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield show


def _plain(title: str) -> Callable[[int, int], None]:
    last = -1

    def show(done: int, total: int) -> None:
        nonlocal last
        tenth = 10 * done // total if total else 10
        if tenth != last:
            last = tenth
            console.print(f"{title}: {done} of {total}", highlight=False)

    return show


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Table:
    made = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        made.add_column(column, justify="right" if index else "left", overflow="fold")
    for row in rows:
        made.add_row(*(str(cell) for cell in row))
    return made


def percent(row: dict[str, Any] | None) -> str:
    """ "3/120 2.5 % (0.9-7.1)"; a dash when nothing was measured."""
    if not row or not row["n"]:
        return "-"
    low, high = row.get("clustered") or row["wilson"]
    return f"{row['hits']}/{row['n']}  {row['rate']:.1%} ({100 * low:.1f}-{100 * high:.1f})"
