"""Photos from the command line: what may be told of them, learning anew, and drawn ones to try things with."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.damage.snap import HAPPENS, jpeg, snap
from agent.domain.diagnosis import Defect, Severity
from agent.errors import BadInput
from agent.store.engine import database_url, make_engine
from agent.vision import examples, store
from agent.vision.eyes import shared_extractor
from agent.vision.store import Label
from api.commands.progress import progress
from api.configured import settings as load

T = TypeVar("T")
photos = typer.Typer(no_args_is_help=True, help="What the agent may tell of customers' photos.")
Seed = Annotated[int, typer.Option(min=0, help="Another number, another photo; the same, the same.")]


def photo(
    file: Annotated[Path, typer.Argument(help="The JPEG to write.")],
    sku: Annotated[str, typer.Option(help="An article of the demo shop.")],
    defect: Annotated[Defect, typer.Option(help="What is wrong with it.")] = Defect.NONE,
    severity: Annotated[Severity | None, typer.Option(help="How bad it is; unset: anything.")] = None,
    seed: Seed = 1,
) -> None:
    """Draw a photo as a customer might send it, to upload in the chat. It is drawn, not taken."""
    drawn = jpeg(snap(sku, defect, seed, severity))
    try:
        file.write_bytes(drawn)
    except OSError as error:
        raise BadInput(f"{file} cannot be written ({error.strerror}). Name a file in a folder that exists.") from None
    typer.echo(f"{file}: {sku}, {defect.value}")


@photos.command("check")
def check() -> None:
    """What may be told, by category, and why the rest may not."""
    for name, fit in _on_database(_fits).items():
        table = Table("defect", "examples", "right when told", "found", "", "why", title=name)
        for one in fit["report"]["classes"]:
            figures = f"{one['right']} of {one['told']}", f"{one['right']} of {one['n']}"
            table.add_row(one["defect"], str(one["n"]), *figures, "on" if one["enabled"] else "off", one["why"])
        Console().print(table)


async def _fits(engine: AsyncEngine) -> dict[str, dict[str, Any]]:
    async with engine.connect() as connection:
        names = sorted({row["category"] for row in await store.counts(connection)})
        found = {name: await store.newest(connection, name) for name in names}
    if not any(found.values()):
        raise BadInput("Nothing is learned yet. Add examples on /desk/photos, or try `portside photos demo-examples`.")
    return {name: fit for name, fit in found.items() if fit}


@photos.command("learn")
def learn(category: Annotated[str, typer.Argument(help="A product category with examples.")]) -> None:
    """Learn a category anew from all its examples, as the button on /desk/photos does."""
    with progress(f"Learning {category}") as step:
        report = _on_database(lambda engine: _learned(engine, category, step))
    typer.echo(_told(category, report))


@photos.command("demo-examples")
def demo_examples(
    each: Annotated[int, typer.Option(min=1, max=20, help="Photos of each defect of each product.")] = 2,
    seed: Seed = 100,
) -> None:
    """Draw labelled examples for every category of the demo shop, and learn them. It takes a minute or two."""
    if not load().demo:
        raise BadInput(
            "Drawn examples are for the demo only: they would teach the agent of a real shop nonsense. Add photos on /desk/photos."
        )
    with progress("Drawing examples") as step:
        for line in _on_database(lambda engine: _taught(engine, each, seed, step)):
            typer.echo(line)


async def _taught(engine: AsyncEngine, each: int, seed: int, step: Callable[[str], None]) -> list[str]:
    extractor = shared_extractor(load().models)
    wanted = [(product, defect) for product in products() for defect in (Defect.NONE, *HAPPENS[product.category])]
    for done, (product, defect) in enumerate(wanted):
        step(f"{product.category}: {done * each} of {len(wanted) * each} photos")
        for number in range(each):
            severity = list(Severity)[(done + number) % len(Severity)]
            data = await asyncio.to_thread(lambda: jpeg(snap(product.sku, defect, seed + number, severity)))  # noqa: B023 - awaited here
            label = Label(sku=product.sku, category=product.category, defect=defect, severity=severity)
            await examples.add(engine, extractor, data, label, "demo")
    return [_told(name, await _learned(engine, name, step)) for name in sorted(HAPPENS)]


async def _learned(engine: AsyncEngine, category: str, step: Callable[[str], None]) -> dict[str, Any]:
    step(f"{category}: learning and checking")
    return await examples.refit(engine, shared_extractor(load().models), category, "command line")


def _told(category: str, report: dict[str, Any]) -> str:
    on = [one["defect"] for one in report["classes"] if one["enabled"]]
    return f"{category}: {report['n']} examples, may be told: {', '.join(on) or 'nothing'}"


def _on_database(do: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    async def done() -> T:
        engine = make_engine(database_url(load()), pool=2)
        try:
            return await do(engine)
        finally:
            await engine.dispose()

    return asyncio.run(done())
