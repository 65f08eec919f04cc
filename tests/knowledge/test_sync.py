"""Sync on a real PostgreSQL: only what is new is embedded, and nobody ever sees half a snapshot."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article, Problem
from knowledge.embed import Embedder, Floats, HashEmbedder
from knowledge.errors import NoSuchSnapshot, SyncRefused, SyncRunning
from knowledge.index import ChromaIndex, MemoryIndex
from knowledge.search import Knowledge
from knowledge.snapshot import exclusive, prune, rollback, snapshots
from knowledge.sources.folder import FolderSource
from knowledge.sources.source import Loaded
from knowledge.sync import SyncReport, sync
from knowledge.tables import metadata, passage

TODAY = date(2026, 6, 1)


@dataclass
class Shelf:
    """A source that a test can edit."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    name: str = "shelf"

    async def load(self) -> Loaded:
        return Loaded(self.articles, self.problems)


class Counting(HashEmbedder):
    """Remembers what it embedded; can be told to fail after some texts."""

    def __init__(self, fail_after: int = 10**9) -> None:
        super().__init__()
        self.embedded: list[str] = []
        self._left = fail_after

    async def passages(self, texts: Sequence[str]) -> Floats:
        passages = [text for text in texts if "\n" in text]  # the others are titles
        if len(self.embedded) + len(passages) > self._left:
            raise ConnectionError("power cut")
        self.embedded += passages
        return await super().passages(texts)


def article(number: int, body: str = "", language: str = "en") -> Article:
    text = body or f"Answer number {number} about thing{number}."
    return Article(id=f"article-{number}", title=f"Title {number}", language=language, body=text)


