"""The worker: takes jobs off the queue and runs turns, effects, answers and deliveries."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from functools import partial

import procrastinate
import structlog
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision, RetryStrategy
from procrastinate.jobs import Job

from agent.bootstrap import Portside
from agent.commerce import mirror
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_events import silence
from agent.desk import inspected, jobs, overdue, reconcile, run, send, settle, sweep
from agent.desk.following import Following, follow_all
from agent.publishing import publish, whole
from agent.signals import supply
from agent.signals.questions import learn
from agent.store import checkpoints
from api.channels import senders
from api.deps import shop
from knowledge.errors import SyncRefused, SyncRunning
from knowledge.sources.config import BadSourcesFile

log = structlog.get_logger()
#: A turn that fails for a passing reason is tried again; then its conversation waits for the next message or the sweeper.
TURN_RETRY = RetryStrategy(max_attempts=5, exponential_wait=2)
SEND_RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)
SYNC_EVERY = "7 */4 * * *"
SYNC_ATTEMPTS = 20


class SyncRetry(BaseRetryStrategy):
    """What was published must not wait four hours: not for another sync to end, however long it takes, nor for a restart or a fault that passes."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, SyncRunning):
            return RetryDecision(retry_in={"seconds": 10})
        hopeless = isinstance(exception, SyncRefused | BadSourcesFile) or job.attempts >= SYNC_ATTEMPTS
        return None if hopeless else RetryDecision(retry_in={"seconds": min(10 * job.attempts, 60)})


def register(app: procrastinate.App, portside: Portside) -> None:
    """The jobs, bound to this process's parts."""
    register_work(app, portside)
    register_knowledge(app, portside)
    register_upkeep(app, portside)
    register_ledger(app, portside)


def register_work(app: procrastinate.App, p: Portside) -> None:
    """Turns, effects, operators' answers and deliveries."""

    @app.task(name=jobs.HANDLE, retry=TURN_RETRY, pass_context=True)
    async def handle(context: JobContext, conversation: str) -> None:
        await jobs.make_room(context)
        await run.handle(p.engine, p.queue, p.graph, p.parts, p.clock, conversation)

    @app.task(name=jobs.SETTLE, retry=TURN_RETRY)
    async def settle_effects(message: str) -> None:
        await settle.settle(p.engine, p.queue, p.effects, message, p.settings.url)

    @app.task(name=jobs.CARRY_OUT, retry=TURN_RETRY)
    async def carry_out(key: str) -> None:
        await settle.carry_out(p.engine, p.effects, key)

    @app.task(name=jobs.RESUME, retry=TURN_RETRY)
    async def resume(case: str) -> None:
        await run.resume(p.engine, p.queue, p.graph, p.parts, p.clock, case)

    @app.task(name=jobs.SEND, retry=SEND_RETRY)
    async def deliver(key: str) -> None:
        await send.send(p.engine, senders(p.settings), key)


def register_knowledge(app: procrastinate.App, p: Portside) -> None:
    """What keeps the knowledge base fresh, by the clock and once across all workers."""

    @app.periodic(cron=SYNC_EVERY)
    @app.task(name=jobs.SYNC, lock=jobs.SYNC, queueing_lock=jobs.SYNC, retry=SyncRetry(), pass_context=True)
    async def sync_knowledge(context: JobContext, timestamp: int, force: bool = False) -> None:
        await jobs.make_room(context)
        await publish(p.settings, p.engine, p.index, p.embedder, p.clock, p.probes, force=force)

    @app.periodic(cron="47 * * * *")
    @app.task(name="learn", queueing_lock="learn")
    async def learn_from_turns(timestamp: int) -> None:
        await learn(p.engine, p.embedder, p.parts.knowledge, p.clock.now())

    if p.settings.demo:  # it reads the demo shop's shelves and parcels; other shops report their news

        @app.periodic(cron="37 * * * *")
        @app.task(name="watch_supply", queueing_lock="watch_supply")
        async def watch_supply(timestamp: int) -> None:
            if await supply.watch(p.engine, p.clock.now()):
                async with p.engine.begin() as connection:
                    await p.queue.sync(connection)


