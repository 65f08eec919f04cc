"""The sync as a job: put on the queue by what is published, in its transaction; never lost, never in its own way."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from agent.bootstrap import Portside
from agent.errors import PortsideError
from api import worker
from api.setup import sync_by_service
from knowledge.errors import SyncRefused, SyncRunning

Start = Callable[[], Awaitable[None]]


class Syncing:
    """A worker that knows the sync alone, which does what a test says."""

    def __init__(self, scene: Any) -> None:
        self.scene, self.runs, self.forced = scene, 0, False
        self.does: Callable[[], Awaitable[None]] = self.nothing

    async def nothing(self) -> None:
        pass

    async def publish(self, *parts: object, force: bool = False) -> None:
        self.runs, self.forced = self.runs + 1, force
        await self.does()

    async def put(self) -> None:
        async with self.scene.engine.begin() as connection:
            await self.scene.queue.sync(connection)

    async def work(self, **more: Any) -> None:
        """Everything that may run now; more jobs of the clock come and go."""
        await self.scene.queue.app.run_worker_async(install_signal_handlers=False, **({"wait": False, "concurrency": 2} | more))

    async def states(self) -> list[str]:
        return [
            row["status"] for row in await self.scene.rows("select status from procrastinate_jobs where task_name = 'sync' order by id")
        ]


@pytest.fixture
async def syncing(scene: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Syncing(scene)
    monkeypatch.setattr(worker, "publish", made.publish)
    nobody = SimpleNamespace(demo=False)
    parts = SimpleNamespace(settings=nobody, engine=None, index=None, embedder=None, clock=None, probes=None, parts=None)
    async with scene.queue.app.open_async():
        worker.register_knowledge(scene.queue.app, cast(Portside, parts))
        scene.queue.app.periodic_registry.periodic_tasks.clear()
        yield made


async def test_publishing_and_its_sync_commit_together(syncing: Syncing) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with syncing.scene.engine.begin() as connection:
            await syncing.scene.queue.sync(connection)
            raise ZeroDivisionError
    assert await syncing.states() == []
    await asyncio.gather(*(syncing.put() for _ in range(5)))
    assert await syncing.states() == ["todo"]
    await syncing.work()
    assert syncing.runs == 1


async def test_a_sync_that_waits_does_not_start_before_what_relies_on_it_is_committed(syncing: Syncing) -> None:
    await syncing.put()
    async with syncing.scene.engine.begin() as connection:
        await syncing.scene.queue.sync(connection)
        await syncing.work()
        assert syncing.runs == 0
    await syncing.work()
    assert syncing.runs == 1


async def test_one_that_runs_is_followed_by_another(syncing: Syncing) -> None:
    async def publishes_meanwhile() -> None:
        syncing.does = syncing.nothing
        await syncing.put()

    syncing.does = publishes_meanwhile
    await syncing.put()
    await syncing.work()
    await syncing.work()
    assert syncing.runs == 2


@pytest.mark.parametrize("error", [SyncRunning(), OSError("the database restarts")])
async def test_one_that_is_tried_again_stands_in_nobodys_way(syncing: Syncing, error: Exception) -> None:
    async def fails_while_another_waits() -> None:
        await syncing.put()
        raise error

    syncing.does = fails_while_another_waits
    await syncing.put()
    await syncing.work()
    assert await syncing.states() == ["todo", "todo"]


async def test_what_only_people_can_mend_is_not_tried_again(syncing: Syncing) -> None:
    async def refuses() -> None:
        raise SyncRefused()

    syncing.does = refuses
    await syncing.put()
    await syncing.work()
    assert await syncing.states() == ["failed"]


async def test_the_command_line_has_the_service_sync_whatever_became_of_earlier_ones(syncing: Syncing) -> None:
    async def refuses() -> None:
        raise SyncRefused()

    syncing.does = refuses
    await syncing.put()
    await syncing.work()
    syncing.does = syncing.nothing
    service = asyncio.create_task(syncing.work(wait=True, delete_jobs="successful", fetch_job_polling_interval=0.1))
    try:
        await syncing.put()
        assert await sync_by_service(syncing.scene.url, force=True, patience=10) == "synced by the running service"
        assert syncing.forced
        syncing.does = refuses
        with pytest.raises(PortsideError, match="could not sync"):
            await sync_by_service(syncing.scene.url, patience=10)
    finally:
        service.cancel()
        await asyncio.gather(service, return_exceptions=True)


async def test_one_that_a_shutdown_interrupts_is_done_by_the_next_service(syncing: Syncing) -> None:
    started = asyncio.Event()

    async def takes_long() -> None:
        started.set()
        await asyncio.sleep(60)

    syncing.does = takes_long
    await syncing.put()
    running = asyncio.create_task(syncing.work(wait=True, shutdown_graceful_timeout=0.1))
    await asyncio.wait_for(started.wait(), 10)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert await syncing.states() == ["todo"]
