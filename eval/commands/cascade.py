"""`cascade`: local alone, the cascade and always-large, played on the same cases against a stand-in that answers from their labels."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from agent.brains.route import Route
from agent.domain.languages import is_supported
from agent.policy import thresholds
from eval.baseline import FOLDER
from eval.cascade.economics import MARGIN, Played, against, by_language, figures, judged
from eval.cascade.play import run
from eval.cascade.way import ALWAYS, CASCADE, LARGE, LOCAL, SMALL, Plan, Way
from eval.case import Case, Split
from eval.commands import playing
from eval.commands.terminal import bar, console, table
from eval.runner import workers

#: The share of always-large's calls that the cascade may take.
GOAL = 0.35


def cascade(
    split: Annotated[Split, typer.Option(help="Which cases.")] = Split.DEV,
    sure: Annotated[list[float] | None, typer.Option(help="Certainty from which local readings stand; again for a curve.")] = None,
    wrong_small: Annotated[float, typer.Option(min=0, max=1, help="Share of wishes that the small stand-in mishears.")] = 0.0,
    wrong_large: Annotated[float, typer.Option(min=0, max=1, help="The same of the large one.")] = 0.0,
    quick: Annotated[bool, typer.Option("--quick", help="A fair sample.")] = False,
    jobs: Annotated[int | None, typer.Option(help="Processes; one a core when not given.")] = None,
    keep: Annotated[bool, typer.Option("--baseline", help="Write the figures to eval/baselines/cascade.json.")] = False,
) -> None:
    """Model calls, tokens, cost and rightness of the three ways. The stand-in reads as the labels say: the strictest opponent.

    Languages that are not served are left out: they are translated whichever way is taken, and the stand-in speaks none of them.
    """
    cases = playing.chosen(split, [], None)
    rows = [case for case in (playing.quick(cases) if quick else cases).rows if is_supported(case.language)]
    ways = [Way(name=LOCAL), Way(name=ALWAYS), *(Way(name=CASCADE, sure=value) for value in sure or [Route().sure])]
    wrong = {SMALL: wrong_small, LARGE: wrong_large}
    played = {way.label: _played(way, rows, wrong, jobs) for way in ways}
    report = {"split": split.value, "quick": quick, "cases": len(rows), "wrong": wrong, "margin": MARGIN, "goal": GOAL, **told(played)}
    _show(report)
    if keep:
        _write(FOLDER / "cascade.json", split.value, report)


def _played(way: Way, cases: Sequence[Case], wrong: dict[str, float], jobs: int | None) -> Played:
    plan = Plan(settings=playing.settings(), thresholds=thresholds.load(), way=way, wrong=wrong)
    with bar(f"Playing {way.label}") as progress:
        return judged(cases, run(plan, cases, processes=workers(jobs), progress=progress))


def told(played: dict[str, Played]) -> dict[str, Any]:
    """Figures of each way, and each beside always-large."""
    ways = {label: figures(found.values()) | {"by_language": by_language(found.values())} for label, found in played.items()}
    beside = {label: against(found, played[ALWAYS]) for label, found in played.items() if label != ALWAYS}
    return {"ways": ways, "against_always": beside}


def _write(file: Path, split: str, report: dict[str, Any]) -> None:
    """Beside the figures of the other splits."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    file.write_text(json.dumps(known | {split: report}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"Written: {file}", markup=False)


def _show(report: dict[str, Any]) -> None:
    rows = [
        (
            label,
            row["calls_a_turn"],
            row["tokens_in_a_turn"],
            row["tokens_out_a_turn"],
            row["euro_a_thousand_turns"],
            *(f"{row[name]['share']:.1%}" for name in ("right", "wrong", "needless", "handed_over")),
        )
        for label, row in report["ways"].items()
    ]
    title = f"{report['split']}, {report['cases']} conversations; the stand-in mishears {report['wrong'][SMALL]:.0%} / {report['wrong'][LARGE]:.0%}"
    columns = ("way", "calls", "tokens in", "out", "EUR / 1000 turns", "right", "wrong", "needless", "handed over")
    console.print(table(title, columns, rows))
    beside = [
        (
            label,
            f"{row['calls_share']:.1%}",
            f"{row['cost_share']:.1%}",
            row["lost"],
            row["won"],
            f"{row['right_difference']:+.2%}",
            "{:+.2%} to {:+.2%}".format(*row["right_difference_interval"]),
            "yes" if row["no_loss"] else "no",
        )
        for label, row in report["against_always"].items()
    ]
    columns = ("against always", "calls", "cost", "turns lost", "won", "right", "95 %", f"no loss (margin {MARGIN:.0%})")
    console.print(table("Turn by turn", columns, beside))
    for label, row in report["ways"].items():
        console.print(f"{label}: {row['steps']}", markup=False, highlight=False)
