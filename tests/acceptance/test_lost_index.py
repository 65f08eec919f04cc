"""A service that starts on a lost index, or beside a restored database, does not wait four hours for its next sync."""

from typing import Any

from knowledge.index import MemoryIndex

QUESTION = {"q": "How long do I have to return something?", "language": "en"}


async def test_an_index_that_was_lost_is_filled_at_once(start: Any) -> None:
    async with start(index=MemoryIndex()) as running:
        desk = await running.operator()

        async def found() -> bool:
            answer = await running.client.get("/api/knowledge/search", params=QUESTION, headers=desk.headers)
            return answer.json()["answerable"]

        await running.until(found)
