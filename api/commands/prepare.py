"""Setting up: models, database, demo shop, knowledge, the first operator. Imports of the steps are late: they bring everything along."""

import asyncio
from typing import Annotated

import typer

from agent.store.engine import database_url
from api.commands.progress import console, progress
from api.configured import settings
from knowledge.errors import IndexLocked

models = typer.Typer(no_args_is_help=True, help="The embedding model, the classifiers, the network that looks at photos.")


def setup() -> None:
    """Everything, in order; what is done already is skipped."""
    from api import setup as steps

    with progress("Setting up") as step:
        steps.prepare_all(settings(), step)


def sync(
    force: Annotated[bool, typer.Option(help="Also when most articles would go, and what was rolled back.")] = False,
) -> None:
    """Publish the corpus as a new snapshot; only what changed is embedded."""
    from api import setup as steps

    chosen = settings()
    try:
        with progress("Syncing") as step:
            report = asyncio.run(steps.prepare_knowledge(chosen, database_url(chosen), step, force=force))
    except IndexLocked:
        # The running service holds the index: it does the work, on the same queue as every four hours.
        with progress("The running service syncs"):
            state = asyncio.run(steps.sync_by_service(database_url(chosen), force=force))
        typer.echo(f"{state}; `portside doctor` shows the snapshot")
        return
    for problem in report.problems:
        console.print(f"[red]{problem.file}:{problem.line}[/red] {problem.message}", highlight=False)
    for warning in report.warnings:
        console.print(f"[yellow]warning[/yellow] {warning}", highlight=False)
    for question in report.affected:
        console.print(f"[cyan]question[/cyan] {question}", highlight=False)
    state = "new snapshot" if report.changed else "nothing changed, snapshot"
    typer.echo(
        f"{state} {report.snapshot}: {report.articles} articles, {report.passages} passages, {report.embedded} embedded, {report.seconds:.1f} s"
    )


@models.command("prepare")
def prepare_models() -> None:
    """Build the embedding model, fit the classifiers and write the network that looks at photos, once."""
    from api import setup as steps

    with progress("Preparing models") as step:
        steps.prepare_models(settings(), step)
    typer.echo(f"ready in {settings().models}")


@models.command("fit")
def fit(force: Annotated[bool, typer.Option(help="Fit again although nothing changed.")] = False) -> None:
    """Fit intents and sentiment on the example files."""
    from agent.bootstrap import open_embedder
    from api import setup as steps

    chosen = settings()
    with progress("Fitting") as step:
        target = steps.fit_heads(chosen, open_embedder(chosen), step, force=force)
    typer.echo(f"fitted: {target}")


def seed(force: Annotated[bool, typer.Option(help="Throw the demo shop's data away first.")] = False) -> None:
    """Fill the demo shop."""
    from api import setup as steps

    chosen = settings()
    counts = asyncio.run(steps.seed_shop(database_url(chosen), force=force))
    typer.echo(", ".join(f"{name} {count}" for name, count in counts.items()))


def operator() -> None:
    """Give the demo operator a new password and print it."""
    from api import setup as steps

    chosen = settings()
    password = asyncio.run(steps.prepare_operator(chosen, database_url(chosen), renew=True))
    typer.echo(f"{steps.OPERATOR} {password}")
