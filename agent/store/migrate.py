"""Bring a database to the newest schema: ours by alembic, the queue's and the checkpoints' by their own libraries."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from procrastinate import App

_HERE = Path(__file__).parent


def upgrade(url: str) -> None:
    """Idempotent. `url` is a libpq URI."""
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["url"] = url.replace("postgresql://", "postgresql+psycopg://", 1)
    command.upgrade(config, "head")


async def upgrade_libraries(url: str, queue: App) -> None:
    """Tables of the job queue and of the graph's checkpoints. Idempotent."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        found = await connection.execute("select to_regclass('procrastinate_jobs')")
        row = await found.fetchone()
    if row is None or row[0] is None:
        async with queue.open_async():
            await queue.schema_manager.apply_schema_async()
    async with AsyncPostgresSaver.from_conn_string(url) as saver:
        await saver.setup()
