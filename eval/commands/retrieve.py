"""`retrieve`: does search find the right article, and does it know when there is none."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from agent.bootstrap import make_brain
from eval.commands import playing
from eval.commands.terminal import bar, console, table
from eval.retrieval import own, public
from eval.retrieval.figure import Figure, as_json
from eval.retrieval.floors import RememberingEmbedder
from eval.shelf import knowledge
from eval.suites import FILE, SUITES, Skipped
from eval.suites.brain import prepared_embedder
from eval.suites.source import root
from knowledge.calibrate import questions

PARTS = ("xquad", "stackfaq", "own", "nothing")
Parts = Annotated[list[str] | None, typer.Option("--only", help=f"Measure only these: {', '.join(PARTS)}.")]


def retrieve(
    only: Parts = None,
    gate: Annotated[bool, typer.Option("--gate", help="Exit 1 when a goal is missed.")] = False,
) -> None:
    """Retrieval against its goals: public questions, our own in every language, and questions that nothing answers."""
    if unknown := set(only or ()) - set(PARTS):
        raise typer.BadParameter(f"there is no {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    figures, skipped = asyncio.run(_measure([part for part in PARTS if part in (only or PARTS)]))
    show(figures, skipped)
    folder = playing.settings().data / "eval"
    folder.mkdir(parents=True, exist_ok=True)
    report = {"figures": as_json(figures), "skipped": {part.name: part.why for part in skipped}}
    (folder / "retrieve.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    raise typer.Exit(1 if gate and not all(figure.ok for figure in figures) else 0)


async def _measure(parts: Sequence[str]) -> tuple[list[Figure], list[Skipped]]:
    embedder = RememberingEmbedder(prepared_embedder())
    figures, skipped = list[Figure](), list[Skipped]()
    for name, measure in (("xquad", public.xquad), ("stackfaq", public.stackfaq)):
        folder = present(name)
        if name in parts and isinstance(folder, Path):
            with bar(name) as progress:
                figures += await measure(folder, embedder, progress)
        elif name in parts and isinstance(folder, Skipped):
            skipped.append(folder)
    if {"own", "nothing"} & set(parts):
        mine, missing = await _own(embedder, parts)
        figures, skipped = figures + mine, skipped + missing
    return figures, skipped


async def _own(embedder: RememberingEmbedder, parts: Sequence[str]) -> tuple[list[Figure], list[Skipped]]:
    settings = playing.settings()
    known = await knowledge(settings.corpus, embedder, settings.data / "eval")
    asked = await own.ask(known, embedder, questions())
    figures = list[Figure]()
    if "own" in parts:
        wishes = await own.heard(make_brain(settings, embedder), questions())
        figures += own.found(await own.ask(known, embedder, questions(), wishes), asked)
    if "nothing" not in parts:
        return figures, []
    folder = present("clinc")
    if isinstance(folder, Skipped):
        return figures, [folder]
    return figures + own.separated(asked, await own.ask(known, embedder, own.foreign(folder))), []


def present(suite: str) -> Path | Skipped:
    """The folder of a public data set, or why it is skipped."""
    folder = root() / SUITES[suite].folder
    if (folder / FILE).is_file():
        return folder
    return Skipped(suite, f"There is no {folder / FILE}; set PORTSIDE_REFERENCE_DATA to the folder of the data sets.")


def show(figures: Sequence[Figure], skipped: Sequence[Skipped]) -> None:
    rows = [(f.name, f"{f.value:.3f}", f.n, _goal(f), "" if f.goal is None else "ok" if f.ok else "MISSED") for f in figures]
    console.print(table("Retrieval", ("figure", "measured", "of", "goal", "verdict"), rows))
    for part in skipped:
        console.print(f"{part.name} skipped. {part.why}", markup=False, highlight=False)


def _goal(figure: Figure) -> str:
    goal = "" if figure.goal is None else f"{'>' if figure.above else '>='} {figure.goal:.3f}"
    return f"{goal} ({figure.against})".strip() if figure.against else goal
