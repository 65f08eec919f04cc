"""`python -m eval.bench`: measures, shows the table, and fails when a figure is out of its bound."""

import json
import logging
import os
from typing import Annotated

import structlog
import typer
import uvloop
from rich.console import Console

from agent.bootstrap import portside
from agent.errors import PortsideError
from agent.store.engine import make_engine
from eval.bench import commerce, knowledge, load, memory, model_turn, photos, scale, startup
from eval.bench.figures import (
    Figure,
    as_json,
    of_commerce,
    of_costs,
    of_knowledge,
    of_levels,
    of_loads,
    of_models,
    of_photos,
    of_service,
    show,
)
from eval.bench.served import Service, serving
from eval.bench.stage import Stage, staged
from eval.bench.texts import Texts, read_orders
from eval.bench.turn import compare

PARTS = ("turn", "startup", "load", "knowledge", "commerce", "photos", "models", "scale")
Parts = Annotated[list[str] | None, typer.Option("--only", help=f"Measure only these: {', '.join(PARTS)}.")]


def main(
    as_lines: Annotated[bool, typer.Option("--json", help="Print JSON instead of the table.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer runs: a rough answer in a minute.")] = False,
    only: Parts = None,
) -> None:
    """Speed and memory, as ratios against a floor of the same run."""
    _quiet_logs()
    before = os.getloadavg()[0]
    try:
        with staged() as stage:
            figures = _measure(stage, set(only or PARTS), quick)
    except PortsideError as error:
        Console(stderr=True).print(f"[red]Error:[/red] {error}", highlight=False)
        raise typer.Exit(2) from None
    if as_lines:
        typer.echo(json.dumps({"load_average_before": before, "figures": as_json(figures)}, indent=2))
    else:
        show(figures, f"{os.cpu_count()} cores, load average before {before:.1f}, after {os.getloadavg()[0]:.1f}")
    raise typer.Exit(0 if all(figure.ok for figure in figures) else 1)


def _measure(stage: Stage, parts: set[str], quick: bool) -> list[Figure]:
    """The stored conversations of `scale` come last, so that they burden nothing else."""
    figures: list[Figure] = []
    if "turn" in parts:
        _say("floor and turn")
        figures += uvloop.run(_turns(stage, 20 if quick else 100))
    if "load" in parts or "startup" in parts:
        figures += _service(stage, parts, quick)
    if "knowledge" in parts:
        _say("knowledge base")
        figures += of_knowledge(uvloop.run(knowledge.measure(stage, 100 if quick else 300)))
    if "commerce" in parts:
        _say("commerce")
        figures += of_commerce(uvloop.run(commerce.measure(stage, 60 if quick else 300, 200 if quick else commerce.AT_ONCE)))
    if "models" in parts:
        _say("turns with models")
        figures += uvloop.run(_models(stage, 60 if quick else 240))
    if "photos" in parts:
        _say("photos")
        figures += of_photos(uvloop.run(photos.measure(stage.settings.models, 8 if quick else 20)))
    if "scale" in parts:
        _say("stored conversations")
        figures += uvloop.run(_scale(stage, 20 if quick else 40))
    return figures


async def _turns(stage: Stage, runs: int) -> list[Figure]:
    async with portside(stage.settings) as p:
        texts = Texts(await read_orders(p.engine))
        await compare(p, texts.take(40))  # warm-up
        return of_costs(await compare(p, texts.take(2 * runs)))


async def _models(stage: Stage, runs: int) -> list[Figure]:
    async with portside(stage.settings) as p:
        return of_models(await model_turn.measure(p, Texts(await read_orders(p.engine)), runs))


def _service(stage: Stage, parts: set[str], quick: bool) -> list[Figure]:
    figures: list[Figure] = []
    _say("start of the service")
    times = startup.measure(stage, 1 if quick else 2)
    with serving(stage) as service:
        if "load" in parts:
            _say("load")
            figures += of_loads(uvloop.run(_load(stage, service, 5 if quick else 20)))
        return figures + of_service(memory.measure(service.process), times)


async def _load(stage: Stage, service: Service, seconds: float) -> load.Loads:
    engine = make_engine(stage.url, pool=1)
    texts = Texts(await read_orders(engine))
    await engine.dispose()
    return await load.measure(stage, service, texts, seconds)


async def _scale(stage: Stage, turns: int) -> list[Figure]:
    async with portside(stage.settings) as p:
        return of_levels(await scale.measure(stage, p, Texts(await read_orders(p.engine)), turns))


def _say(what: str) -> None:
    Console(stderr=True).print(f"measuring: {what} ...", highlight=False)


def _quiet_logs() -> None:
    """The same JSON lines as the service writes, so that their cost is in the figures; nobody reads them."""
    logging.getLogger().setLevel("ERROR")
    nowhere = open(os.devnull, "w")  # noqa: SIM115 - for as long as the process lasts
    processors = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(nowhere),
    )


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.command()(main)

if __name__ == "__main__":
    app()
