"""`mutations`: right replies made wrong in one place, and how many of those the last check catches."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from agent.phrasing import Phrases
from agent.policy import thresholds
from eval.case import Case, Split
from eval.commands import playing
from eval.commands.terminal import console, table
from eval.library import load
from eval.mutations.measure import ECHO, OWN, PARAPHRASE, Tally, paraphrased, played
from eval.mutations.paraphrases import FRESH, TUNED, paraphrases
from eval.mutations.replies import written
from eval.stage import open_stage

#: Of all mistakes.
GOAL = 0.99
#: Misses and false alarms that are shown.
SHOWN = 20


def mutations(
    limit: Annotated[int, typer.Option(min=0, help="Conversations of a language to play for right replies; 0: none.")] = 20,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given again.")] = None,
) -> None:
    """Change figures, denials, promises and quotations of right replies (dev split), and see what the verify node lets through."""
    tally = Tally()
    wanted = set(language or [])
    paraphrased(tally, [row for row in paraphrases(Phrases()) if not wanted or row.language in wanted])
    if limit:
        played(tally, asyncio.run(_replies(limit, wanted)))
    _show(tally)
    path = playing.settings().data / "eval" / "mutations.json"
    _write(tally, path)
    caught, made = tally.share()
    own = sum(number for (where, _), number in tally.alarms.items() if where == OWN)
    raise typer.Exit(1 if caught < GOAL * made or own else 0)


async def _replies(limit: int, wanted: set[str]) -> Any:
    by_language: dict[str, list[Case]] = defaultdict(list)
    for case in load(Split.DEV).rows:
        by_language[case.language].append(case)
    chosen = [case for code, cases in by_language.items() if not wanted or code in wanted for case in cases[:limit]]
    stage = await open_stage(playing.settings(), thresholds.load(), demo=True)
    return await written(stage, chosen)


def _show(tally: Tally) -> None:
    for title, at in (("where", 0), ("kind", 1), ("language", 2)):
        rows = [(name, f"{caught} of {made}", f"{caught / made:.2%}") for name, (caught, made) in _parted(tally, at).items()]
        console.print(table(f"Mistakes by {title}", (title, "caught", "share"), rows))
    slipped = [
        (code, f"{tally.slips[code, True]} of {tally.slips[code, True] + tally.slips[code, False]}") for code, _ in sorted(tally.slips)
    ]
    console.print(table("Clauses slipped in", ("language", "caught"), list(dict.fromkeys(slipped))))
    rows = [(where, *_alarms(tally, where)) for where in (OWN, ECHO, TUNED, FRESH)]
    console.print(table("Right texts", ("where", "looked at", "false alarms"), rows))
    for key, text in tally.missed[:SHOWN]:
        console.print(f"missed {' / '.join(key)}: {text}", markup=False, highlight=False)
    for where, fault, text in tally.false[:SHOWN]:
        console.print(f"false alarm {where}, {fault}: {text}", markup=False, highlight=False)
    caught, made = tally.share()
    console.print(f"Caught {caught} of {made}: {caught / made:.2%} (goal {GOAL:.0%})" if made else "Nothing to mutate.")


def _parted(tally: Tally, at: int) -> dict[str, tuple[int, int]]:
    return {name: tally.share(_is(at, name)) for name in sorted({key[at] for key in tally.made})}


def _is(at: int, name: str) -> Callable[[tuple[str, str, str]], bool]:
    return lambda key: key[at] == name


def _alarms(tally: Tally, where: str) -> tuple[int, int]:
    return _sum(tally.right.items(), where), _sum(tally.alarms.items(), where)


def _sum(items: Iterable[tuple[tuple[str, str], int]], where: str) -> int:
    return sum(number for (place, _), number in items if place == where)


def _write(tally: Tally, path: Path) -> None:
    caught, made = tally.share()
    free_caught, free_made = tally.share(_is(0, PARAPHRASE))
    report: dict[str, Any] = {
        "caught": caught,
        "made": made,
        "paraphrases": {"caught": free_caught, "made": free_made},
        "by": {title: _parted(tally, at) for at, title in enumerate(("where", "kind", "language"))},
        "slips": {"caught": sum(n for (_, caught), n in tally.slips.items() if caught), "made": tally.slips.total()},
        "alarms": {where: _alarms(tally, where) for where in (OWN, ECHO, TUNED, FRESH)},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
