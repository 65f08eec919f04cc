"""The service and the worker."""

import asyncio
import logging
import socket
import sys
from typing import Annotated

import structlog
import typer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.errors import NotReady, PortsideError
from agent.settings import Settings, check_safe
from api.configured import settings as load
from api.faults import OURS

NEEDS_CHROMA = "More than one process needs a Chroma server. Start one (`chroma run --path .portside/chroma`) and set CHROMA_URL."


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    worker: Annotated[bool, typer.Option(help="Run the worker in this process.")] = True,
) -> None:
    """The web service, with the worker beside it."""
    import uvicorn

    from api.app import create_app

    chosen = load()
    chosen = chosen.model_copy(update={"host": host or chosen.host, "port": port or chosen.port})
    check(chosen, alone=worker)
    _free(chosen.host, chosen.port)
    configure_logs(chosen)
    announce(chosen)
    uvicorn.run(
        plainly(create_app(chosen, worker=worker)),
        host=chosen.host,
        port=chosen.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )


def plainly(app: ASGIApp) -> ASGIApp:
    """The same, but when it cannot start for an error of ours, that is told in one line instead of a stack trace."""

    async def started(scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            error = sys.exc_info()[1]  # a failed start is told while its exception is being handled
            if message["type"] == "lifespan.startup.failed" and isinstance(error, OURS):
                message = {**message, "message": f"Error: {error}"}
            await send(message)

        await app(scope, receive, told if scope["type"] == "lifespan" else send)

    return started


def worker() -> None:
    """A worker process beside the service."""
    chosen = load()
    check(chosen, alone=False)
    configure_logs(chosen)
    asyncio.run(_work(chosen))


def check(settings: Settings, *, alone: bool) -> None:
    """Raises UnsafeSettings, and NotReady when several processes would share a local vector store."""
    check_safe(settings)
    if not alone and not settings.chroma_url:
        raise NotReady(NEEDS_CHROMA)


async def _work(settings: Settings) -> None:
    from agent.bootstrap import portside, warm
    from api.worker import working

    async with portside(settings) as opened:
        await warm(opened)
        async with working(opened):
            await asyncio.Event().wait()


def _free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortsideError(f"Port {port} is taken. Stop what listens there, or choose another: portside serve --port 8701") from error


def announce(settings: Settings) -> None:
    from api.setup import EDITOR, LEAD, OPERATOR

    password = settings.data / "operator-password"
    lines = [
        f"Portside         {settings.url}",
        f"Demo shop        {settings.url}/shop",
        f"Help pages       {settings.url}/faq",
        f"Operators        {settings.url}/desk",
        f"API              {settings.url}/docs",
    ]
    if password.is_file():
        second = f", {EDITOR} or {LEAD}" if settings.demo else ""
        lines.append(f"Sign in as       {OPERATOR}{second}   password {password.read_text().strip()}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def configure_logs(settings: Settings) -> None:
    """JSON lines on standard error; never the content of a message."""
    logging.basicConfig(level=settings.log_level, format="%(message)s", stream=sys.stderr)
    for noisy in ("procrastinate", "httpx", "httpx2", "openai", "chromadb", "uvicorn.error", "alembic"):
        logging.getLogger(noisy).setLevel("WARNING")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
