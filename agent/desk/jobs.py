"""The durable queue: one job per conversation, retried when its worker dies, deferred inside the caller's transaction."""

import contextlib
import json
import time
from collections.abc import Mapping

import procrastinate
from procrastinate import exceptions
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

#: Seconds; a worker whose heart has not beaten for STALLED is dead and its jobs are taken over.
HEARTBEAT = 2.0
STALLED = 6.0
POLL = 0.25

HANDLE, SETTLE, RESUME, SEND, CARRY_OUT = "handle", "settle", "resume", "send", "carry_out"
SYNC = "sync"


class Queue:
    """Puts jobs on the queue inside the caller's transaction: they exist when it commits, and only then."""

    def __init__(self, app: procrastinate.App) -> None:
        self.app = app

    async def handle(self, connection: AsyncConnection, conversation: str) -> None:
        """One waiting turn per conversation: a burst of messages is one job."""
        await self._defer(connection, HANDLE, conversation, conversation, {"conversation": conversation})

    async def settle(self, connection: AsyncConnection, conversation: str, message: str) -> None:
        """Carry out the effects that `message` waits for, before the conversation's next turn reads the shop."""
        await self._defer(connection, SETTLE, conversation, f"settle-{message}", {"message": message}, priority=10)

    async def carry_out(self, connection: AsyncConnection, conversation: str, key: str) -> None:
        """Carry out an effect that no message waits for: its procedure planned it."""
        await self._defer(connection, CARRY_OUT, conversation, f"effect-{key}", {"key": key}, priority=10)

    async def resume(self, connection: AsyncConnection, conversation: str, case: str) -> None:
        """Go on with a graph that waits for its operator."""
        await self._defer(connection, RESUME, conversation, f"case-{case}", {"case": case})

    async def send(self, connection: AsyncConnection, key: str) -> None:
        """Hand an outbox row to its channel."""
        await self._defer(connection, SEND, None, f"send-{key}", {"key": key})

    async def sync(self, connection: AsyncConnection) -> None:
        """Sync the knowledge base. One that waits is enough; it is held until the caller commits, or it might start without what is new."""
        for _ in range(_TRIES):
            if await connection.scalar(_HELD, {"queueing_lock": SYNC}):
                return
            with contextlib.suppress(IntegrityError):  # somebody else put one there in between
                async with connection.begin_nested():
                    if await self._defer(connection, SYNC, SYNC, SYNC, {"timestamp": int(time.time())}):
                        return

    async def _defer(
        self,
        connection: AsyncConnection,
        task: str,
        lock: str | None,
        queueing_lock: str,
        arguments: Mapping[str, str | int],
        priority: int = 0,
    ) -> bool:
        """False when one waits already."""
        values = {"task": task, "lock": lock, "queueing_lock": queueing_lock, "arguments": json.dumps(arguments), "priority": priority}
        return await connection.scalar(_DEFER, values) is not None


#: The queue's own function, without its Python layer and the savepoint that a taken queueing lock would need (1.4 ms -> .3 ms): callers hold
#: the conversation's row, so nobody else defers for it at the same time, and a job that waits already is enough.
_DEFER = text(
    "select procrastinate_defer_jobs_v1(array[row('default', cast(:task as text), cast(:priority as integer), cast(:lock as text),"
    " cast(:queueing_lock as text), cast(:arguments as jsonb), null)]::procrastinate_job_to_defer_v1[])"
    " where not exists (select from procrastinate_jobs where queueing_lock = cast(:queueing_lock as text) and status = 'todo')"
)
_HELD = text("select id from procrastinate_jobs where queueing_lock = :queueing_lock and status = 'todo' for update")
_TRIES = 5


async def make_room(context: procrastinate.JobContext) -> None:
    """Give up the job's queueing lock when it starts.

    While it runs, a newer message (or article) puts the next job on the queue. Putting this one back beside it, after a fault or a kill, would break the
    lock: the job would stay "doing" for ever, and nothing of its conversation would run again.
    """
    await context.app.connector.execute_query_async(
        "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %(id)s", id=context.job.id
    )


async def put_back(manager: JobManager, job: Job) -> None:
    """A job whose worker died waits again, or goes when the same work waits already."""
    try:
        await manager.retry_job(job)
    except exceptions.UniqueViolation:
        await manager.finish_job(job, Status.FAILED, delete_job=True)


def make_app(url: str, pool: int = 6) -> procrastinate.App:
    connector = procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=pool)
    return procrastinate.App(connector=connector)
