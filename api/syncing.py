"""What is published reaches customers with the next sync: it is put on the queue at once."""

import contextlib
import time

from procrastinate.exceptions import AlreadyEnqueued

from agent.bootstrap import Portside
from agent.desk.jobs import SYNC


async def request_sync(p: Portside) -> None:
    """One that waits already is enough; one that runs is followed by another."""
    with contextlib.suppress(AlreadyEnqueued):
        await p.queue.app.configure_task(SYNC, lock=SYNC, queueing_lock=SYNC).defer_async(timestamp=int(time.time()))
