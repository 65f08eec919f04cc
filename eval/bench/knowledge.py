"""The knowledge base at ten thousand passages: how fast it answers, how exactly, and what a sync costs."""

import hashlib
import shutil
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil
import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.bootstrap import open_embedder
from agent.store.engine import make_engine
from eval.bench import library
from eval.bench.stage import Stage
from eval.bench.texts import NAMES, PLACES
from eval.bench.usage import median, megabytes
from knowledge.article import Article
from knowledge.calibrate import questions
from knowledge.embed import Embedder, Floats
from knowledge.entry import entries
from knowledge.index import ChromaIndex, MemoryIndex, open_index
from knowledge.kept_vectors import load_vectors, memory_index
from knowledge.search import Knowledge
from knowledge.sources.folder import FolderSource
from knowledge.sources.source import Loaded
from knowledge.sync import sync
from knowledge.tables import metadata

PASSAGES, BULK = 10_000, 800
#: Cosine of a stand-in vector to the real one it stems from, about that of two passages of one article.
_ALIKE = 0.95
_TOP = 10
#: Share of the passages after which memory has seen everything once.
_WARM = 0.2
_CHANGED = 0.01
_TRIES = 3
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds, but for shares and megabytes."""

    passages: int
    answered: Sequence[float]  #: one question with its embedding and all filters
    exact: float  #: share of the true nearest ten that are found
    filled: float  #: without the time of embedding
    unchanged: float
    changed: float  #: without the time of embedding
    grown: float  #: MB from the warm-up to the end of the indexing
    bulk: float  #: speed of indexing against that of the embedder alone


class StandIn:
    """Vectors of real passages, moved a little, in no time: what is measured is everything but the embedding. `spent` is its own time."""

    def __init__(self, real: Floats) -> None:
        self._real = real
        self.spent = 0.0

    @property
    def fingerprint(self) -> str:
        return "stand-in"

    @property
    def dim(self) -> int:
        return self._real.shape[1]

    async def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of queries: made like those of passages."""
        return await self.passages(texts)

    async def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages: the same text has the same vector."""
        started = time.perf_counter()
        made = np.stack([self._one(text) for text in texts])
        self.spent += time.perf_counter() - started
        return made

    def _one(self, text: str) -> Floats:
        draw = np.random.default_rng(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()))
        away = draw.normal(size=self.dim).astype(np.float32)
        moved = _ALIKE * self._real[draw.integers(len(self._real))] + np.sqrt(1 - _ALIKE**2) * away / np.linalg.norm(away)
        return (moved / np.linalg.norm(moved)).astype(np.float32)


async def measure(stage: Stage, runs: int, passages: int = PASSAGES) -> Costs:
    """In a database of its own beside the shop's."""
    embedder = open_embedder(stage.settings)
    corpus = stage.settings.corpus
    material = library.words(corpus)
    ratio = await _bulk(stage, embedder, material)
    folder = stage.settings.data / "library"
    files = library.write(folder, material, passages)
    async with _base(stage, "large") as (engine, folder_of_index):
        real = await _vectors(stage, embedder.fingerprint)
        index = open_index("stand-in", folder=folder_of_index)
        try:
            costs = await _syncs(engine, index, StandIn(real), folder, files)
            known = Knowledge(engine, index, embedder)
            answered = await _answers(known, runs)
            return replace(costs, bulk=ratio, answered=answered, exact=await _agreement(engine, index, embedder, runs))
        finally:
            await index.close()


async def _vectors(stage: Stage, fingerprint: str) -> Floats:
    """Those of the shop's own passages, which the stage has embedded."""
    engine = make_engine(stage.url, pool=1)
    try:
        return np.stack(list((await load_vectors(engine, fingerprint)).values()))
    finally:
        await engine.dispose()


