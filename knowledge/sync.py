"""Articles become the active snapshot: only new passages are embedded, and the switch is one transaction."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge import alerts, filling
from knowledge.article import Problem
from knowledge.checks import warnings
from knowledge.content import Content, content_of, cut, digest
from knowledge.duplicates import comparable, duplicates, pair
from knowledge.embed import Embedder
from knowledge.errors import SyncOvertaken, SyncRefused
from knowledge.gathering import Gathered, gather
from knowledge.held import Held, hold, name, report_of, tell
from knowledge.index import VectorIndex
from knowledge.kept_vectors import load_vectors
from knowledge.links import broken
from knowledge.passages import PassageSet
from knowledge.progress import Progress, silent
from knowledge.snapshot import exclusive, pointer, publish
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
    held: Held
    seconds: float


@dataclass(frozen=True, slots=True)
class _Active:
    """What is published; `duplicates` and `held` are what its report says of them."""

    snapshot: str
    content: Content
    duplicates: tuple[str, ...]
    held: Held


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

    Raises SyncRunning beside another one, SyncOvertaken when somebody goes back meanwhile, SyncRefused when less than half of the passages
    would be left.
    """
    work = _Work(engine, index, embedder, progress, affected, time.monotonic())
    async with exclusive(engine):
        now = await _active(engine)
        gathered = await gather(sources, now.content.variants)
        async with engine.begin() as connection:
            await record(connection, gathered.answers)
        progress("read", len(gathered.variants), len(gathered.variants) + len(gathered.problems))
        gathered, held = _held_back(gathered, now, {} if force else now.held)
        coming = digest(gathered.variants, f"{embedder.fingerprint}-{RECIPE}")
        making = _keep(work, now, gathered, held) if coming == now.snapshot else _renew(work, coming, now, gathered, held, force)
        report = await making
        progress("publish", 1, 1)
        return report


async def _active(engine: AsyncEngine) -> _Active:
    async with engine.connect() as connection:
        found = await pointer(connection)
        if found is None:
            return _Active("", Content(), (), {})
        told = await report_of(connection, found.snapshot)
        content = await content_of(connection, found.snapshot)
    twice = tuple(sentence for sentence in told.get("warnings", ()) if pair(sentence))
    return _Active(found.snapshot, content, twice, told.get("held", {}))


def _held_back(gathered: Gathered, now: _Active, held: Held) -> tuple[Gathered, Held]:
    variants, still = hold(gathered.variants, now.content.variants, held, gathered.retired)
    notes = tuple(
        f"{at}: rolled back, so what its source gives now is not published; change it there, or: portside sync --force" for at in still
    )
    return replace(gathered, variants=variants, notes=gathered.notes + notes), still


async def _keep(work: _Work, now: _Active, gathered: Gathered, held: Held) -> SyncReport:
    """Nothing to publish. An index that was lost meanwhile is mended, and what is wrong with the sources is told, all the same."""
    embedded = await filling.embed(work.engine, work.index, work.embedder, now.content.entries, work.progress)
    found = now.duplicates + await asyncio.to_thread(_article_checks, gathered)
    report = _report(now.snapshot, now.content, now.content, gathered, embedded, found)
    report = replace(report, changed=False, held=held, seconds=_seconds(work))
    told = _body(report)
    async with work.engine.begin() as connection:
        await alerts.settle(connection, "sync", {})
        await tell(connection, now.snapshot, {name: told[name] for name in ("problems", "warnings", "held")})
    return report


async def _renew(work: _Work, coming: str, now: _Active, gathered: Gathered, held: Held, force: bool) -> SyncReport:
    before = now.content
    after = await asyncio.to_thread(cut, gathered.variants, before)
    await _refuse_damage(work.engine, before, after, gathered, force)
    await filling.store(work.engine, after, before)
    embedded = await filling.embed(work.engine, work.index, work.embedder, after.entries, work.progress)
    found = await _twice(work, now, after) + await asyncio.to_thread(_article_checks, gathered)
    report = _report(coming, before, after, gathered, embedded, found)
    report = replace(report, held=held, affected=await _affected(work, before, after), seconds=_seconds(work))
    await _publish(work, now, after, report)
    return report


async def _refuse_damage(engine: AsyncEngine, before: Content, after: Content, gathered: Gathered, force: bool) -> None:
    counts = f"{len(before.entries)} passages before, {len(after.entries)} now, {len(gathered.problems)} files broken"
    damaged = not force and (not after.entries or len(after.entries) < len(before.entries) * _LEAST_SHARE)
    async with engine.begin() as connection:
        await alerts.settle(connection, "sync", {"refused": counts} if damaged else {})
    if damaged:
        raise SyncRefused(counts)


def _article_checks(gathered: Gathered) -> tuple[str, ...]:
    articles = [found.article for found in gathered.variants]
    return warnings(articles, datetime.now(UTC).date()) + broken(articles)


async def _twice(work: _Work, now: _Active, after: Content) -> tuple[str, ...]:
    """Only articles that changed are compared with all; what was said of two others still holds."""
    old = {found.id for found in now.content.variants}
    same = {name(found) for found in after.variants if found.id in old}
    new = {entry.id for entry in after.entries if f"{entry.language}/{entry.article}" not in same}
    groups = comparable(after.entries, new)
    vectors = await load_vectors(work.engine, work.embedder.fingerprint, [entry.id for group in groups for entry in group])
    found = await asyncio.to_thread(duplicates, groups, new, vectors)
    return tuple(sorted({*found, *(sentence for sentence in now.duplicates if same.issuperset(pair(sentence)))}))


async def _affected(work: _Work, before: Content, after: Content) -> tuple[str, ...]:
    if work.affected is None or not before.entries:
        return ()
    work.progress("compare", 0, 1)
    sets = [await asyncio.to_thread(PassageSet, "", content.entries) for content in (before, after)]
    return tuple(await work.affected(sets[0], sets[1]))


def _report(snapshot: str, before: Content, after: Content, gathered: Gathered, embedded: int, found: tuple[str, ...]) -> SyncReport:
    return SyncReport(
        snapshot=snapshot,
        changed=True,
        articles=len(after.variants),
        passages=len(after.entries),
        embedded=embedded,
        added=len(after.ids - before.ids),
        removed=len(before.ids - after.ids),
        problems=gathered.problems,
        warnings=gathered.notes + found,
        affected=(),
        held={},
        seconds=0.0,
    )


def _seconds(work: _Work) -> float:
    return round(time.monotonic() - work.started, 3)


def _body(report: SyncReport) -> dict[str, Any]:
    return asdict(replace(report, problems=())) | {"problems": [str(problem) for problem in report.problems]}


async def _publish(work: _Work, now: _Active, after: Content, report: SyncReport) -> None:
    counts = {"articles": report.articles, "passages": report.passages}
    made = {"id": report.snapshot, "fingerprint": work.embedder.fingerprint, **counts, "report": _body(report)}
    async with work.engine.begin() as connection:
        found = await pointer(connection, hold=True)
        if found and found.snapshot != now.snapshot:
            raise SyncOvertaken()
        await publish(connection, made, after.variants, after.entries)
