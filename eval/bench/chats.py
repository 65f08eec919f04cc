"""Many customers at the service's public door: they send, and learn of each commit from the database's own notice."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg

from agent.desk.notices import CHANNEL

#: Seconds a reply may take before it counts as lost.
LOST = 30.0
Notice = tuple[str, int, float]


@dataclass(slots=True)
class Chat:
    """One customer's conversation; `notices` are (kind, message number, when)."""

    token: str
    conversation: str = ""
    notices: asyncio.Queue[Notice] = field(default_factory=asyncio.Queue[Notice])

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


class Chats:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._by_conversation: dict[str, Chat] = {}

    async def open(self, first: str) -> Chat:
        """A conversation that has had its first message."""
        chat = Chat((await self._post("/api/chat/session", {"market": "DE"}))["token"])
        await self.send(chat, first)
        chat.conversation = (await self._post("/api/chat/session", {"market": "DE", "token": chat.token}))["conversation"]
        self._by_conversation[chat.conversation] = chat
        return chat

    async def send(self, chat: Chat, text: str) -> tuple[int, float]:
        """(The message's number, seconds until it was acknowledged)."""
        started = time.perf_counter()
        body = {"client_id": str(uuid.uuid4()), "text": text}
        answer = await self._post("/api/chat/messages", body, chat.headers)
        return int(answer["seq"]), time.perf_counter() - started

    async def committed(self, chat: Chat, seq: int) -> float:
        """When the answer to message `seq` (a reply, or a case's refreshment) was committed. Raises TimeoutError."""
        async with asyncio.timeout(LOST):
            while True:
                kind, number, at = await chat.notices.get()
                if (kind == "message" and number > seq) or (kind == "case" and number >= seq):
                    return at

    @asynccontextmanager
    async def listening(self, url: str) -> AsyncGenerator[None]:
        """Hear of every commit: one connection for all chats, so that measuring costs little."""
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
        await connection.execute(f"LISTEN {CHANNEL}".encode())
        task = asyncio.create_task(self._listen(connection))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await connection.close()

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        async for notice in connection.notifies():
            said = json.loads(notice.payload)
            if chat := self._by_conversation.get(said["conversation"]):
                chat.notices.put_nowait((said["kind"], said["seq"], time.perf_counter()))

    @asynccontextmanager
    async def watching(self, chats: list[Chat]) -> AsyncGenerator[None]:
        """Every customer's widget is open and reads its stream of events, as in real life."""
        tasks = [asyncio.create_task(self._watch(chat)) for chat in chats]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self, chat: Chat) -> None:
        async with self._client.stream("GET", "/api/chat/events?after=100000", headers=chat.headers, timeout=None) as stream:
            async for _ in stream.aiter_raw():
                pass

    async def _post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
        answer = await self._client.post(path, json=body, headers=headers)
        return answer.raise_for_status().json()
