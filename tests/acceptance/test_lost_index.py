"""A service that starts on a lost index, or beside a restored database, does not wait four hours for its next sync."""

from typing import Any

from agent.publishing import whole
from knowledge.index import MemoryIndex


async def test_an_index_that_was_lost_is_filled_at_once(start: Any) -> None:
    index = MemoryIndex()
    async with start(index=index) as running:
        await running.until(lambda: whole(running.p.engine, index))
