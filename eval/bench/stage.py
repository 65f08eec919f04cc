"""A data folder of its own for one run: linked models, an embedded database, the demo shop and its knowledge; removed at the end."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg

from agent.bootstrap import open_embedder
from agent.commerce.demo.seed import seed
from agent.desk.jobs import make_app
from agent.errors import NotReady
from agent.settings import Settings
from agent.store import migrate
from agent.store.engine import database_url, make_engine
from knowledge.index import open_index
from knowledge.sources.folder import FolderSource
from knowledge.sync import sync

#: Tables whose rows spare us from embedding the whole corpus again.
KEPT = ("knowledge_passage", "knowledge_vector")


@dataclass(frozen=True, slots=True)
class Stage:
    settings: Settings
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """For child processes: this folder, this database, no language model."""
        chosen = {"PORTSIDE_DATA": str(self.settings.data), "PORTSIDE_DEMO": "true", "PORTSIDE_MODEL_SMALL": ""}
        return os.environ | chosen | {"DATABASE_URL": "", "CHROMA_URL": "", "EMBEDDING_MODEL": ""}

    def postmaster(self) -> psutil.Process:
        """Raises FileNotFoundError when the database does not run."""
        first = (self.settings.data / "postgres" / "postmaster.pid").read_text().splitlines()[0]
        return psutil.Process(int(first))

    def stop_database(self) -> None:
        """As an orderly shutdown of the machine would; the next command starts it again."""
        try:
            process = self.postmaster()
        except (FileNotFoundError, psutil.NoSuchProcess):
            return
        process.send_signal(2)  # PostgreSQL's fast shutdown: clients are disconnected, everything is written
        process.wait(30)


@contextmanager
def staged() -> Generator[Stage]:
    """Raises NotReady when the models are not prepared."""
    usual = Settings()  # pyright: ignore[reportCallIssue] - fields with an alias do have defaults
    if not (usual.models / "model.onnx").is_file():
        raise NotReady(f"The embedding model is not prepared in {usual.models}. Run: portside models prepare")
    folder = Path(tempfile.mkdtemp(prefix="psb"))  # short: a unix socket's path is limited
    settings = usual.model_copy(
        update={"data": folder, "demo": True, "database_url": "", "chroma_url": "", "model_small": "", "embedding_model": ""}
    )
    (folder / "models").symlink_to(usual.models.resolve())
    stage = Stage(settings, database_url(settings))
    try:
        _fill(stage, usual)
        yield stage
    finally:
        stage.stop_database()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(stage: Stage, usual: Settings) -> None:
    migrate.upgrade(stage.url)
    asyncio.run(migrate.upgrade_libraries(stage.url, make_app(stage.url)))
    if usual.database_url or (usual.data / "postgres" / "PG_VERSION").is_file():
        _borrow(database_url(usual), stage.url)
    asyncio.run(_fill_shop(stage))


def _borrow(source: str, target: str) -> None:
    """Copy what has been embedded already; the sync embeds the rest."""
    with psycopg.connect(source) as reader, psycopg.connect(target) as writer:
        for table in KEPT:
            if reader.execute("SELECT to_regclass(%s)", [table]).fetchone() != (table,):
                return
            with reader.cursor().copy(f"COPY {table} TO STDOUT") as out, writer.cursor().copy(f"COPY {table} FROM STDIN") as into:
                for block in out:
                    into.write(block)


async def _fill_shop(stage: Stage) -> None:
    settings = stage.settings
    engine, embedder = make_engine(stage.url, pool=4), open_embedder(settings)
    index = open_index(embedder.fingerprint, folder=settings.data / "chroma")
    try:
        await seed(engine, today=datetime.now(UTC).date())
        await sync(engine, index, embedder, [FolderSource(settings.corpus)])
    finally:
        await index.close()
        await engine.dispose()
