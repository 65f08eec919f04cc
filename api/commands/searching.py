"""One search function over the knowledge base or over a file of passages."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from agent.bootstrap import make_brain
from agent.brains.local.language import detect
from agent.nodes.retrieve import wishes
from agent.ports import Brain
from agent.settings import Settings
from agent.store.engine import database_url, make_engine
from api.commands.lines import Row, text_of
from knowledge.embed import Embedder
from knowledge.kept_vectors import memory_index
from knowledge.passages_file import open_file
from knowledge.search import Knowledge, SearchResult

Find = Callable[[Row, int], Awaitable[Row]]


@asynccontextmanager
async def searcher(settings: Settings, embedder: Embedder, passages: Path | None) -> AsyncGenerator[Find]:
    """A function from a line in to a line out. It reads beside a running service: its index is a copy in memory."""
    if passages:
        opened = await open_file(passages, embedder)
        yield _finder(opened.knowledge, None)
        return
    engine = make_engine(database_url(settings), pool=2)
    # The wishes are heard by the local brain, whatever else is configured: a search asks no model.
    brain = make_brain(settings.model_copy(update={"model_small": ""}), embedder)
    try:
        yield _finder(Knowledge(engine, await memory_index(engine, embedder.fingerprint), embedder), brain)
    finally:
        await engine.dispose()


def _finder(knowledge: Knowledge, brain: Brain | None) -> Find:
    """With a brain, the articles of ours are asked as the agent asks them; without, a file's lines, which keep their own ids."""

    async def find(row: Row, k: int) -> Row:
        query = text_of(row, "query")
        language, market, wanted = row.get("language"), row.get("market"), row.get("k")
        spoken = language if isinstance(language, str) and language else detect(query)[0]
        found = await knowledge.search(
            query,
            language=spoken,
            intents=wishes((await brain.triage_texts([query], [spoken]))[0]) if brain else (),
            market=market if isinstance(market, str) and market else None,
            k=wanted if isinstance(wanted, int) and 0 < wanted <= 100 else k,
            today=datetime.now(UTC).date(),
        )
        return answer(found, own_ids=brain is None)

    return find


def answer(found: SearchResult, *, own_ids: bool) -> Row:
    """The batch contract's answer; a file's lines keep their own ids."""
    results = [
        {"id": p.article if own_ids else p.id, "article": p.article, "language": p.language, "score": p.score, "text": p.text}
        for p in found.passages
    ]
    return {"results": results, "answerable": found.answerable}
