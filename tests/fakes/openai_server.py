"""A scripted OpenAI-compatible endpoint over real HTTP, which fails in every way an endpoint can."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

Asked = dict[str, Any]
#: What is answered: an object or text for the message's content, bytes for the body as they are, or something that makes one of these from the request.
Say = dict[str, Any] | str | bytes | Callable[[Asked], "dict[str, Any] | str | bytes"]
#: hang: no answer; close: the connection ends before any, cut: in the middle of it; truncated: half a body, said to be whole.
Fault = Literal["", "hang", "close", "cut", "truncated"]
MEGABYTE = 1_000_000
USAGE = {"prompt_tokens": 300, "completion_tokens": 40, "total_tokens": 340, "prompt_tokens_details": {"cached_tokens": 128}}
CALL = {"id": "call_1", "type": "function", "function": {"name": "refund_order", "arguments": '{"order": "1042", "amount": 9999}'}}


@dataclass
class OpenAIServer:
    """Answers as its fields say now; keeps what it was asked, and how many requests it had open at a time."""

    url: str = ""
    say: Say = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0  # bytes a second, 0 = at once
    fault: Fault = ""
    tool_calls: tuple[dict[str, Any], ...] = ()
    finish: str = "stop"
    usage: dict[str, Any] | None = field(default_factory=lambda: dict(USAGE))
    asked: list[Asked] = field(default_factory=list)
    open: int = 0
    peak: int = 0

    def script(self, **fields: Any) -> None:
        """Set several fields at once."""
        for name, value in fields.items():
            setattr(self, name, value)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has enough
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = await _request(reader)
        self.asked.append(request)
        self.open += 1
        self.peak = max(self.peak, self.open)
        try:
            return await self._answer(request, writer)
        finally:
            self.open -= 1

    async def _answer(self, request: Asked, writer: asyncio.StreamWriter) -> bool:
        """False: the connection is over."""
        await asyncio.sleep(3600 if self.fault == "hang" else self.delay)
        if self.fault == "close":
            return False
        said = self.say(request) if callable(self.say) else self.say
        streamed = bool(request.get("stream")) and not isinstance(said, bytes) and self.status == 200
        body = self._events(said) if streamed else self._body(said)
        if self.fault == "truncated":
            body = body[: len(body) // 2]
        kind = "text/event-stream" if streamed else "application/json"
        head = {"content-type": kind, "content-length": str(len(body))} | self.headers
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}", *(f"{name}: {value}" for name, value in head.items())]
        writer.write("\r\n".join([*lines, "\r\n"]).encode())
        await self._send(body[: len(body) // 2] if self.fault == "cut" else body, writer)
        return self.fault != "cut"

    async def _send(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        if not self.drip:
            writer.write(body)
            await writer.drain()
            return
        piece = max(1, round(self.drip / 10))
        for at in range(0, len(body), piece):
            writer.write(body[at : at + piece])
            await writer.drain()
            await asyncio.sleep(0.1)

    def _body(self, said: dict[str, Any] | str | bytes) -> bytes:
        if isinstance(said, bytes):
            return said
        message: dict[str, Any] = {"role": "assistant", "content": said if isinstance(said, str) else json.dumps(said)}
        if self.tool_calls:
            message["tool_calls"] = list(self.tool_calls)
        choice = {"index": 0, "finish_reason": self.finish, "message": message}
        made = {"id": "x", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [choice]}
        return json.dumps(made | ({"usage": self.usage} if self.usage else {})).encode()

    def _events(self, said: dict[str, Any] | str | bytes) -> bytes:
        text = said if isinstance(said, str) else json.dumps(said)
        deltas: list[tuple[dict[str, Any], str | None]] = [({"role": "assistant", "content": ""}, None)]
        deltas += [({"content": text[at : at + 8]}, None) for at in range(0, len(text), 8)]
        frame: dict[str, Any] = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}
        events = [frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": end}]} for delta, end in [*deltas, ({}, self.finish)]]
        if self.usage:
            events.append(frame | {"choices": [], "usage": self.usage})
        return "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode() + b"data: [DONE]\n\n"


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    size = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:"))
    return json.loads(await reader.readexactly(size))


@asynccontextmanager
async def openai_server(say: Say = "") -> AsyncGenerator[OpenAIServer]:
    """One that listens in this event loop until the block ends."""
    made = OpenAIServer(say=say)
    at_work: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(made.serve(reader, writer))
        at_work.add(task)
        task.add_done_callback(at_work.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield made
    finally:
        server.close()
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)


@contextmanager
def refusing() -> Generator[str]:
    """The address of an endpoint where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def step(request: Asked) -> str:
    """The name of the schema that is asked for: ReadMessage, Found, Translated, Written, Summary ...; "" for a text."""
    return request.get("response_format", {}).get("json_schema", {}).get("name", "")