async def _syncs(engine: AsyncEngine, index: ChromaIndex, embedder: StandIn, folder: Path, files: Sequence[Path]) -> Costs:
    source, process = FolderSource(folder), psutil.Process()
    held: list[float] = []

    def watch(step: str, done: int, total: int) -> None:
        if step == "embed" and done >= _WARM * total:
            held.append(megabytes(process))

    first = await sync(engine, index, embedder, [source], watch)
    filled = first.seconds - embedder.spent
    unchanged = [(await sync(engine, index, embedder, [source])).seconds for _ in range(_TRIES)]
    changed = [await _after_edit(engine, index, embedder, source, files[at:]) for at in range(_TRIES)]
    # The best of a few: what else the machine does only ever adds.
    return Costs(first.passages, (), 0.0, filled, min(unchanged), min(changed), held[-1] - held[0], 0.0)


async def _after_edit(engine: AsyncEngine, index: ChromaIndex, embedder: StandIn, source: FolderSource, files: Sequence[Path]) -> float:
    library.edit(files, _CHANGED)
    before = embedder.spent
    report = await sync(engine, index, embedder, [source])
    if not report.changed:
        raise RuntimeError("the sync did not see what was changed; look at its report")
    return report.seconds - (embedder.spent - before)


async def _answers(known: Knowledge, runs: int) -> list[float]:
    """No two questions alike, or the embedder would remember them."""
    today, took = datetime.now(UTC).date(), list[float]()
    asked = [question for question in questions() if question.article]
    for at in range(runs + 20):
        one = asked[at % len(asked)]
        text = f"{one.text} {NAMES[at % len(NAMES)]}, {PLACES[at // len(NAMES) % len(PLACES)]}"
        started = time.perf_counter()
        await known.search(text, language=one.language, market="DE", audience="customer", today=today)
        took.append(time.perf_counter() - started)
    return took[20:]  # the first ones fill memory


async def _agreement(engine: AsyncEngine, index: ChromaIndex, embedder: Embedder, runs: int) -> float:
    exact: MemoryIndex = await memory_index(engine, "stand-in")
    shares: list[float] = []
    for vector in await embedder.queries([question.text for question in questions()][:runs]):
        true = {id_ for id_, _ in await exact.query(vector, _TOP)}
        shares.append(len(true & {id_ for id_, _ in await index.query(vector, _TOP)}) / len(true))
    return float(np.mean(shares))


async def _bulk(stage: Stage, embedder: Embedder, material: dict[str, library.Words]) -> float:
    """Raw embedding and indexing by turns, a part of the articles each, so that both see the same machine; the median of the turns."""
    folder = stage.settings.data / "bulk"
    library.write(folder, material, BULK)
    articles, ratios = library.some(folder), list[float]()
    async with _base(stage, "bulk") as (engine, folder_of_index):
        index = open_index(embedder.fingerprint, folder=folder_of_index)
        try:
            for at in range(_ROUNDS):
                texts = [entry.embedded for entry in entries(articles[at::_ROUNDS])]
                raw = await _raw(embedder, texts)
                so_far = [article for part in range(at + 1) for article in articles[part::_ROUNDS]]
                ratios.append(raw / (await sync(engine, index, embedder, [Given(so_far)])).seconds)
        finally:
            await index.close()
    return median(ratios)


@dataclass(frozen=True, slots=True)
class Given:
    """A source that has these articles."""

    articles: Sequence[Article]
    name: str = "given"

    async def load(self) -> Loaded:
        """All of them."""
        return Loaded(tuple(self.articles))


async def _raw(embedder: Embedder, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    await embedder.passages(texts)
    return time.perf_counter() - started


@asynccontextmanager
async def _base(stage: Stage, name: str) -> AsyncGenerator[tuple[AsyncEngine, Path]]:
    """An empty knowledge base: tables of its own on the stage's server, and a folder for the index."""
    with psycopg.connect(stage.url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(f"bench_{name}")))
    engine = make_engine(_beside(stage.url, f"bench_{name}"), pool=4)
    folder = stage.settings.data / f"chroma-{name}"
    try:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        yield engine, folder
    finally:
        await engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)


def _beside(url: str, database: str) -> str:
    """The same server, another database; the socket's folder stands in the query."""
    server, _, query = url.partition("?")
    return f"{server.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")