def register_upkeep(app: procrastinate.App, p: Portside) -> None:
    """What is looked after by the clock, once across all workers."""

    @app.periodic(cron="23 * * * *")
    @app.task(name="sweep_checkpoints", queueing_lock="sweep_checkpoints")
    async def sweep_checkpoints(timestamp: int) -> None:
        async with p.engine.begin() as connection:
            await checkpoints.sweep(connection)

    @app.periodic(cron="11 3 * * *")
    @app.task(name="prune_mirror", queueing_lock="prune_mirror")
    async def prune_mirror(timestamp: int) -> None:
        """What shops said long ago is of no use to anybody."""
        await mirror.prune(p.engine, p.clock.now())

    @app.periodic(cron="* * * * * */3")
    @app.task(name="rescue", queueing_lock="rescue", pass_context=True)
    async def rescue(context: JobContext, timestamp: int) -> None:
        """Jobs whose worker died are put back on the queue."""
        manager = context.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=jobs.STALLED):
            log.warning("job.rescued", task=job.task_name, id=job.id)
            await jobs.put_back(manager, job)

    @app.periodic(cron="* * * * *")
    @app.task(name="sweep", queueing_lock="sweep")
    async def sweep_up(timestamp: int) -> None:
        await sweep.sweep(p.engine, p.queue)


def following(p: Portside) -> Following:
    return Following(engine=p.engine, queue=p.queue, shop=shop(p), phrases=p.parts.phrases, clock=p.clock)


def by_silence(p: Portside) -> overdue.Happen | None:
    """The demo shop keeps its own books of what never came; other shops' are seen to by a person."""
    return partial(silence, p.commerce.effects) if isinstance(p.commerce.effects, DemoEffects) else None


def register_ledger(app: procrastinate.App, p: Portside) -> None:
    """The ledger against the shop: what nobody knows the outcome of, and once a day all of the day before."""

    @app.periodic(cron="* * * * *")
    @app.task(name="reconcile", queueing_lock="reconcile", lock="reconcile")
    async def reconcile_unknown(timestamp: int) -> None:
        await reconcile.reconcile(p.engine, p.queue, p.effects)

    @app.periodic(cron="* * * * *")
    @app.task(name="procedures", queueing_lock="procedures", lock="procedures")
    async def follow_procedures(timestamp: int) -> None:
        await overdue.overdue(following(p), by_silence(p))
        await follow_all(following(p))

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="inspections", queueing_lock="inspections", lock="inspections")
    async def hear_warehouses(timestamp: int) -> None:
        await inspected.hear(p.engine, p.commerce.inspections, p.clock.now())

    @app.periodic(cron="11 3 * * *")
    @app.task(name="compare_ledger", queueing_lock="compare_ledger")
    async def compare_ledger(timestamp: int) -> None:
        await reconcile.report(p.engine, p.effects, p.clock.now())


@contextlib.asynccontextmanager
async def working(portside: Portside) -> AsyncGenerator[None]:
    """A worker in this process for as long as the context lasts; jobs under way are finished."""
    app = portside.queue.app
    register(app, portside)
    if not await whole(portside.engine, portside.index):  # nothing would be found until the clock's next sync
        async with portside.engine.begin() as connection:
            await portside.queue.sync(connection)
    task = asyncio.create_task(
        app.run_worker_async(
            concurrency=portside.settings.worker_concurrency,
            fetch_job_polling_interval=jobs.POLL,
            update_heartbeat_interval=jobs.HEARTBEAT,
            stalled_worker_timeout=jobs.STALLED,
            shutdown_graceful_timeout=10,
            install_signal_handlers=False,
            delete_jobs="successful",
        )
    )
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
