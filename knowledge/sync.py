"""Articles become the active snapshot: only new passages are embedded, and the switch is one transaction."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge import alerts, filling
from knowledge.article import Problem
from knowledge.checks import warnings
from knowledge.content import Content, content_of, cut, digest
from knowledge.duplicates import comparable, duplicates
from knowledge.embed import Embedder
from knowledge.errors import SyncRefused
from knowledge.gathering import Gathered, gather
from knowledge.index import VectorIndex
from knowledge.kept_vectors import load_vectors
from knowledge.links import broken
from knowledge.passages import PassageSet
from knowledge.progress import Progress, silent
from knowledge.snapshot import Pointer, exclusive, pointer, publish
from knowledge.sources.source import Source
from knowledge.sources.state import record
from knowledge.vectors import RECIPE

_LEAST_SHARE = 0.5

Affected = Callable[[PassageSet, PassageSet], Awaitable[Sequence[str]]]
"""Told the passages before and after a sync; says, a sentence each, which known questions find another answer."""


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
    affected: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Work:
    """What one sync holds in its hands."""

    engine: AsyncEngine
    index: VectorIndex
    embedder: Embedder
    progress: Progress
    affected: Affected | None
    started: float


async def sync(
    engine: AsyncEngine,
    index: VectorIndex,
    embedder: Embedder,
    sources: Sequence[Source],
    progress: Progress = silent,
    *,
    force: bool = False,
    affected: Affected | None = None,
) -> SyncReport:
    """Publishes the sources, given in order of trust. Killed anywhere, the old snapshot serves on and the next run finishes the work.

    Raises SyncRunning beside another one, SyncRefused when less than half of the passages would be left.
    """
    work = _Work(engine, index, embedder, progress, affected, time.monotonic())
    async with exclusive(engine):
        now, before = await _active(engine)
        gathered = await gather(sources, before.variants)
        async with engine.begin() as connection:
            await record(connection, gathered.answers)
        progress("read", len(gathered.variants), len(gathered.variants) + len(gathered.problems))
        coming = digest(gathered.variants, f"{embedder.fingerprint}-{RECIPE}")
        if now and (coming == now.snapshot or (coming == now.rejected and not force)):
            report = await _keep(work, now, before, gathered, rejected=coming != now.snapshot)
        else:
            report = await _renew(work, coming, before, gathered, force)
        progress("publish", 1, 1)
        return report


async def _active(engine: AsyncEngine) -> tuple[Pointer | None, Content]:
    async with engine.connect() as connection:
        now = await pointer(connection)
        return now, await content_of(connection, now.snapshot) if now else Content()


async def _keep(work: _Work, now: Pointer, before: Content, gathered: Gathered, *, rejected: bool) -> SyncReport:
    """Nothing to publish. An index that was lost meanwhile is mended all the same."""
    embedded = await filling.embed(work.engine, work.index, work.embedder, before.entries, work.progress)
    note = (f"{now.rejected}: not published, it was rolled back; edit the articles or sync with force",) if rejected else ()
    found = await asyncio.to_thread(_article_checks, gathered)
    report = _report(now.snapshot, False, before, before, gathered, embedded, found + note)
    return replace(report, seconds=_seconds(work))


async def _renew(work: _Work, coming: str, before: Content, gathered: Gathered, force: bool) -> SyncReport:
    after = await asyncio.to_thread(cut, gathered.variants, before)
    if not force:
        await _refuse_damage(work.engine, before, after, gathered)
    await filling.store(work.engine, after, before)
    embedded = await filling.embed(work.engine, work.index, work.embedder, after.entries, work.progress)
    found = await asyncio.to_thread(_article_checks, gathered) + await _twice(work, before, after)
    report = _report(coming, True, before, after, gathered, embedded, found)
    report = replace(report, affected=await _affected(work, before, after), seconds=_seconds(work))
    await _publish(work, after, report)
    return report


async def _refuse_damage(engine: AsyncEngine, before: Content, after: Content, gathered: Gathered) -> None:
    counts = f"{len(before.entries)} passages before, {len(after.entries)} now, {len(gathered.problems)} files broken"
    damaged = not after.entries or len(after.entries) < len(before.entries) * _LEAST_SHARE
    async with engine.begin() as connection:
        await alerts.settle(connection, "sync", {"refused": counts} if damaged else {})
    if damaged:
        raise SyncRefused(counts)


def _article_checks(gathered: Gathered) -> tuple[str, ...]:
    articles = [found.article for found in gathered.variants]
    return warnings(articles, datetime.now(UTC).date()) + broken(articles)


async def _twice(work: _Work, before: Content, after: Content) -> tuple[str, ...]:
    new = set(after.ids - before.ids)
    groups = comparable(after.entries, new)
    vectors = await load_vectors(work.engine, work.embedder.fingerprint, [entry.id for group in groups for entry in group])
    return await asyncio.to_thread(duplicates, groups, new, vectors)


async def _affected(work: _Work, before: Content, after: Content) -> tuple[str, ...]:
    if work.affected is None or not before.entries:
        return ()
    work.progress("compare", 0, 1)
    sets = [await asyncio.to_thread(PassageSet, "", content.entries) for content in (before, after)]
    return tuple(await work.affected(sets[0], sets[1]))


def _report(
    snapshot: str, changed: bool, before: Content, after: Content, gathered: Gathered, embedded: int, found: tuple[str, ...]
) -> SyncReport:
    return SyncReport(
        snapshot=snapshot,
        changed=changed,
        articles=len(after.variants),
        passages=len(after.entries),
        embedded=embedded,
        added=len(after.ids - before.ids),
        removed=len(before.ids - after.ids),
        problems=gathered.problems,
        warnings=gathered.notes + found,
        affected=(),
        seconds=0.0,
    )


def _seconds(work: _Work) -> float:
    return round(time.monotonic() - work.started, 3)


async def _publish(work: _Work, after: Content, report: SyncReport) -> None:
    body = asdict(replace(report, problems=()))
    body["problems"] = [str(problem) for problem in report.problems]
    made = {
        "id": report.snapshot,
        "fingerprint": work.embedder.fingerprint,
        "articles": report.articles,
        "passages": report.passages,
        "report": body,
    }
    async with work.engine.begin() as connection:
        await publish(connection, made, after.variants, after.entries)
