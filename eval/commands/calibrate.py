"""`calibrate`: what the agent may do alone."""

import json
from pathlib import Path
from typing import Annotated

import typer

from agent.domain.triage import reader as reader_of
from eval.case import Split
from eval.certify import Certificate, certify_all
from eval.commands import playing
from eval.commands.terminal import console, table
from eval.report.assemble import certificates
from eval.thresholds_file import write as write_thresholds


def calibrate(
    write: Annotated[bool, typer.Option(help="Write agent/policy/thresholds.json, or the file of --to.")] = True,
    reader: Annotated[str, typer.Option(help='Whose readings: "local", or "model NAME" of the configured model.')] = "local",
    to: Annotated[
        Path | None, typer.Option(help="Write them there: for another reader, named to the service by PORTSIDE_THRESHOLDS.")
    ] = None,
    split: Annotated[Split, typer.Option(help="Only the calibration cases may certify.")] = Split.CALIBRATION,
    jobs: Annotated[int | None, typer.Option(help="Processes; one a core when not given.")] = None,
) -> None:
    """How sure the agent must be, per remedy, so that its wrong resolutions are bounded at 95 % confidence."""
    if write and split is not Split.CALIBRATION:
        raise typer.BadParameter("thresholds are written from the calibration cases alone. Add --no-write to look at others.")
    if write and reader != "local" and to is None:
        raise typer.BadParameter("another reader's thresholds do not replace the local brain's. Say where to write them with --to FILE.")
    cases = playing.chosen(split, [], None)
    played = playing.play(f"{split.value}-open", cases, playing.wide_open(), demo=False, jobs=jobs)
    judged = [(turn, verdicts) for turn, verdicts in played.judged() if reader_of(turn.record.brain) == reader]
    if not judged:
        raise typer.BadParameter(f'no turn was read by "{reader}". Is the model configured, and is this its name?')
    found = certify_all(judged)
    show(found)
    folder = playing.settings().data / "eval"
    (folder / "certificates.json").write_text(json.dumps(certificates(found)) + "\n", encoding="utf-8")
    if write:
        console.print(f"Written: {write_thresholds(found, data=cases.digest, source=split.value, reader=reader, path=to)}", markup=False)


def show(found: list[Certificate]) -> None:
    rows = [
        (
            item.kind.value,
            item.served,
            f"{item.limit:.1%}",
            f"{item.chosen.minimum:.2f}" if item.chosen else "none certified",
            f"{item.chosen.coverage:.0%}" if item.chosen else "hand over",
            f"{item.chosen.wrong} of {item.chosen.n}" if item.chosen else f"{item.curve[-1].wrong} of {item.curve[-1].n} at any",
            f"{item.chosen.bound:.2%}" if item.chosen else "-",
        )
        for item in found
    ]
    console.print(table("Certified at 95 % confidence", ("remedy", "turns", "limit", "threshold", "coverage", "wrong", "bound"), rows))
