"""The one composition root: settings -> parts, each replaceable by keyword."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.brains.cascade import Cascade
from agent.brains.entailment import Entailment
from agent.brains.llm import MemoryMeter, Models, open_models
from agent.commerce.connectors import shops_file
from agent.commerce.connectors.registry import Builder, Commerce
from agent.commerce.demo_shop import DemoShop
from agent.desk.jobs import Queue, make_app
from agent.desk.mail import mailer
from agent.desk.notices import Notices
from agent.desk.proof import ProvingEffects
from agent.desk.spending import TableMeter
from agent.domain.languages import FALLBACK, Language
from agent.errors import NotReady
from agent.graph import Graph, build
from agent.phrasing import Phrases
from agent.policy import thresholds
from agent.policy.limits import LIMITS
from agent.policy.pack import load, packs
from agent.policy.terms import TERMS
from agent.ports import Brain, Catalogue, Clock, Effects, Entails, Knowledge
from agent.settings import Settings
from agent.signals.grants import LedgerGrants
from agent.signals.history import CaseHistory
from agent.signals.surroundings import ShopAndDesk
from agent.state import Parts
from agent.store.checkpoints import WaitingSaver
from agent.store.engine import check_schema, database_url, make_engine, reading
from agent.vision.eyes import make_eye
from agent.writing import voice
from knowledge.embed import Embedder, OnnxEmbedder
from knowledge.index import VectorIndex, open_index
from knowledge.probes import ProbeShelf
from knowledge.rerank import CrossEncoderReranker, Reranker


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


#: What a caller may put in the place of a part that the nodes reach.
PARTS = frozenset(
    ("brain", "eye", "orders", "catalogue", "stock", "grants", "surroundings", "knowledge", "phrases", "thresholds", "entails")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portside:
    """Everything a process needs, opened; closed with the context that made it."""

    settings: Settings
    url: str
    engine: AsyncEngine
    queue: Queue
    graph: Graph
    parts: Parts
    commerce: Commerce
    effects: Effects
    clock: Clock
    notices: Notices
    embedder: Embedder
    index: VectorIndex
    probes: ProbeShelf
    reranker: Reranker | None
    models: Models


@asynccontextmanager
async def portside(settings: Settings, **replace: Any) -> AsyncGenerator[Portside]:
    """Open everything. Any field of Portside or Parts may be given by keyword instead.

    Raises:
        NotReady: models or database are not set up; the message says how to mend it.
        UnsafeSettings, BadFile: the shops file cannot be used; the message names its line.
    """
    async with AsyncExitStack() as stack:
        url: str = replace.get("url") or database_url(settings)
        engine: AsyncEngine = await _engine(replace.get("engine") or make_engine(url), stack)
        embedder: Embedder = replace.get("embedder") or open_embedder(settings)
        index: VectorIndex = replace.get("index") or open_index(
            embedder.fingerprint, folder=settings.data / "chroma", url=settings.chroma_url or None
        )
        stack.push_async_callback(index.close)
        probes: ProbeShelf = replace.get("probes") or ProbeShelf(embedder, settings.data)
        stack.push_async_callback(probes.close)
        queue = Queue(make_app(url))
        await stack.enter_async_context(queue.app.open_async())
        saver = WaitingSaver(await stack.enter_async_context(_checkpoint_pool(url)))
        clock: Clock = replace.get("clock") or SystemClock()
        commerce: Commerce = replace.get("commerce") or await _commerce(settings, engine, clock, stack)
        shop = {"orders": commerce.orders, "catalogue": commerce.catalogue, "stock": commerce.stock}
        given = shop | {name: part for name, part in replace.items() if name in PARTS}
        reranker: Reranker | None = replace.get("reranker") or _reranker(settings, stack)
        if settings.entailment_model:
            given["entails"] = replace.get("entails") or _entailment(settings.entailment_model, stack)
        models: Models = replace.get("models") or open_models(settings, TableMeter(engine, settings))
        stack.push_async_callback(models.aclose)
        parts = make_parts(settings, engine, embedder, index, clock, reranker, models, **given)
        if isinstance(parts.brain, Cascade):
            stack.callback(parts.brain.close)
        yield Portside(
            settings=settings,
            url=url,
            engine=engine,
            queue=queue,
            graph=build(saver),
            parts=parts,
            commerce=commerce,
            effects=replace.get("effects") or ProvingEffects(commerce.effects, engine, mailer(settings, engine), parts.phrases, clock),
            clock=clock,
            notices=Notices(url),
            embedder=embedder,
            index=index,
            probes=probes,
            reranker=reranker,
            models=models,
        )


async def _engine(made: AsyncEngine, stack: AsyncExitStack) -> AsyncEngine:
    stack.push_async_callback(made.dispose)
    await check_schema(made)
    return made


async def _commerce(settings: Settings, engine: AsyncEngine, clock: Clock, stack: AsyncExitStack) -> Commerce:
    """The shops of the shops file; without one, the demo shop."""
    shops = shops_file.load(settings.shops, demo=settings.demo)
    client = await stack.enter_async_context(httpx.AsyncClient())
    return Builder(engine, client, shops_file.environment(), settings.shops.parent, clock.now).build(shops)


def _reranker(settings: Settings, stack: AsyncExitStack) -> Reranker | None:
    """Loads in the background: until it is there, and whenever it is late, the order of the search stands."""
    if not settings.reranker_model:
        return None
    made = CrossEncoderReranker(settings.reranker_model)
    stack.callback(made.close)
    return made


def _entailment(folder: Path, stack: AsyncExitStack) -> Entails:
    made = Entailment(folder)
    stack.callback(made.close)
    return made


def _checkpoint_pool(url: str) -> AsyncConnectionPool[Any]:
    # As the saver wants its connections: each statement its own, prepared, rows as dicts.
    kwargs = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    return AsyncConnectionPool(url, min_size=1, max_size=8, timeout=5, kwargs=kwargs, open=False)


def make_parts(
    settings: Settings,
    engine: AsyncEngine,
    embedder: Embedder,
    index: VectorIndex,
    clock: Clock,
    reranker: Reranker | None = None,
    models: Models | None = None,
    **replace: Any,
) -> Parts:
    """What the graph's nodes may reach."""
    from knowledge.search import Knowledge as Articles

    reads = reading(engine)
    shop = DemoShop(reads, now=clock.now)
    catalogue: Catalogue = replace.get("catalogue") or shop
    knowledge: Knowledge = replace.get("knowledge") or Articles(reads, index, embedder, reranker=reranker)
    return Parts(
        brain=replace.get("brain") or make_brain(settings, embedder, models),
        eye=replace.get("eye") or make_eye(settings, reads, catalogue, models),
        orders=replace.get("orders") or shop,
        catalogue=catalogue,
        stock=replace.get("stock") or shop,
        history=replace.get("history") or CaseHistory(reads),
        grants=replace.get("grants") or LedgerGrants(reads),
        surroundings=replace.get("surroundings") or ShopAndDesk(reads),
        packs=load(settings.policy).of if settings.policy else packs,
        knowledge=knowledge,
        phrases=replace.get("phrases") or Phrases(),
        thresholds=replace.get("thresholds") or thresholds.with_others(settings.thresholds),
        terms=TERMS,
        limits=LIMITS,
        brand=settings.brand,
        demo=settings.demo,
        voices=voice.load(settings.voice),
        entails=replace.get("entails"),
    )


