"""The knowledge base as files, to keep elsewhere or to edit in bulk."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from agent.store.engine import database_url, make_engine
from api.configured import settings as load
from knowledge.export import write
from knowledge.variants import Variant, active_variants

knowledge = typer.Typer(no_args_is_help=True, help="The articles.")


@knowledge.callback()
def _group() -> None:
    """Keeps `export` a command of its own: a group with one command would take its place."""


@knowledge.command("export")
def export(folder: Annotated[Path, typer.Argument(help="Made when missing; files of the same name are replaced.")]) -> None:
    """Write what is published as Markdown files: <folder>/<language>/<id>.md."""
    found = asyncio.run(_published())
    write(folder, [variant.article for variant in found])
    typer.echo(f"{len(found)} articles in {folder}" if found else "nothing is published: run `portside sync`")


async def _published() -> tuple[Variant, ...]:
    engine = make_engine(database_url(load()), pool=1)
    try:
        async with engine.connect() as connection:
            return await active_variants(connection)
    finally:
        await engine.dispose()
