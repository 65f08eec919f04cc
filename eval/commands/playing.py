"""What the commands share: which cases, and playing them with a bar."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

from agent.domain.decision import RemedyKind
from agent.policy.thresholds import Threshold, Thresholds
from agent.settings import Settings, read_settings
from eval import runner
from eval.case import Case, Split
from eval.commands.terminal import bar
from eval.identity import identify
from eval.library import Cases, digest, load, read
from eval.report.assemble import Run

#: Turns of a quick run: half a minute on two cores.
QUICK = 360


def settings() -> Settings:
    return read_settings()


def chosen(split: Split, languages: Sequence[str], data: Path | None) -> Cases:
    """The cases of a split, or those in a file of one's own."""
    if data is None:
        return load(split, languages=languages)
    rows = tuple(case for _, case in read(data) if not languages or case.language in languages)
    return Cases(rows, digest([data]))


def quick(cases: Cases) -> Cases:
    """A fair sample: the same one every time, whatever the order of the files."""
    left, rows = QUICK, list[Case]()
    for case in sorted(cases.rows, key=lambda case: hashlib.sha256(case.id.encode()).hexdigest()):
        if len(case.turns) <= left:
            rows.append(case)
            left -= len(case.turns)
    return Cases(tuple(rows), f"{cases.digest}-quick")


def wide_open() -> Thresholds:
    """Everything that policy allows is done: for calibration, never for customers."""
    return Thresholds("open", {kind: Threshold(0.0, 0, 1.0, certified=True) for kind in RemedyKind})


def play(split: str, cases: Cases, thresholds: Thresholds, *, demo: bool, jobs: int | None = None, fresh: bool = False) -> Run:
    """Runs what has not been run yet under the same identity."""
    chosen_settings = settings()
    identity = identify(chosen_settings, thresholds, cases.digest, demo=demo)
    file = chosen_settings.data / "eval" / "runs" / identity.key / f"{split}.jsonl"
    if fresh:
        file.unlink(missing_ok=True)
    started = time.monotonic()
    with bar(f"Playing {split}") as progress:
        plan = runner.Plan(settings=chosen_settings, thresholds=thresholds, demo=demo)
        records = runner.run(plan, cases.rows, file, processes=runner.workers(jobs), progress=progress)
    return Run(split=split, identity=identity, cases=cases.rows, records=records, seconds=time.monotonic() - started)
