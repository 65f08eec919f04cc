"""Everything that must be there before the service can start. Each step looks first whether its work is done."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psycopg
from sqlalchemy import select

from agent.bootstrap import SystemClock, open_embedder
from agent.brains.local import examples, fitting, heads
from agent.commerce.demo.seed import hang_pictures, seed
from agent.desk.jobs import SYNC, make_app
from agent.domain.authority import Role as Authority
from agent.errors import NotReady, PortsideError
from agent.publishing import publish
from agent.settings import Settings
from agent.store import migrate
from agent.store.engine import database_url, make_engine
from agent.store.tables import operator
from agent.vision import features, pictures
from api import auth
from api.configured import write_private
from knowledge.embed import Embedder
from knowledge.index import open_index
from knowledge.probes import ProbeShelf
from knowledge.sync import SyncReport

Step = Callable[[str], None]
OPERATOR = "operator@lumenandloom.example"
EDITOR = "editor@lumenandloom.example"  #: the demo's second person
LEAD = "lead@lumenandloom.example"  #: the demo's third, who may grant whatever was paid
_DEMO: tuple[tuple[str, str, auth.Role, Authority], ...] = (
    (EDITOR, "Editor", "editor", Authority.LEAD),
    (LEAD, "Lead", "operator", Authority.FINANCE),
)


def prepare_models(settings: Settings, step: Step) -> None:
    """The embedding model, the classifiers fitted on it, and the network that looks at photos."""
    if not (settings.models / "model.json").is_file() or settings.embedding_model:
        from knowledge.encoder.build import prepare

        prepare(settings.models, settings.embedding_model or None, lambda label, share: step(f"model: {label} {share:.0%}"))
    embedder = open_embedder(settings)
    fit_heads(settings, embedder, step)
    features.prepare(settings.models, step)


def fit_heads(settings: Settings, embedder: Embedder, step: Step, *, force: bool = False) -> Path:
    """Fit the classifiers on the example files, when examples or model have changed."""
    target = heads.path(settings.models, embedder.fingerprint)
    if force or not target.is_file():
        step("classifiers: fitting on the examples")

        fitting.fit(lambda texts: asyncio.run(_embed(settings, embedder, texts, step)), target)
        for old in settings.models.glob("heads-*.npz"):
            if old != target:
                old.unlink()
    return target


async def _embed(settings: Settings, embedder: Embedder, texts: Sequence[str], step: Step, page: int = 512) -> heads.Vectors:
    """Examples are embedded once: after an edit only the new ones are."""
    kept = examples.load(settings.models, embedder.fingerprint)
    missing = [text for text in dict.fromkeys(texts) if text not in kept]
    for start in range(0, len(missing), page):
        batch = missing[start : start + page]
        kept |= dict(zip(batch, await embedder.queries(batch), strict=True))
        step(f"classifiers: {min(start + page, len(missing))} of {len(missing)} new examples read")
    if missing:
        examples.save(settings.models, embedder.fingerprint, kept)
    return np.stack([kept[text] for text in texts])


def prepare_database(settings: Settings, step: Step) -> str:
    """Start or find the database and bring its schema up to date."""
    step("database: starting")
    url = database_url(settings)
    step("database: migrations")
    migrate.upgrade(url)
    asyncio.run(migrate.upgrade_libraries(url, make_app(url)))
    return url


async def prepare_shop(settings: Settings, url: str, step: Step) -> None:
    """The demo shop, new again when its dates have grown stale."""
    if not settings.demo:
        return
    step("demo shop: orders, stock, batches")
    await seed_shop(url, refresh=True)


async def seed_shop(url: str, *, force: bool = False, refresh: bool = False) -> dict[str, int]:
    """Rows by table. Raises nothing when the shop is filled already."""
    engine = make_engine(url, pool=2)
    try:
        counts = await seed(engine, today=datetime.now(UTC).date(), force=force, refresh=refresh)
        await hang_pictures(engine)
    finally:
        await engine.dispose()
    return counts


async def prepare_pictures(settings: Settings, url: str, step: Step) -> None:
    """Look at the catalogue pictures beforehand: the first customer's photo need not wait for it."""
    step("photos: looking at the catalogue's pictures")
    engine = make_engine(url, pool=2)
    try:
        await pictures.refresh(engine, features.Extractor(settings.models))
    finally:
        await engine.dispose()


async def prepare_knowledge(settings: Settings, url: str, step: Step, *, force: bool = False) -> SyncReport:
    def told(what: str, done: int, total: int) -> None:
        step(f"knowledge: {what} {done} of {total}")

    engine, embedder = make_engine(url, pool=4), open_embedder(settings)
    probes = ProbeShelf(embedder, settings.data)
    index = open_index(embedder.fingerprint, folder=settings.data / "chroma", url=settings.chroma_url or None)
    try:
        return await publish(settings, engine, index, embedder, SystemClock(), probes, told, force=force)
    finally:
        await probes.close()
        await index.close()
        await engine.dispose()


async def sync_by_service(url: str, *, force: bool = False, patience: float = 300.0) -> str:
    """Put a sync on the queue and wait for a worker to finish it. Raises NotReady when none does."""
    app = make_app(url)
    async with app.open_async():
        # A job of its own beside one that may wait already: what became of it is what is to be told.
        own = await app.configure_task(SYNC, lock=SYNC).defer_async(timestamp=int(time.time()), force=force)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            left = list(await app.job_manager.list_jobs_async(id=own))
            if any(job.status == "failed" for job in left):
                raise PortsideError("The service could not sync. Its log says why; the snapshot before serves on.")
            if not left:  # done jobs are deleted
                return "synced by the running service"
            await asyncio.sleep(0.5)
    raise NotReady("No worker took the sync within five minutes. Is the service running with a worker?")


async def prepare_operator(settings: Settings, url: str, *, renew: bool = False) -> str | None:
    """A first operator with a generated password, kept in the data folder; None when there is one already.

    The demo has two more people with the same password, for what one person may not do alone.
    """
    path = settings.data / "operator-password"
    engine = make_engine(url, pool=2)
    try:
        async with engine.connect() as connection:
            known = set(await connection.scalars(select(operator.c.id)))
        kept = path.read_text().strip() if path.is_file() else None
        new = renew or not known
        password = secrets.token_urlsafe(12) if new else kept
        if new and password:
            await auth.set_password(engine, OPERATOR, "Operator", password, "reviewer")
            write_private(path, password + "\n")
        for email, name, role, authority in _DEMO if settings.demo and password else ():
            if new or email not in known:
                await auth.set_password(engine, email, name, str(password), role, authority)
        return password
    finally:
        await engine.dispose()


def prepare_all(settings: Settings, step: Step) -> tuple[str, str | None]:
    """Everything, in order: (database URL, the operator's password when it is known)."""
    settings.data.mkdir(parents=True, exist_ok=True)
    prepare_models(settings, step)
    url = prepare_database(settings, step)
    asyncio.run(prepare_shop(settings, url, step))
    asyncio.run(prepare_pictures(settings, url, step))
    asyncio.run(prepare_knowledge(settings, url, step))
    return url, asyncio.run(prepare_operator(settings, url))


def reachable(url: str) -> str | None:
    """None when the database answers; else why not."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("select 1")
        return None
    except psycopg.Error as error:
        return str(error).splitlines()[0]
