"""A stand-in for an OpenAI-compatible endpoint, over real HTTP on a free port of this machine: it answers what it is told to."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from eval.cascade.asked import Answer, Asked, Counted

#: What is answered to a request; it may also keep it.
Answering = Callable[[Asked], Answer]
#: Bytes of a request's head.
HEAD = 64_000
#: Characters of a streamed piece.
PIECE = 24


@dataclass(slots=True)
class Endpoint:
    """`answer` may be changed while it serves; `asked` counts requests."""

    url: str
    answer: Answering
    asked: int = 0
    counted: Counted = field(default_factory=Counted)
    at_work: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open for as many requests as come."""
        task = cast(asyncio.Task[None], asyncio.current_task())
        self.at_work.add(task)
        try:
            while body := await _request(reader):
                self.asked += 1
                asked = Asked(body)
                answer = self.answer(asked)
                writer.write(_streamed(asked, answer) if asked.streamed else _whole(asked, answer, self.counted.usage(asked, answer)))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has enough, or the test is over
        finally:
            self.at_work.discard(task)
            writer.close()


@asynccontextmanager
async def serving(answer: Answering) -> AsyncGenerator[Endpoint]:
    """An endpoint in the present event loop."""
    endpoint = Endpoint("", answer)
    server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0, limit=HEAD)
    endpoint.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield endpoint
    finally:
        server.close()
        left = list(endpoint.at_work)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """The JSON of the next request; None when the client has hung up."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    lines = head.decode("latin-1").split("\r\n")[1:]
    size = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0)
    return json.loads(await reader.readexactly(size))


def _whole(asked: Asked, answer: Answer, usage: dict[str, Any]) -> bytes:
    message: dict[str, Any] = {"role": "assistant", "content": answer.text}
    if answer.calls:
        message["tool_calls"] = list(answer.calls)
    choice = {"index": 0, "finish_reason": answer.finish, "message": message}
    made = {"id": "x", "object": "chat.completion", "created": 1, "model": asked.model, "choices": [choice], "usage": usage}
    return _response("application/json", json.dumps(made).encode())


def _streamed(asked: Asked, answer: Answer) -> bytes:
    text = answer.text
    deltas: list[dict[str, Any]] = [{"content": text[at : at + PIECE]} for at in range(0, len(text), PIECE)]
    events = [_event(asked.model, {"role": "assistant"}), *(_event(asked.model, delta) for delta in deltas)]
    return _response("text/event-stream", b"".join([*events, _event(asked.model, {}, answer.finish), b"data: [DONE]\n\n"]))


def _event(model: str, delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'created': 1, 'model': model, 'choices': [choice]})}\n\n".encode()


def _response(kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body
