"""`reference`: public data, where it is present, or a file of your own in the same format."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from eval.commands.terminal import bar, console
from eval.suites import SAMPLE, SUITES, Skipped, Suite
from eval.suites import run as measure
from eval.suites.show import lines


def reference(
    suite: Annotated[list[str] | None, typer.Argument(help=f"Which: {', '.join(SUITES)}; all when none is given.")] = None,
    data: Annotated[Path | None, typer.Option(help="A file of the same format instead of the reference data; needs one suite.")] = None,
    everything: Annotated[bool, typer.Option("--all", help=f"Every row instead of {SAMPLE} a suite.")] = False,
) -> None:
    """Measure on public data sets; published figures stand beside ours."""
    if data and len(suite or ()) != 1:
        raise typer.BadParameter("--data needs the one suite whose format it has, as in: reference bitext --data mine.jsonl")
    for name in suite or list(SUITES):
        for line in lines(run_suite(name, data, None if everything else SAMPLE)):
            console.print(line, markup=False, highlight=False)


def run_suite(name: str, data: Path | None, limit: int | None) -> Suite | Skipped:
    """Raises BadRows for data of another format, ValueError for a suite there is not."""
    with bar(name) as progress:
        return asyncio.run(measure(name, data=data, limit=limit, progress=progress))
