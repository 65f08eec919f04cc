"""The whole service over HTTP: real models, a database copied from one that is set up once, the worker running."""

from __future__ import annotations

import asyncio
import itertools
import os
import pickle
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import httpx
import numpy as np
import psycopg
import pytest
import structlog
from psycopg import sql
from psycopg.rows import dict_row
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from agent.bootstrap import Portside, make_brain, portside
from agent.commerce.demo.seed import seed
from agent.desk.jobs import make_app
from agent.ports import Brain
from agent.settings import Settings
from agent.store import migrate
from agent.store.engine import make_engine
from api import auth
from api.app import create_app
from api.storefront import signed
from knowledge.embed import OnnxEmbedder
from knowledge.index import MemoryIndex
from knowledge.kept_vectors import memory_index
from knowledge.probes import ProbeShelf
from knowledge.sources.folder import FolderSource
from knowledge.sync import sync

MODELS = Path(__file__).parents[2] / ".portside" / "models"
OPERATOR, PASSWORD = "operator@lumenandloom.example", "a password of the tests"
#: Seconds until a test gives up waiting; a turn takes a fraction of one.
PATIENCE = 30.0
_numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """Plain lines for pytest to capture; the default renders the variables of every frame, which takes seconds."""
    lines = [structlog.processors.add_log_level, structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(["event"])]
    structlog.configure(processors=lines, logger_factory=structlog.stdlib.LoggerFactory())


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Demo settings with secrets of the tests, on the prepared models."""
    if not list(MODELS.glob("heads-*.npz")):
        pytest.skip("The models are not prepared. Run: make models")
    secret = SecretStr("a secret of the tests, 32 characters or more")
    return Settings(data=MODELS.parent, secret=secret, shop_secret=secret, webhook_secret=secret, log_level="WARNING")


@pytest.fixture(scope="session")
def embedder(settings: Settings) -> Iterator[OnnxEmbedder]:
    made = OnnxEmbedder(settings.models)
    yield made
    made.close()


@pytest.fixture(scope="session")
def brain(settings: Settings, embedder: OnnxEmbedder) -> Brain:
    return make_brain(settings, embedder)


def administer(server: str, command: LiteralString, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))


def database(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?", 1)


@dataclass(frozen=True)
class Template:
    name: str
    index: MemoryIndex


@pytest.fixture(scope="session")
def template(pg_server: str, settings: Settings, embedder: OnnxEmbedder, request: pytest.FixtureRequest) -> Template:
    """A database with schema, shop, knowledge and an operator, to be copied; and its vectors."""
    name = f"template_{os.getpid()}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE template0", name)
    kept = KeptEmbedder(embedder, request.config.cache.mkdir("vectors") / f"{embedder.fingerprint[:16]}.pickle")
    return Template(name, asyncio.run(_fill(database(pg_server, name), settings, kept)))


class KeptEmbedder:
    """Reads a passage once for all test runs: a whole corpus takes half a minute."""

    def __init__(self, embedder: OnnxEmbedder, file: Path) -> None:
        self._embedder, self._file = embedder, file
        self._kept: dict[str, Any] = pickle.loads(file.read_bytes()) if file.is_file() else {}
        self.fingerprint, self.dim, self.queries = embedder.fingerprint, embedder.dim, embedder.queries

    async def passages(self, texts: Sequence[str]) -> Any:
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept |= dict(zip(missing, await self._embedder.passages(missing), strict=True))
        return np.stack([self._kept[text] for text in texts])

    def keep(self) -> None:
        self._file.write_bytes(pickle.dumps(self._kept))


async def _fill(url: str, settings: Settings, embedder: KeptEmbedder) -> MemoryIndex:
    await asyncio.to_thread(migrate.upgrade, url)
    await migrate.upgrade_libraries(url, make_app(url))
    engine = create_async_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    await seed(engine, today=datetime.now(UTC).date())
    await sync(engine, MemoryIndex(), embedder, [FolderSource(settings.corpus)])
    embedder.keep()
    await auth.set_password(engine, OPERATOR, "Operator", PASSWORD, "reviewer")
    index = await memory_index(engine, embedder.fingerprint)
    await engine.dispose()
    return index


@pytest.fixture
def url(pg_server: str, template: Template) -> Iterator[str]:
    """libpq URI of a copy of the template, dropped after the test."""
    name = f"copy_{os.getpid()}_{next(_numbers)}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template.name)
    yield database(pg_server, name)
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)


class SharedIndex(MemoryIndex):
    """The template's vectors, not emptied when a test's service closes."""

    def __init__(self, of: MemoryIndex) -> None:
        self.__dict__ = of.__dict__

    async def close(self) -> None:
        pass


@dataclass
class Running:
    """A running service with what a test looks at."""

    p: Portside
    client: httpx.AsyncClient
    app: Any

    async def until(self, look: Callable[[], Awaitable[Any]], patience: float = PATIENCE) -> Any:
        return await until(look, patience)

    async def rows(self, query: LiteralString, **values: Any) -> list[dict[str, Any]]:
        """Straight from the tables."""
        async with await psycopg.AsyncConnection.connect(self.p.url, row_factory=dict_row, autocommit=True) as connection:
            return await (await connection.execute(query, values)).fetchall()

    async def chat(self, email: str | None = None, market: str = "DE") -> Chat:
        """A new chat; with an e-mail, of a customer whom the shop has signed in."""
        body = {"market": market} | ({"identity": signed(self.p, email)} if email else {})
        opened = (await self.client.post("/api/chat/session", json=body)).raise_for_status().json()
        return Chat(self, opened["token"])

    async def operator(self) -> Desk:
        signed_in = await self.client.post("/api/desk/login", json={"email": OPERATOR, "password": PASSWORD})
        csrf = signed_in.raise_for_status().json()["csrf"]
        return Desk(self.client, {"cookie": f"{auth.COOKIE}={signed_in.cookies[auth.COOKIE]}", "x-csrf-token": csrf})

    async def quiet(self) -> None:
        """Until no conversation waits for its turn and no job is left but periodic ones."""
        busy = "select 1 from procrastinate_jobs where task_name in ('handle', 'settle', 'carry_out', 'resume', 'send') and status in ('todo', 'doing')"
        await until(lambda: self._none(busy))

    async def _none(self, query: LiteralString) -> bool:
        return not await self.rows(query)


@dataclass
class Chat:
    """A customer's page."""

    running: Running
    token: str
    seen: int = 0
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"authorization": f"Bearer {self.token}"}

    async def post(self, text: str, client_id: str = "", photos: list[str] | None = None) -> httpx.Response:
        body = {"client_id": client_id or str(uuid4()), "text": text, "photos": photos or []}
        return await self.running.client.post("/api/chat/messages", json=body, headers=self.headers)

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        found = await self.running.client.get("/api/chat/messages", params={"after": after}, headers=self.headers)
        return found.raise_for_status().json()["messages"]

    async def state(self) -> dict[str, Any]:
        found = await self.running.client.get("/api/chat/messages", headers=self.headers)
        return found.raise_for_status().json()["state"]

    async def replies(self) -> list[dict[str, Any]]:
        return [message for message in await self.messages() if message["author"] != "customer"]

    async def reply(self) -> dict[str, Any]:
        """The next message that is not the customer's own."""

        async def next_one() -> dict[str, Any] | None:
            found = [message for message in await self.messages(self.seen) if message["author"] != "customer"]
            return found[0] if found else None

        message = await until(next_one)
        self.seen = message["seq"]
        return message

    async def ask(self, text: str, photos: list[str] | None = None) -> dict[str, Any]:
        """Send and wait for what comes back."""
        sent = await self.post(text, photos=photos)
        assert sent.status_code == 202, sent.text
        self.seen = max(self.seen, sent.json()["seq"])
        return await self.reply()


