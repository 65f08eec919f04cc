"""`triage` and `search`: one text from the command line, or JSON Lines under the batch contracts."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from agent.bootstrap import open_embedder
from agent.domain.triage import Triage
from agent.policy.escalation import must_hand_over_text
from agent.ports import Brain
from agent.settings import Settings
from api.commands.lines import BadLine, Row, Writer, each, pages, read, text_of
from api.commands.searching import searcher
from api.commands.thinking import thinking
from api.configured import settings as load

#: Rows whose texts are embedded together.
PAGE = 64
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Read JSON Lines from standard input, write JSON Lines.")]


def triage(text: Annotated[str, typer.Argument(help="A customer's message.")] = "", jsonl: JsonLines = False) -> None:
    """Language, intents, sentiment, urgency, entities and flags of a message."""
    if jsonl:
        raise typer.Exit(asyncio.run(_triage_all(load())))
    found = asyncio.run(_triage_one(load(), text))
    typer.echo(json.dumps(triage_json(found), ensure_ascii=False, indent=2))


async def _triage_one(settings: Settings, text: str) -> Triage:
    async with thinking(settings) as mind:
        return (await mind.brain.triage_texts([text], [None]))[0]


async def _triage_all(settings: Settings) -> int:
    writer = Writer()
    async with thinking(settings) as mind:
        await _triage_lines(mind.brain, writer)
    return 1 if writer.failed else 0


async def _triage_lines(brain: Brain, writer: Writer) -> None:
    for page in pages(read(sys.stdin), PAGE):
        texts = each(page, lambda row: text_of(row, "text"))
        good = [(row, text) for row, text in zip(page, texts, strict=True) if isinstance(text, str)]
        answers = iter(await brain.triage_texts([text for _, text in good], [_hint(row) for row, _ in good]))
        for row, text in zip(page, texts, strict=True):
            writer.write(row, triage_json(next(answers)) if isinstance(text, str) else text)


def _hint(row: Row) -> str | None:
    hint = row.get("language")
    return hint if isinstance(hint, str) else None


def triage_json(found: Triage) -> Row:
    """The batch contract's answer."""
    return {
        "language": found.language,
        "intents": [{"intent": item.intent.value, "score": item.score} for item in found.intents],
        "sentiment": {"label": found.sentiment.value, "score": found.sentiment_score},
        "urgency": found.urgency.value,
        "entities": [{"kind": e.kind.value, "value": e.value, "start": e.start, "end": e.end} for e in found.entities],
        "flags": sorted(flag.value for flag in found.flags),
        "escalate": must_hand_over_text(found),
    }


def search(
    query: Annotated[str, typer.Argument(help="A question.")] = "",
    language: Annotated[str, typer.Option(help="Language of the answer.")] = "",
    market: Annotated[str, typer.Option(help="Country code of the shop.")] = "",
    k: Annotated[int, typer.Option(help="How many passages.")] = 5,
    passages: Annotated[Path | None, typer.Option(help="Search this JSON Lines file (id, text, language) instead.")] = None,
    jsonl: JsonLines = False,
) -> None:
    """Passages of the knowledge base for a question."""
    chosen = load()
    embedder = open_embedder(chosen)
    rows = read(sys.stdin) if jsonl else iter([{"id": "1", "query": query, "language": language or None, "market": market or None, "k": k}])
    writer = Writer()

    async def run() -> None:
        async with searcher(chosen, embedder, passages) as find:
            for row in rows:
                try:
                    writer.write(row, await find(row, k))
                except BadLine as error:
                    writer.write(row, error)

    asyncio.run(run())
    raise typer.Exit(1 if writer.failed else 0)