def open_embedder(settings: Settings) -> Embedder:
    """Raises NotReady when the model was not prepared."""
    if not (settings.models / "model.onnx").is_file():
        raise NotReady(f"The embedding model is not prepared in {settings.models}. Run: portside models prepare")
    return OnnxEmbedder(settings.models, threads=settings.embed_threads)


def make_brain(settings: Settings, embedder: Embedder, models: Models | None = None) -> Brain:
    """The local brain; with models configured, the cascade of it and them. Without a database their budget is this process's own."""
    from agent.brains.local import heads
    from agent.brains.local.brain import LocalBrain
    from agent.brains.opening import open_brain

    fitted: Path = heads.path(settings.models, embedder.fingerprint)
    if not fitted.is_file():
        raise NotReady(f"The classifiers are not fitted for the present examples. Run: portside models fit ({fitted.name})")
    local = LocalBrain(embedder, heads.load(fitted))
    return open_brain(settings, local, models or open_models(settings, MemoryMeter.of(settings)))


async def warm(opened: Portside) -> None:
    """Load what is loaded on first use (word lists, passages), so that no customer waits for it."""
    languages = [language.value for language in Language]
    await opened.parts.brain.triage_texts(["?"] * len(languages), languages)
    await opened.parts.knowledge.search("?", language=FALLBACK, today=opened.clock.now().date())
