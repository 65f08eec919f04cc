"""The offline evaluation: `python -m eval triage | calibrate | reference | gates`."""

import asyncio
import json
from typing import Annotated

import typer

from agent.errors import PortsideError
from eval import calibrate as calibration
from eval import case, gates, report, triage
from eval.suites import SUITES, run

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Does it do right, measured offline.")


def _readings(languages: list[str] | None) -> tuple[case.Cases, list[triage.Reading]]:
    cases = case.load(languages=languages or [])
    with report.console.status("Reading the cases") as status:
        brain = triage.prepared_brain()
        readings = asyncio.run(
            triage.read_all(brain, cases.rows, lambda done: status.update(f"Reading the cases: {done} of {len(cases.rows)}"))
        )
    return cases, readings


@app.command("triage")
def triage_command(
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given again.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
    wrong: Annotated[list[str] | None, typer.Option(help="List the failures of this scorer; may be given again.")] = None,
) -> None:
    """Read every labelled message and count what was read wrongly."""
    _, readings = _readings(language)
    if as_json:
        print(json.dumps(triage.figures(readings), indent=2))
        return
    report.console.print(report.triage_table(readings))
    for name in wrong or []:
        report.console.print(report.wrong_table(readings, name))
    for line in report.crash_lines(readings):
        report.console.print(line, markup=False)


@app.command()
def calibrate(write: Annotated[bool, typer.Option(help="Write agent/policy/thresholds.json.")] = True) -> None:
    """How sure the agent must be, per remedy, with a statistical bound on being wrong."""
    cases, readings = _readings(None)
    chosen = calibration.calibrate(readings)
    report.console.print(calibration.table(chosen))
    if write:
        report.console.print(f"Written: {calibration.write(chosen, cases.digest)}", markup=False)


@app.command()
def reference(
    suite: Annotated[list[str] | None, typer.Argument(help=f"Which: {', '.join(SUITES)}; all when none is given.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every row instead of 300 a suite.")] = False,
) -> None:
    """Public reference data, where it is present."""
    for name in suite or list(SUITES):
        for line in run(name, None if everything else 300):
            report.console.print(line, markup=False, highlight=False)


@app.command("gates")
def gates_command(update: Annotated[bool, typer.Option(help="Take today's figures as the baseline.")] = False) -> None:
    """Exit 1 when a figure is worse than its baseline."""
    _, readings = _readings(None)
    if update:
        report.console.print(f"Written: {gates.write(readings)}", markup=False)
        return
    broken = gates.broken(readings, gates.load())
    for line in broken or ["All figures hold."]:
        report.console.print(line, markup=False)
    raise typer.Exit(1 if broken else 0)


def main() -> None:
    try:
        app()
    except (PortsideError, ValueError) as error:
        report.console.print(str(error), markup=False)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
