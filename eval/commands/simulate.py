"""`simulate`: customers with a goal play whole conversations."""

import asyncio
from typing import Annotated, Any

import typer

from agent.policy import thresholds
from eval.commands import playing
from eval.commands.terminal import bar, console, table
from eval.simulation.goal import chosen
from eval.simulation.model import customers
from eval.simulation.phrases import languages
from eval.simulation.play import simulate as play
from eval.simulation.summary import summary
from eval.stage import open_stage

SEEDS = 2


def simulate(
    goal: Annotated[list[str] | None, typer.Option(help="Only this goal; may be given again.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given again.")] = None,
    seeds: Annotated[int, typer.Option(min=1, max=32, help="Tries of each goal and language.")] = SEEDS,
    customer: Annotated[str, typer.Option(help="scripted, or model: a language model plays the customer.")] = "scripted",
    demo: Annotated[bool, typer.Option("--demo", help="Act on provisional thresholds too, as the demo does.")] = False,
) -> None:
    """Scripted customers play whole conversations against the real graph; pass^k is the chance that k tries in a row succeed."""
    found = run_simulation(goal or [], language or languages(), seeds, customer, demo=demo)
    rows = [
        (row["goal"], f"{row['passed']}/{row['tries']}", *(f"{value:.2f}" for value in row["pass_k"].values())) for row in found["goals"]
    ]
    console.print(table("Simulated customers", ("goal", "passed", *(f"pass^{k}" for k in range(1, seeds + 1))), rows))
    for failure in found["failures"][:20]:
        console.print(f"{failure['goal']} {failure['language']} seed {failure['seed']}: {failure['why']}", markup=False, highlight=False)


def run_simulation(goals: list[str], spoken: list[str], seeds: int, kind: str, *, demo: bool) -> dict[str, Any]:
    """Raises NotReady when a model customer has no model, ValueError for an unknown goal or kind."""
    return asyncio.run(_simulate(goals, spoken, seeds, kind, demo))


async def _simulate(goals: list[str], spoken: list[str], seeds: int, kind: str, demo: bool) -> dict[str, Any]:
    settings = playing.settings()
    stage = await open_stage(settings, thresholds.load(), demo=demo)
    async with customers(kind, settings) as made:
        with bar("Simulated customers") as progress:
            played = await play(stage, languages=spoken, goals=chosen(goals), seeds=seeds, customer=made, progress=progress)
    return summary(played, seeds)
