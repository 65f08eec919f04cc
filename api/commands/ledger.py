"""`ledger`: the accountants' file, and where the ledger and the shop differ."""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, TextIO

import httpx
import typer
from rich.console import Console
from rich.table import Table

from agent.commerce.connectors import shops_file
from agent.commerce.connectors.registry import Builder
from agent.desk import reconcile, statement
from agent.errors import BadInput
from agent.store.engine import database_url, make_engine
from api.configured import settings as load

ledger = typer.Typer(no_args_is_help=True, help="Effects: for accounting, and against the shop.")
WRITE: dict[str, Callable[[list[dict[str, str]], TextIO], int]] = {"csv": statement.write_csv, "jsonl": statement.write_jsonl}


@ledger.command("export")
def export(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day, UTC.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included.")],
    format: Annotated[Literal["csv", "jsonl"], typer.Option(help="csv is safe to open in a spreadsheet.")] = "csv",  # noqa: A002
    out: Annotated[Path | None, typer.Option(help="A file; else it is printed.")] = None,
) -> None:
    """Effects planned on these days, one a line: amount, currency, state, who ordered and who approved."""
    if last < first:
        raise BadInput("The last day lies before the first. Write --from 2026-01-01 --to 2026-01-31.")
    lines = asyncio.run(_lines(first.date(), last.date()))
    if out is None:
        WRITE[format](lines, sys.stdout)
        return
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            count = WRITE[format](lines, file)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}. Choose another file with --out.") from error
    typer.echo(f"{count} effects in {out}")


async def _lines(first: date, last: date) -> list[dict[str, str]]:
    engine = make_engine(database_url(load()), pool=1)
    try:
        return [line async for line in statement.export(engine, first, last)]
    finally:
        await engine.dispose()


@ledger.command("check")
def check(days: Annotated[int, typer.Option(min=1, max=366, help="So many days back.")] = 1) -> None:
    """Ask the shop about every effect of the last days; exit code 1 when something differs."""
    found = asyncio.run(_differences(days))
    if not found:
        typer.echo("The shop says the same as the ledger.")
        return
    table = Table("key", "order", "what", "ledger", "shop", "at")
    for each in found:
        table.add_row(each.key, each.order, each.what, each.ledger, each.source, each.at.isoformat(timespec="minutes"))
    Console().print(table)
    raise typer.Exit(1)


async def _differences(days: int) -> tuple[reconcile.Difference, ...]:
    """With the shops alone: neither models nor knowledge are opened."""
    settings, now = load(), datetime.now(UTC)
    shops = shops_file.load(settings.shops, demo=settings.demo)
    engine = make_engine(database_url(settings), pool=reconcile.AT_ONCE)
    try:
        async with httpx.AsyncClient() as client:
            commerce = Builder(engine, client, shops_file.environment(), settings.shops.parent, lambda: datetime.now(UTC)).build(shops)
            return await reconcile.differences(engine, commerce.effects, now - timedelta(days=days), now)
    finally:
        await engine.dispose()
