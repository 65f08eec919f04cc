"""An ERP on 127.0.0.1 over real HTTP: it answers what it was told, and fails in the ways that servers fail."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Erp:
    """`answers` by path: JSON, or a function of the request that makes it. Each request takes the next fault, if there is one.

    Faults: "500", "503 2" (with Retry-After), "429 0.1", "301", "404", "401 html", "hang", "drip", "half", "garbage", "deep", "empty", "huge",
    "html", "drop" (before any work), "drop after" (the work is done, the answer never comes).
    """

    answers: dict[str, Any] = field(default_factory=dict)
    faults: deque[str] = field(default_factory=deque)
    seen: list[Seen] = field(default_factory=list)
    done: list[Any] = field(default_factory=list)  # bodies of changes that were worked on
    always: str = ""
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fail(self, *faults: str) -> None:
        self.faults.extend(faults)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _request(reader):
                self.seen.append(request)
                fault = self.faults.popleft() if self.faults else self.always
                if not await self._answer(request, fault, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: Seen, fault: str, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays open."""
        if fault == "drop":
            return False
        if fault == "hang":
            await asyncio.sleep(30)
            return False
        if fault[:3].isdigit():
            writer.write(_refusal(fault))
            await writer.drain()
            return True
        if request.method != "GET":
            self.done.append(request.body)
        if fault == "drop after":
            return False
        content = _spoilt(fault) if fault in SPOILT else json.dumps(self._made(request)).encode()
        if fault == "drip":
            await _drip(writer, content)
            return False
        status = 404 if request.path not in self.answers else 200
        writer.write(_head(status, len(content)) + (content[: len(content) // 2] if fault == "half" else content))
        await writer.drain()
        return fault != "half"

    def _made(self, request: Seen) -> Any:
        answer = self.answers.get(request.path, {"error": "no such thing"})
        return answer(request) if isinstance(answer, Callable) else answer


SPOILT = {"garbage", "deep", "empty", "huge", "html"}


def _spoilt(fault: str) -> bytes:
    return {
        "garbage": b'{"stock": [{"sku": "A", "qty"\xff\x00',
        "deep": b"[" * 200_000,
        "empty": b"",
        "huge": b'"' + b"x" * 1_500_000 + b'"',
        "html": b"<html>We are mending our system. Back soon.</html>",
    }[fault]


def _refusal(fault: str) -> bytes:
    status, _, more = fault.partition(" ")
    if status == "301":
        return _head(301, 0, "location: https://elsewhere.example/\r\n")
    if more == "html":
        return _head(int(status), 15) + b"<h1>No way</h1>"
    body = b'{"error": "not now"}'
    return _head(int(status), len(body), f"retry-after: {more}\r\n" if more else "") + body


def _head(status: int, length: int, more: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{more}\r\n".encode()


async def _drip(writer: asyncio.StreamWriter, content: bytes) -> None:
    writer.write(_head(200, len(content) + 1000))
    for byte in content + b" " * 1000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def _request(reader: asyncio.StreamReader) -> Seen | None:
    line = (await reader.readline()).decode()
    if not line.strip():
        return None
    method, target, _ = line.split()
    headers: dict[str, str] = {}
    while header := (await reader.readline()).decode().strip():
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Seen(method, parts.path, dict(parse_qsl(parts.query)), headers, json.loads(content) if content else None)


@asynccontextmanager
async def serving(erp: Erp) -> AsyncIterator[Erp]:
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(erp.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", erp.port)
    erp.port = server.sockets[0].getsockname()[1]
    try:
        yield erp
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
