"""Server-sent events from an iterator of (event, data)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi.responses import StreamingResponse


class EventStream(StreamingResponse):
    media_type = "text/event-stream"


def events(source: AsyncIterator[tuple[str, Any]]) -> EventStream:
    """A pair with an empty event becomes a comment, which keeps the line open."""
    return EventStream(_encode(source), headers={"cache-control": "no-store", "x-accel-buffering": "no"})


async def _encode(source: AsyncIterator[tuple[str, Any]]) -> AsyncIterator[str]:
    async for name, data in source:
        yield f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n" if name else ": ping\n\n"


#: Seconds of silence after which a line is pinged.
PING = 15


async def next_notice(notices: asyncio.Queue[dict[str, object]]) -> dict[str, object]:
    """The next notice, or one of kind "ping" after a silence."""
    try:
        return await asyncio.wait_for(notices.get(), PING)
    except TimeoutError:
        return {"kind": "ping"}
