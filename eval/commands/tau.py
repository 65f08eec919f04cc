"""`tau`: the retail tasks of tau-bench through our policy and remedies, as a table."""

from pathlib import Path
from typing import Annotated

import typer

from eval.commands.reference import run_suite
from eval.commands.terminal import console, table
from eval.suites import Skipped
from eval.suites.show import line


def tau(
    data: Annotated[Path | None, typer.Option(help="A file of tasks of the same format; its store's files lie beside it.")] = None,
) -> None:
    """Gold calls replayed, calls outside the policy, and what is read without a model. Exit 1 when a limit does not hold."""
    found = run_suite("tau_remedies", data, None)
    if isinstance(found, Skipped):
        console.print(f"Skipped. {found.why}", markup=False, highlight=False)
        return
    rows = [(measure.name, line(measure).removeprefix(f"{measure.name}: ")) for measure in found.measures]
    console.print(table(f"{found.n} of {found.total} tasks, data {found.data}", ("what", "how often (95 % interval)"), rows))
    for offender in found.offenders:
        console.print(f"! {offender.id}: {offender.why}", markup=False, highlight=False)
    raise typer.Exit(1 if found.broken else 0)
