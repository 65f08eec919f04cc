"""PostgreSQL notifications: who is waiting for a conversation hears at once, in whatever process."""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import AsyncGenerator

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

CHANNEL = "portside"
#: The queue page listens under this name.
QUEUE = "*"
log = structlog.get_logger()
_NOTIFY = text("select pg_notify(:channel, :payload)")


async def notify(connection: AsyncConnection, conversation: str, seq: int, kind: str = "message") -> None:
    """Delivered when the transaction commits, and only then."""
    payload = json.dumps({"conversation": conversation, "seq": seq, "kind": kind})
    await connection.execute(_NOTIFY, {"channel": CHANNEL, "payload": payload})


class Notices:
    """One listening connection a process, fanned out to any number of waiting streams."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: dict[str, set[asyncio.Queue[dict[str, object]]]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.asynccontextmanager
    async def subscribe(self, key: str) -> AsyncGenerator[asyncio.Queue[dict[str, object]]]:
        """A queue of notices for one conversation (or QUEUE for all); a reader that falls behind loses the oldest."""
        queue: asyncio.Queue[dict[str, object]] = asyncio.Queue(maxsize=100)
        self._waiting[key].add(queue)
        try:
            yield queue
        finally:
            self._waiting[key].discard(queue)
            if not self._waiting[key]:
                del self._waiting[key]

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    async for notice in connection.notifies():
                        self._spread(json.loads(notice.payload))
            except psycopg.Error as error:
                log.warning("notices.reconnect", error=str(error)[:200])
                await asyncio.sleep(1)

    def _spread(self, notice: dict[str, object]) -> None:
        for key in (str(notice["conversation"]), QUEUE):
            for queue in tuple(self._waiting.get(key, ())):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(notice)