@dataclass
class Desk:
    """An operator's page."""

    client: httpx.AsyncClient
    headers: dict[str, str]

    async def get(self, path: str) -> Any:
        return (await self.client.get(f"/api/desk{path}", headers=self.headers)).raise_for_status().json()

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.client.post(f"/api/desk{path}", json=body, headers=self.headers)

    async def case(self) -> dict[str, Any]:
        """The one open case, whole."""

        async def listed() -> list[dict[str, Any]]:
            return (await self.get("/cases"))["cases"]

        (row,) = await until(listed)
        return await self.get(f"/cases/{row['id']}")

    async def answer(self, case: dict[str, Any], action: str, **more: Any) -> httpx.Response:
        return await self.post(f"/cases/{case['id']}/answer", version=case["version"], action=action, **more)


async def until(look: Callable[[], Awaitable[Any]], patience: float = PATIENCE) -> Any:
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + patience
    while not (found := await look()):
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.03)
    return found


Start = Callable[..., Any]


@pytest.fixture
def start(url: str, settings: Settings, embedder: OnnxEmbedder, brain: Brain, template: Template) -> Start:
    """A function that opens a service on this test's database; any part may be replaced by keyword."""

    @asynccontextmanager
    async def open_service(**replace: Any) -> AsyncIterator[Running]:
        quiet = ProbeShelf(embedder, settings.data, tuple)  # the labelled questions would take a core for half a minute
        parts: dict[str, Any] = {"embedder": embedder, "brain": brain, "index": SharedIndex(template.index), "probes": quiet} | replace
        async with AsyncExitStack() as stack:
            chosen = parts.pop("settings", settings)
            p = await stack.enter_async_context(portside(chosen, url=url, engine=make_engine(url, pool=6), **parts))
            app = create_app(chosen, opened=p)
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            client = httpx.AsyncClient(transport=transport, base_url="http://portside")
            yield Running(p, await stack.enter_async_context(client), app)

    return open_service


@pytest.fixture
async def running(start: Start) -> AsyncIterator[Running]:
    async with start() as opened:
        yield opened
