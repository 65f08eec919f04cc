"""`languages`: is the same case decided alike in every language."""

import json
from typing import Annotated

import typer

from agent.policy import thresholds
from eval import languages as alike
from eval.case import Split
from eval.commands import playing
from eval.commands.terminal import console, percent, table
from eval.report.figures import Figures


def languages(
    split: Annotated[Split, typer.Option(help="Which cases; what differs is listed for those of `dev` alone.")] = Split.DEV,
    certified: Annotated[bool, typer.Option("--certified", help="Act on certified thresholds alone, as production does.")] = False,
    jobs: Annotated[int | None, typer.Option(help="Processes; one a core when not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
) -> None:
    """Play cases that exist in several languages and compare outcome, remedies, effects and amounts by pairs of languages."""
    played = playing.play(split.value, playing.chosen(split, [], None), thresholds.load(), demo=not certified, jobs=jobs)
    judged = played.judged()
    found = alike.figures(judged)
    if as_json:
        console.print_json(json.dumps(found))
        return
    _show(split, found)
    if split is Split.DEV:
        rows = [
            (f"{name} {turn + 1}", text, ", ".join(codes)) for name, turn, ends in alike.differences(judged) for text, codes in ends.items()
        ]
        console.print(table("What differs", ("scenario, turn", "ending", "languages"), rows))


def _show(split: Split, found: Figures) -> None:
    rows = [(name.replace("_", " "), percent(found[name])) for name in ("equal", "decided_alike", "heard_alike", "acted_alike")]
    rows += [(code, percent(row)) for code, row in found["by_language"].items()]
    worst = sorted(found["by_pair"], key=lambda row: row["rate"])[:5]
    rows += [(f"{row['left']} and {row['right']}", percent(row)) for row in worst]
    console.print(table(f"{split.value}: pairs of languages that end alike", ("pairs", "alike (95 % interval)"), rows))