@pytest.fixture
async def db(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


async def run(db: AsyncEngine, index: MemoryIndex, shelf: Shelf, embedder: Embedder | None = None) -> SyncReport:
    return await sync(db, index, embedder or HashEmbedder(), [shelf])


async def ask(db: AsyncEngine, index: MemoryIndex, question: str) -> str:
    found = await Knowledge(db, index, HashEmbedder()).search(question, language="en", today=TODAY)
    return found.passages[0].text if found.passages else ""


async def test_the_first_sync_publishes_and_the_second_has_nothing_to_do(db: AsyncEngine) -> None:
    index, shelf, embedder = MemoryIndex(), Shelf(tuple(article(n) for n in range(40))), Counting()
    first = await run(db, index, shelf, embedder)
    again = await run(db, index, shelf, embedder)
    assert (first.changed, first.articles, first.passages, first.embedded, first.added) == (True, 40, 40, 40, 40)
    assert (again.changed, again.embedded, again.snapshot) == (False, 0, first.snapshot)
    assert len(embedder.embedded) == 40
    assert len(await snapshots(db)) == 1
    assert "Answer number 7" in await ask(db, index, "thing7")


async def test_an_edit_embeds_only_what_it_changed(db: AsyncEngine) -> None:
    index, embedder = MemoryIndex(), Counting()
    shelf = Shelf(tuple(article(n) for n in range(5)))
    await run(db, index, shelf, embedder)
    shelf.articles = (article(0, "Quite another answer."), *shelf.articles[1:4])
    report = await run(db, index, shelf, embedder)
    assert (report.embedded, report.added, report.removed) == (1, 1, 2)
    assert embedder.embedded[-1].endswith("Quite another answer.")
    assert "thing4" not in await ask(db, index, "thing4")


async def test_a_sync_that_dies_leaves_the_old_snapshot_and_the_next_one_finishes(db: AsyncEngine) -> None:
    index, shelf = MemoryIndex(), Shelf(tuple(article(n) for n in range(50)))
    old = await run(db, index, shelf)
    shelf.articles = tuple(article(n, f"New answer {n} on item{n}.") for n in range(100))
    with pytest.raises(ConnectionError):
        await run(db, index, shelf, Counting(fail_after=64))
    (only,) = await snapshots(db)
    assert (only.id, only.active) == (old.snapshot, True)
    assert "Answer number 7" in await ask(db, index, "thing7")
    embedder = Counting()
    report = await run(db, index, shelf, embedder)
    assert (report.changed, report.passages, len(embedder.embedded)) == (True, 100, 36)


KILLED = """
import asyncio, sys
from pathlib import Path
from sqlalchemy.ext.asyncio import create_async_engine
from knowledge.embed import HashEmbedder
from knowledge.sources.folder import FolderSource
from knowledge.index import ChromaIndex
from knowledge.sync import sync

class Slow(HashEmbedder):
    async def passages(self, texts):
        print("batch", flush=True)
        await asyncio.sleep(0.3)
        return await super().passages(texts)

async def main():
    index = ChromaIndex.in_folder(Path(sys.argv[2]), HashEmbedder().fingerprint)
    await sync(create_async_engine(sys.argv[1]), index, Slow(), [FolderSource(Path(sys.argv[3]))])

asyncio.run(main())
"""


async def test_a_killed_process_harms_nothing(db: AsyncEngine, tmp_path: Path) -> None:
    folder, vectors = tmp_path / "kb", tmp_path / "vectors"
    folder.mkdir()
    for number in range(100):
        (folder / f"a{number}.md").write_text(f"---\nid: a{number}\ntitle: T\nlanguage: en\n---\nAnswer {number}.\n")
    url = db.url.render_as_string(hide_password=False)
    arguments = ("-c", KILLED, url, str(vectors), str(folder))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    for _ in range(2):
        assert await asyncio.wait_for(process.stdout.readline(), 30)
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert await snapshots(db) == ()
    index, embedder = ChromaIndex.in_folder(vectors, HashEmbedder().fingerprint), Counting()
    report = await sync(db, index, embedder, [FolderSource(folder)])
    assert (report.changed, report.passages, len(embedder.embedded)) == (True, 100, 68)
    assert len(await index.query((await embedder.queries(["Answer 3."]))[0], 200)) == 100
    await index.close()


async def test_a_lost_index_is_restored_without_embedding(db: AsyncEngine) -> None:
    shelf = Shelf((article(1), article(2)))
    await run(db, MemoryIndex(), shelf)
    index = MemoryIndex()
    report = await run(db, index, shelf)
    assert (report.changed, report.embedded) == (False, 0)
    assert "thing2" in await ask(db, index, "thing2")


async def test_a_broken_file_keeps_its_last_good_passages(db: AsyncEngine) -> None:
    index, shelf = MemoryIndex(), Shelf((article(1), article(2)))
    await run(db, index, shelf)
    shelf.articles, shelf.problems = (
        (article(1, "Edited."),),
        (Problem("en/article-2.md", 3, "front matter is not YAML"),),
    )
    report = await run(db, index, shelf)
    assert report.passages == 2
    assert "en/article-2: kept as it was, its file is broken" in report.warnings
    assert "thing2" in await ask(db, index, "thing2")


async def test_an_emptied_folder_is_refused_unless_forced(db: AsyncEngine) -> None:
    index, shelf = MemoryIndex(), Shelf(tuple(article(n) for n in range(10)))
    await run(db, index, shelf)
    shelf.articles = shelf.articles[:4]
    with pytest.raises(SyncRefused, match="10 passages before, 4 now"):
        await run(db, index, shelf)
    assert (await sync(db, index, HashEmbedder(), [shelf], force=True)).passages == 4


async def test_a_second_sync_at_the_same_time_is_refused(db: AsyncEngine) -> None:
    async with exclusive(db):
        with pytest.raises(SyncRunning):
            await run(db, MemoryIndex(), Shelf((article(1),)))
    assert (await run(db, MemoryIndex(), Shelf((article(1),)))).changed


async def test_a_rollback_holds_until_the_articles_change(db: AsyncEngine) -> None:
    index, shelf = MemoryIndex(), Shelf((article(1),))
    first = await run(db, index, shelf)
    shelf.articles = (article(1, "A mistake."),)
    second = await run(db, index, shelf)
    assert await rollback(db) == first.snapshot
    held = await run(db, index, shelf)
    assert (held.changed, held.snapshot) == (False, first.snapshot)
    assert "rolled back" in held.warnings[-1]
    shelf.articles = (article(1, "Put right."),)
    assert (await run(db, index, shelf)).changed
    assert await rollback(db, to=second.snapshot) == second.snapshot
    with pytest.raises(NoSuchSnapshot):
        await rollback(db, to="never")


async def test_going_back_to_old_content_makes_it_the_newest(db: AsyncEngine) -> None:
    index, shelf = MemoryIndex(), Shelf((article(1),))
    first = await run(db, index, shelf)
    shelf.articles = (article(2),)
    second = await run(db, index, shelf)
    shelf.articles = (article(1),)
    assert (await run(db, index, shelf)).snapshot == first.snapshot
    assert [snapshot.id for snapshot in await snapshots(db)] == [first.snapshot, second.snapshot]
    assert await rollback(db) == second.snapshot


async def test_the_first_snapshot_has_none_before_it(db: AsyncEngine) -> None:
    with pytest.raises(NoSuchSnapshot):
        await rollback(db)
    await run(db, MemoryIndex(), Shelf((article(1),)))
    with pytest.raises(NoSuchSnapshot):
        await rollback(db)


async def test_pruning_keeps_the_active_and_the_newest(db: AsyncEngine) -> None:
    index, shelf = MemoryIndex(), Shelf(())
    for number in range(5):
        shelf.articles = (article(0), article(number + 1))
        await run(db, index, shelf)
    oldest = (await snapshots(db))[-1].id
    await rollback(db, to=oldest)
    assert await prune(db, index, keep=1) == 3
    assert {snapshot.id for snapshot in await snapshots(db)} == {oldest, (await snapshots(db))[0].id}
    async with db.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(passage)) == 3
    assert "thing1" in await ask(db, index, "thing1")


async def test_another_model_makes_another_snapshot(db: AsyncEngine) -> None:
    shelf = Shelf((article(1),))
    first = await run(db, MemoryIndex(), shelf)
    second = await run(db, MemoryIndex(), shelf, HashEmbedder(dim=128))
    assert (second.changed, second.snapshot != first.snapshot) == (True, True)


async def test_problems_and_warnings_stand_in_the_report(db: AsyncEngine) -> None:
    german = article(1, "Antwort 2.", language="de")
    shelf = Shelf((article(1, "Answer 1."), german), (Problem("en/x.md", 4, "no title"),))
    report = await run(db, MemoryIndex(), shelf)
    assert any("numbers differ" in warning for warning in report.warnings)
    (stored,) = await snapshots(db)
    assert stored.report["problems"] == ["en/x.md:4: no title"]
    assert replace(report, problems=()).passages == stored.passages == 2


async def test_progress_is_told(db: AsyncEngine) -> None:
    told: list[tuple[str, int, int]] = []

    def tell(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    await sync(db, MemoryIndex(), HashEmbedder(), [Shelf((article(1),))], tell)
    assert told == [("read", 1, 1), ("embed", 0, 1), ("embed", 1, 1), ("publish", 1, 1)]
