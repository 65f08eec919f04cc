"""`prompts`: what a change of the prompts changes in the cases, and whether every text is the one that was evaluated."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from agent.policy import thresholds
from eval import prompt_diff, prompt_versions
from eval.case import Case, Split
from eval.commands import playing
from eval.commands.terminal import bar, console, table
from eval.judge_run import judge
from eval.prompt_versions import Change, Evaluated
from eval.record import Record
from eval.report.figures import Figures
from eval.stage import open_stage

#: What a play gives: the records, and the prompts that were asked for.
Played = tuple[list[Record], set[str]]


def prompts(
    against: Annotated[str, typer.Option(help="A commit, or a folder of prompts, to compare with.")] = "HEAD",
    split: Annotated[Split, typer.Option(help="Which cases; nobody tunes on the sealed ones.")] = Split.DEV,
    limit: Annotated[int, typer.Option(min=1, help="Conversations; a fair choice that stays the same.")] = 60,
    check: Annotated[bool, typer.Option("--check", help="Only exit 1 when a text is not the one on record.")] = False,
    keep: Annotated[bool, typer.Option("--record", help="Take today's texts as evaluated.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Play although no text differs.")] = False,
) -> None:
    """Play cases with the present prompts and those of a commit or folder, and show what differs and what it costs."""
    if check:
        raise typer.Exit(_check())
    with TemporaryDirectory() as place:
        folder = Path(place)
        changes = prompt_versions.lay_out(against, folder)
        _show_changes(against, changes)
        model = playing.settings().model_small or playing.settings().model_large or "none"
        differ = everything or any(change.state in {"changed", "gone"} for change in changes)
        figures = _diff(folder, playing.chosen(split, [], None).rows, limit) if differ and model != "none" else None
    if figures:
        _show(figures)
        _write(figures, changes)
    elif model == "none":
        console.print("No model is set, so nothing depends on prompts. To see what they change, set PORTSIDE_MODEL_SMALL and its endpoint.")
    if keep:
        _record(model, split.value, figures)


def _check() -> int:
    found = prompt_versions.faults(prompt_versions.present(), prompt_versions.recorded())
    for fault in found:
        console.print(fault, markup=False)
    return 1 if found else 0


def _diff(folder: Path, cases: Sequence[Case], limit: int) -> Figures:
    chosen = sorted(cases, key=lambda case: hashlib.sha256(case.id.encode()).hexdigest())[:limit]
    (before, _), (after, asked) = asyncio.run(_both(folder, chosen))
    made = prompt_diff.compare(judge(chosen, before), judge(chosen, after))
    cost = {"before": prompt_diff.costs(before), "after": prompt_diff.costs(after)}
    return made | {"cases": len(chosen), "cost": cost, "asked": sorted(asked)}


async def _both(folder: Path, cases: Sequence[Case]) -> tuple[Played, Played]:
    """Then and now, on one stage, so that nothing differs but the prompts."""
    stage = await open_stage(playing.settings(), thresholds.load(), demo=True)
    with bar("Playing with their prompts") as progress:
        before = await prompt_diff.played(stage, cases, folder, progress)
    with bar("Playing with today's prompts") as progress:
        after = await prompt_diff.played(stage, cases, prompt_versions.FOLDER, progress)
    return before, after


def _record(model: str, split: str, figures: Figures | None) -> None:
    day = datetime.now(UTC).date().isoformat()
    done = Evaluated(model=model, split=split, turns=figures["turns"], day=day) if figures else Evaluated(day=day)
    asked = set[str](figures["asked"]) if figures else set[str]()
    fresh = prompt_versions.record(prompt_versions.present(), prompt_versions.recorded(), done, asked)
    console.print(f"On record: {', '.join(fresh) or 'nothing new'}", markup=False)


def _show_changes(against: str, changes: Sequence[Change]) -> None:
    rows = [(change.name, change.before or "-", change.after or "-", change.state) for change in changes]
    console.print(table(f"Prompts, {against} and now", ("prompt", "before", "now", ""), rows))
    if any(change.state == "unreadable" for change in changes):
        console.print("Unreadable ones were written for another loader: today's are played in their place.")


def _show(found: Figures) -> None:
    changed = ", ".join(f"{name} in {count}" for name, count in found["changed"].items())
    console.print(f"{found['turns']} turns of {found['cases']} conversations. Different: {changed}.", highlight=False)
    rows = [
        (row["scorer"], row["n"], row["before"], row["after"], row["broke"], row["mended"], f"{row['p_corrected']:.3f}")
        for row in found["rows"]
    ]
    console.print(table("Wrong turns", ("fear", "turns", "before", "now", "broke", "mended", "p"), rows))
    slices = [(row["dimension"], row["value"], row["turns"], row["broke"], row["mended"]) for row in found["slices"][:20]]
    if slices:
        console.print(table("Where", ("dimension", "value", "turns", "broke", "mended"), slices))
    for kind in ("broke", "mended"):
        told = [(item["case"], item["turn"] + 1, item["scorer"], item["why"]) for item in found[kind]]
        if told:
            console.print(table(f"What {kind}", ("case", "turn", "fear", "why"), told))
    _show_cost(found["cost"])


def _show_cost(cost: Figures) -> None:
    names = ("calls", "tokens_in", "tokens_out", "cost", "failed")
    rows = [
        (
            name.replace("_", " "),
            f"{cost['before'][name]:g}",
            f"{cost['after'][name]:g}",
            f"{cost['after'][name] - cost['before'][name]:+g}",
        )
        for name in names
    ]
    console.print(table("Model (cost in euro; failed: turns that code finished alone)", ("", "before", "now", "difference"), rows))


def _write(found: Figures, changes: Sequence[Change]) -> None:
    file = playing.settings().data / "eval" / "prompts.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    told = [[change.name, change.before, change.after, change.state] for change in changes]
    file.write_text(json.dumps({"prompts": told, **found}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"All of it, with transcripts: {file}", markup=False)
