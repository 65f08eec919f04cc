"""Articles become the active snapshot: only new passages are embedded, and the switch is one transaction."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath

import numpy as np
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.article import Article, Problem
from knowledge.checks import warnings
from knowledge.embed import Embedder, Floats
from knowledge.entry import Entry, entries
from knowledge.errors import SyncRefused
from knowledge.index import VectorIndex
from knowledge.kept_vectors import load_vectors, save_vectors
from knowledge.progress import Progress, silent
from knowledge.snapshot import Pointer, entries_of, exclusive, pointer, publish
from knowledge.sources.source import Loaded, Source
from knowledge.tables import passage
from knowledge.vectors import RECIPE, embed_entries

_BATCH = 32
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did. `changed` is False when the active snapshot already said all this."""

    snapshot: str
    changed: bool
    articles: int
    passages: int
    embedded: int
    added: int
    removed: int
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the sources ask for, next to what is active."""

    loaded: Loaded
    entries: tuple[Entry, ...]
    before: frozenset[str]
    pointer: Pointer | None
    warnings: tuple[str, ...]
    snapshot: str


async def sync(
    engine: AsyncEngine,
    index: VectorIndex,
    embedder: Embedder,
    sources: Sequence[Source],
    progress: Progress = silent,
    *,
    force: bool = False,
) -> SyncReport:
    """Publishes the sources. Killed anywhere, the old snapshot serves on and the next run finishes the work.

    Raises SyncRunning beside another one, SyncRefused when less than half of the passages would be left.
    """
    started = time.monotonic()
    async with exclusive(engine):
        plan = await _plan(engine, embedder, sources, progress)
        if not force:
            _refuse_damage(plan)
        await _store(engine, plan.entries)
        embedded = await _embed(engine, index, embedder, plan.entries, progress)
        report = _report(plan, embedded, force, time.monotonic() - started)
        if report.changed:
            await _publish(engine, embedder, plan, report)
        progress("publish", 1, 1)
        return report


async def _plan(engine: AsyncEngine, embedder: Embedder, sources: Sequence[Source], progress: Progress) -> _Plan:
    loaded = await asyncio.to_thread(_load, sources)
    progress("read", len(loaded.articles), len(loaded.articles) + len(loaded.problems))
    found = await asyncio.to_thread(entries, loaded.articles)
    async with engine.connect() as connection:
        now = await pointer(connection)
        active = await entries_of(connection, now.snapshot) if now else ()
    kept = _last_good(loaded, active)
    found += kept
    names = sorted({f"{entry.language}/{entry.article}" for entry in kept})
    notes = tuple(f"{name}: kept as it was, its file is broken" for name in names)
    checked = await asyncio.to_thread(warnings, loaded.articles, datetime.now(UTC).date())
    digest = _digest(found, f"{embedder.fingerprint}-{RECIPE}")
    return _Plan(loaded, found, frozenset(entry.id for entry in active), now, notes + checked, digest)


def _load(sources: Sequence[Source]) -> Loaded:
    articles: dict[tuple[str, str], Article] = {}
    problems: list[Problem] = []
    for loaded in (source.load() for source in sources):
        problems.extend(loaded.problems)
        for article in loaded.articles:
            # Sources are named in order of trust: a feed can not replace what an editor wrote.
            if articles.setdefault((article.id, article.language), article) is not article:
                problems.append(Problem(f"{article.language}/{article.id}", 1, "an earlier source has this article"))
    return Loaded(tuple(articles.values()), tuple(problems))


def _last_good(loaded: Loaded, active: Sequence[Entry]) -> tuple[Entry, ...]:
    """Passages of articles whose file broke since (`<language>/<id>.md`): a slip of the pen must not unpublish them."""
    fine = {(article.language, article.id) for article in loaded.articles}
    files = [PurePath(problem.file) for problem in loaded.problems]
    broken = {(file.parent.name, file.stem) for file in files} - fine
    return tuple(entry for entry in active if (entry.language, entry.article) in broken)


def _digest(found: Sequence[Entry], fingerprint: str) -> str:
    """Equal content has an equal id, so a repeated or resumed sync arrives at the same snapshot."""
    lines = sorted(f"{entry.id} {entry.content_hash} {entry.position}" for entry in found)
    return hashlib.sha256("\n".join((fingerprint, *lines)).encode()).hexdigest()[:16]


def _refuse_damage(plan: _Plan) -> None:
    before, after = len(plan.before), len(plan.entries)
    if not after or after < before * _LEAST_SHARE:
        raise SyncRefused(f"{before} passages before, {after} now, {len(plan.loaded.problems)} files broken")


async def _store(engine: AsyncEngine, found: Sequence[Entry]) -> None:
    """Rows before vectors: whatever a killed run leaves behind is known to the database and can be pruned."""
    rows = [{name: value for name, value in asdict(entry).items() if name != "position"} for entry in found]
    async with engine.begin() as connection:
        for start in range(0, len(rows), 500):
            await _insert(connection, rows[start : start + 500])


async def _insert(connection: AsyncConnection, rows: list[dict[str, object]]) -> None:
    await connection.execute(upsert(passage).on_conflict_do_nothing(), rows)


async def _embed(engine: AsyncEngine, index: VectorIndex, embedder: Embedder, found: Sequence[Entry], progress: Progress) -> int:
    """Brings every passage into the index; only those without a kept vector are embedded."""
    kept = await load_vectors(engine, embedder.fingerprint, [entry.id for entry in found])
    await _restore(index, kept)
    # Alike lengths share a batch, so little of it is padding.
    missing = sorted((entry for entry in found if entry.id not in kept), key=lambda entry: len(entry.embedded))
    progress("embed", 0, len(missing))
    titles: dict[str, Floats] = {}
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        ids, vectors = [entry.id for entry in batch], await embed_entries(embedder, batch, titles)
        await index.add(ids, vectors)
        await save_vectors(engine, embedder.fingerprint, ids, vectors)
        progress("embed", start + len(batch), len(missing))
    return len(missing)


async def _restore(index: VectorIndex, kept: Mapping[str, Floats]) -> None:
    """An index that was lost, or never had them, gets the kept vectors back."""
    absent = sorted(kept.keys() - await index.known(list(kept)))
    if absent:
        await index.add(absent, np.stack([kept[id_] for id_ in absent]))


def _report(plan: _Plan, embedded: int, force: bool, seconds: float) -> SyncReport:
    now, after = plan.pointer, frozenset(entry.id for entry in plan.entries)
    rejected = bool(now and now.rejected == plan.snapshot and not force)
    same = bool(now and now.snapshot == plan.snapshot)
    note = (f"{plan.snapshot}: not published, it was rolled back; edit the articles or sync with force",)
    return SyncReport(
        snapshot=now.snapshot if now and rejected else plan.snapshot,
        changed=not (same or rejected),
        articles=len({(entry.article, entry.language) for entry in plan.entries}),
        passages=len(plan.entries),
        embedded=embedded,
        added=len(after - plan.before),
        removed=len(plan.before - after),
        problems=plan.loaded.problems,
        warnings=plan.warnings + (note if rejected else ()),
        seconds=round(seconds, 3),
    )


async def _publish(engine: AsyncEngine, embedder: Embedder, plan: _Plan, report: SyncReport) -> None:
    body = asdict(replace(report, problems=()))
    body["problems"] = [str(problem) for problem in report.problems]
    made = {
        "id": plan.snapshot,
        "fingerprint": embedder.fingerprint,
        "articles": report.articles,
        "passages": report.passages,
        "report": body,
    }
    async with engine.begin() as connection:
        await publish(connection, made, plan.entries)
