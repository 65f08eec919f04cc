"""The graph's checkpoints: written only when a graph is going to wait, dropped with the wait."""

from collections.abc import Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata, CheckpointTuple
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

#: The library's channel of `interrupt()`.
INTERRUPT = "__interrupt__"
_TABLES = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")


class WaitingSaver(AsyncPostgresSaver):
    """A turn that finishes leaves nothing behind, so nothing is written for it and nothing has to be deleted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unsaved: dict[str, tuple[RunnableConfig, Checkpoint, CheckpointMetadata, ChannelVersions]] = {}
        self._new: set[str] = set()

    def begin(self, thread: str) -> None:
        """`thread` is new: there is nothing to look up for it."""
        self._new.add(thread)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        return None if _thread(config) in self._new else await super().aget_tuple(config)

    async def aput(
        self, config: RunnableConfig, checkpoint: Checkpoint, metadata: CheckpointMetadata, new_versions: ChannelVersions
    ) -> RunnableConfig:
        """Kept in memory until an interrupt follows."""
        thread = _thread(config)
        self._unsaved[thread] = (config, checkpoint, metadata, new_versions)
        namespace = config.get("configurable", {}).get("checkpoint_ns", "")
        return {"configurable": {"thread_id": thread, "checkpoint_ns": namespace, "checkpoint_id": checkpoint["id"]}}

    async def aput_writes(self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = "") -> None:
        if all(channel != INTERRUPT for channel, _ in writes):
            return
        thread = _thread(config)
        unsaved = self._unsaved.pop(thread, None)
        if unsaved:
            await super().aput(*unsaved)
        self._new.discard(thread)
        await super().aput_writes(config, writes, task_id, task_path)

    def end(self, thread: str) -> None:
        self._unsaved.pop(thread, None)
        self._new.discard(thread)

    async def adelete_thread(self, thread_id: str) -> None:
        self._unsaved.pop(thread_id, None)
        if thread_id in self._new:
            self._new.discard(thread_id)
            return
        await super().adelete_thread(thread_id)


def _thread(config: RunnableConfig) -> str:
    return str(config.get("configurable", {})["thread_id"])


async def drop(connection: AsyncConnection, thread: str) -> None:
    """Within the caller's transaction: the case that waited there has been refreshed by a newer turn."""
    for table in _TABLES:
        await connection.execute(text(f"delete from {table} where thread_id = :thread"), {"thread": thread})  # noqa: S608


async def sweep(connection: AsyncConnection) -> None:
    """Drop what a process left that was killed between `interrupt()` and its commit."""
    await connection.execute(
        text(
            "delete from checkpoints c where (checkpoint->>'ts')::timestamptz < now() - interval '1 hour' and not exists"
            " (select from support_case s where s.turn = c.thread_id and s.status in ('open', 'answering'))"
        )
    )
    for table in _TABLES[:2]:
        orphan = f"delete from {table} o where not exists (select from checkpoints c where c.thread_id = o.thread_id)"  # noqa: S608
        await connection.execute(text(orphan))
