"""A sync is killed with signal 9 at 30 random points: whoever searches sees one whole edition, never a mixture and never a gap."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.embed import HashEmbedder
from knowledge.index import ChromaIndex
from knowledge.search import Knowledge
from knowledge.snapshot import entries_of, pointer
from knowledge.sources.folder import FolderSource
from knowledge.sync import sync
from knowledge.tables import metadata

ARTICLES, KILLS = 60, 30

# Loaded once, forked for every sync: a process of its own each, without the second that the imports take.
NURSERY = """
import asyncio, os, sys
from pathlib import Path
from sqlalchemy.ext.asyncio import create_async_engine
from knowledge.embed import HashEmbedder
from knowledge.index import ChromaIndex
from knowledge.sources.folder import FolderSource
from knowledge.sync import sync
import chromadb

class Slow(HashEmbedder):
    async def passages(self, texts):
        await asyncio.sleep(0.03)
        return await super().passages(texts)

async def main():
    index = ChromaIndex.in_folder(Path(sys.argv[2]), HashEmbedder().fingerprint)
    await sync(create_async_engine(sys.argv[1]), index, Slow(), [FolderSource(Path(sys.argv[3]))])

for line in sys.stdin:
    child = os.fork()
    if not child:
        asyncio.run(main())
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@dataclass
class Nursery:
    """Starts syncs in processes of their own."""

    process: asyncio.subprocess.Process

    async def start(self) -> int:
        assert self.process.stdin
        self.process.stdin.write(b"go\n")
        return int(await self._line())

    async def wait(self) -> None:
        assert await self._line() == "gone"

    async def _line(self) -> str:
        assert self.process.stdout
        return (await asyncio.wait_for(self.process.stdout.readline(), 30)).decode().strip()


@pytest.fixture
async def db(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


@pytest.fixture
async def nursery(db: AsyncEngine, tmp_path: Path) -> AsyncIterator[Nursery]:
    arguments = (db.url.render_as_string(hide_password=False), str(tmp_path / "vectors"), str(tmp_path / "kb"))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", NURSERY, *arguments, stdin=pipe, stdout=pipe)
    yield Nursery(process)
    process.kill()
    await process.wait()


def write(folder: Path, edition: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(ARTICLES):
        text = f"---\nid: a{number}\ntitle: Thing{number}\nlanguage: en\n---\nEdition{edition} says what thing{number} is.\n"
        (folder / f"a{number}.md").write_text(text)


async def seen(db: AsyncEngine, vectors: Path) -> tuple[set[str], int]:
    """Which editions a reader meets, in the tables and by searching, and how many articles there are."""
    async with db.connect() as connection:
        now = await pointer(connection)
        entries = await entries_of(connection, now.snapshot) if now else ()
    index, embedder = ChromaIndex.in_folder(vectors, HashEmbedder().fingerprint), HashEmbedder()
    reader = Knowledge(db, index, embedder)
    found = {entry.text.split()[0] for entry in entries}
    for number in random.sample(range(ARTICLES), 5):
        (passage,) = (await reader.search(f"thing{number}", language="en", today=date(2026, 6, 1), k=1)).passages
        assert f"thing{number} " in passage.text
        found.add(passage.text.split()[0])
        assert await index.known([entry.id for entry in entries]) == {entry.id for entry in entries}
    await index.close()
    return found, len(entries)


async def test_thirty_kills_leave_no_mixed_and_no_missing_answer(db: AsyncEngine, nursery: Nursery, tmp_path: Path) -> None:
    folder, vectors = tmp_path / "kb", tmp_path / "vectors"
    write(folder, 0)
    started = time.monotonic()
    await nursery.start()
    await nursery.wait()
    takes = time.monotonic() - started
    editions: list[str] = []
    for edition in range(1, KILLS + 1):
        write(folder, edition)
        child = await nursery.start()
        await asyncio.sleep(random.uniform(0, takes))
        with contextlib.suppress(ProcessLookupError):  # it was done already
            os.kill(child, signal.SIGKILL)
        await nursery.wait()
        (one,), count = await seen(db, vectors)
        assert count == ARTICLES
        editions.append(one)
    # Some died before the switch and some after it, or the kills were no test.
    published = [one == f"Edition{number}" for number, one in enumerate(editions, 1)]
    assert 0 < sum(published) < KILLS
    index = ChromaIndex.in_folder(vectors, HashEmbedder().fingerprint)
    await sync(db, index, HashEmbedder(), [FolderSource(folder)])
    await index.close()
    assert await seen(db, vectors) == ({f"Edition{KILLS}"}, ARTICLES)
