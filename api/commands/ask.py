"""`ask`: a conversation through the whole graph as a dry run; nothing is sent and nothing changes in the shop."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from agent.bootstrap import make_parts
from agent.desk.outcome import TurnOutcome
from agent.desk.rehearsal import Rehearsal
from agent.settings import Settings
from agent.store.engine import database_url, make_engine
from api.commands.lines import BadLine, Row, Writer, read, text_of
from api.commands.thinking import thinking
from api.configured import settings as load
from knowledge.kept_vectors import memory_index


def ask(
    text: Annotated[str, typer.Argument(help="A customer's message.")] = "",
    customer: Annotated[str, typer.Option(help="E-mail of a signed-in customer.")] = "",
    market: Annotated[str, typer.Option(help="Country code of the shop.")] = "DE",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read JSON Lines from standard input, write JSON Lines.")] = False,
) -> None:
    """What the agent would decide, reply and do, with its sources and the time each node took."""
    row: Row = {"id": "1", "text": text, "customer": customer or None, "market": market}
    if jsonl:
        raise typer.Exit(asyncio.run(_lines(load())))
    outcome = asyncio.run(_one(load(), row))
    show(outcome)


async def _one(settings: Settings, row: Row) -> TurnOutcome:
    async with rehearsal(settings) as scene:
        return await play(scene, row)


async def _lines(settings: Settings) -> int:
    writer = Writer()
    async with rehearsal(settings) as scene:
        for row in read(sys.stdin):
            try:
                if "error" in row and len(row) == 2:
                    raise BadLine(row["error"])
                writer.write(row, as_json(await play(scene, row)))
            except Exception as error:  # one line's failure is that line's answer; the rest is done
                writer.write(row, error)
    return 1 if writer.failed else 0


@asynccontextmanager
async def rehearsal(settings: Settings) -> AsyncGenerator[Rehearsal]:
    """The real graph and parts, with a copy of the index in memory, so that it runs beside the service."""
    async with thinking(settings) as mind:
        engine = make_engine(database_url(settings), pool=4)
        try:
            index = await memory_index(engine, mind.embedder.fingerprint)
            yield Rehearsal(lambda clock: make_parts(settings, engine, mind.embedder, index, clock, models=mind.models, brain=mind.brain))
        finally:
            await engine.dispose()


async def play(scene: Rehearsal, row: Row) -> TurnOutcome:
    """Raises BadLine for a line of the wrong shape."""
    return await scene.play(
        texts(row),
        customer=_text(row, "customer"),
        channel=_text(row, "channel") or "cli",
        market=(_text(row, "market") or "DE").upper()[:2],
        now=_time(row),
    )


def texts(row: Row) -> list[tuple[str, int]]:
    """(text, number of photos) of every message, oldest first."""
    messages = row.get("messages")
    if messages is None:
        return [(text_of(row, "text"), 0)]
    if not isinstance(messages, list) or not messages or not all(isinstance(item, dict) for item in messages):
        raise BadLine("`messages` must be a list of objects with `text`")
    return [(text_of(item, "text") if "text" in item else "", 1 if item.get("photo") else 0) for item in messages]


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value else None


def _time(row: Row) -> datetime:
    given = _text(row, "now")
    if not given:
        return datetime.now(UTC)
    try:
        parsed = datetime.fromisoformat(given)
    except ValueError as error:
        raise BadLine("`now` must be an ISO 8601 time") from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def as_json(outcome: TurnOutcome) -> dict[str, Any]:
    """The batch contract's answer."""
    decision, reply = outcome.decision, outcome.reply
    return {
        "decision": decision.outcome.value,
        "tier": decision.desk.value,
        "reasons": [reason.value for reason in decision.reasons],
        "intents": [item.intent.value for item in outcome.triage.intents],
        "remedies": outcome.detail["remedies"],
        "reply": reply.text if reply else "",
        "draft": outcome.case.draft.text if outcome.case else None,
        "language": reply.language if reply else outcome.triage.language,
        "sources": outcome.detail["sources"],
        "effects": [{"kind": e.kind, "order": e.order, "key": e.key, "payload": e.payload} for e in outcome.effects],
        "timings": outcome.detail["timings"],
    }


def show(outcome: TurnOutcome) -> None:
    console, row = Console(), as_json(outcome)
    console.print(
        f"[bold]{row['decision']}[/bold] by {row['tier']}: {', '.join(row['reasons'])}   intents: {', '.join(row['intents'])}",
        highlight=False,
    )
    console.print(f"\n{row['reply']}\n", markup=False, highlight=False)
    if row["draft"]:
        console.print("[bold]Draft for the operator[/bold]")
        console.print(f"\n{row['draft']}\n", markup=False, highlight=False)
    for source in row["sources"]:
        console.print(f"  {source['id']}  {source['kind']}: {source['label']} ({source['ref']})", markup=False, highlight=False)
    for effect in row["effects"]:
        console.print(f"  would do: {effect['kind']} on #{effect['order']} {effect['payload']}", markup=False, highlight=False)
    table = Table("node", "ms", box=None)
    for node, ms in row["timings"].items():
        table.add_row(node, f"{ms:.1f}")
    console.print(table)
