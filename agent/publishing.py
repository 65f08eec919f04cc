"""Publishing what the knowledge base holds: where its articles come from, in order of trust, and one sync of all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.ports import Clock
from agent.settings import Settings
from knowledge.alerts import settle
from knowledge.editorial.source import EditorialSource
from knowledge.embed import Embedder
from knowledge.errors import SyncOvertaken, SyncRefused, SyncRunning
from knowledge.impact import Change, Standing, affected
from knowledge.index import VectorIndex
from knowledge.kept_vectors import load_vectors
from knowledge.news.source import NewsSource
from knowledge.passages import PassageSet
from knowledge.probes import ProbeShelf
from knowledge.progress import Progress, silent
from knowledge.snapshot import prune
from knowledge.sources import config
from knowledge.sources.folder import FolderSource
from knowledge.sources.source import Source
from knowledge.sync import SyncReport, sync
from knowledge.tables import active, snapshot_passage

_KEPT = 30  # snapshots to go back to: an editor's busy day must not push yesterday out
_SHOWN = 50  # questions named in a sync's report; the editor shows all of a draft


def sources_of(settings: Settings, engine: AsyncEngine, clock: Clock) -> tuple[Source, ...]:
    """Editors before the folder, the folder before what others deliver, and news last: the earlier one counts.

    Raises BadSourcesFile.
    """
    others = config.load(settings.sources, settings.data)
    return (EditorialSource(engine), FolderSource(settings.corpus), *others, NewsSource(engine, clock, settings.brand))


async def publish(
    settings: Settings,
    engine: AsyncEngine,
    index: VectorIndex,
    embedder: Embedder,
    clock: Clock,
    probes: ProbeShelf | None = None,
    progress: Progress = silent,
    *,
    force: bool = False,
) -> SyncReport:
    """One sync of all sources; old snapshots are cleared out afterwards. `probes` are the questions to compare, where there are any.

    Whatever else keeps it from being done raises an alert too. Raises SyncRunning, SyncOvertaken, SyncRefused, BadSourcesFile.
    """
    compare = _comparing(engine, embedder, clock, probes) if probes else None
    try:
        report = await sync(engine, index, embedder, sources_of(settings, engine, clock), progress, force=force, affected=compare)
    except (SyncRunning, SyncOvertaken, SyncRefused):  # the first two pass, the last has an alert of its own
        raise
    except Exception as error:
        with suppress(SQLAlchemyError, OSError):  # perhaps it is the database that is away
            await _alert(engine, {"failed": str(error)})
        raise
    await _alert(engine, {})
    with suppress(SyncRunning):  # another one has begun, and clears out when it ends
        await prune(engine, index, keep=_KEPT)
    return report


async def whole(engine: AsyncEngine, index: VectorIndex) -> bool:
    """Whether the index holds all that is published: a folder may be lost, a backup older than the index, the model another one."""
    held = select(snapshot_passage.c.passage_id).join(active, active.c.snapshot_id == snapshot_passage.c.snapshot_id)
    async with engine.connect() as connection:
        wanted = set(await connection.scalars(held))
    return wanted <= await index.known(wanted)


async def _alert(engine: AsyncEngine, present: Mapping[str, str]) -> None:
    async with engine.begin() as connection:
        await settle(connection, "publish", present)


def _comparing(
    engine: AsyncEngine, embedder: Embedder, clock: Clock, probes: ProbeShelf
) -> Callable[[PassageSet, PassageSet], Awaitable[Sequence[str]]]:
    async def compare(before: PassageSet, after: PassageSet) -> Sequence[str]:
        asked = await probes.ready()
        vectors = await load_vectors(engine, embedder.fingerprint, before.row_of.keys() | after.row_of.keys())
        changes = await asyncio.to_thread(affected, before, after, asked, vectors, clock.now().date())
        more = [f"and {len(changes) - _SHOWN} more"] if len(changes) > _SHOWN else []
        return [_sentence(change) for change in changes[:_SHOWN]] + more

    return compare


def _sentence(change: Change) -> str:
    return f"{change.verdict}: {change.probe.text[:120]!r} finds {_found(change.after)}, before {_found(change.before)}"


def _found(standing: Standing) -> str:
    sure = "" if standing.answerable else " (not sure)"
    return f"{standing.article or 'nothing'}{sure}"
