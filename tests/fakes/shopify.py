"""A Shopify shop in memory: the Admin API's operations by name, its webhooks, and every way in which it can fail."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import uvicorn
from shopify_books import Books
from shopify_orders import Node, bag, order, sent

__all__ = ["FakeShopify", "bag", "order", "sent"]

_OPERATION = re.compile(r"(query|mutation) (\w+)")


@dataclass
class Fault:
    """What goes wrong with the next request of an operation ("" = any). `done` = the work is done all the same."""

    operation: str = ""
    kind: str = "500"  # an HTTP status | throttled | internal | denied | garbage | half | shape | big | "" (only late)
    done: bool = False
    seconds: float = 0.0


@dataclass
class FakeShopify(Books):
    secret: str = "hush"
    token: str = "shpat_test"
    faults: deque[Fault] = field(default_factory=deque[Fault])
    log: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])  # what was worked on
    cost: float = 100.0
    left: float = 2000.0
    maximum: float = 2000.0
    restore: float = 100.0

    def count(self, operation: str) -> int:
        return sum(name == operation for name, _ in self.log)

    def fail(self, operation: str = "", kind: str = "500", *, done: bool = False, times: int = 1, seconds: float = 0.0) -> None:
        self.faults.extend(Fault(operation, kind, done, seconds) for _ in range(times))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if headers.get("x-shopify-access-token") != self.token:
            await _reply(send, 401, b'{"errors": "[API] Invalid API key or access token"}')
            return
        asked = json.loads(body)
        found = _OPERATION.search(asked["query"])
        await self._answer(found[2] if found else "", asked["variables"], send)

    async def _answer(self, operation: str, variables: Node, send: Any) -> None:
        fault = self._fault(operation) or Fault(kind="", done=True)
        await asyncio.sleep(fault.seconds)
        if fault.done:
            self.log.append((operation, variables))
        data = getattr(self, f"_{operation}")(variables) if fault.done else {}
        answer = json.dumps({"data": data, "extensions": self._extensions()}).encode()
        status, body, headers = self._spoilt(fault.kind, answer)
        await _reply(send, status, body, headers)

    def _spoilt(self, kind: str, answer: bytes) -> tuple[int, bytes, dict[str, str]]:
        codes = {"throttled": "THROTTLED", "internal": "INTERNAL_SERVER_ERROR", "denied": "ACCESS_DENIED"}
        if kind in codes:
            return 200, json.dumps({"errors": [_error(codes[kind])], "extensions": self._extensions()}).encode(), {}
        if kind.isdecimal():
            return int(kind), b"", {"retry-after": "0"}
        if kind == "half":
            return 200, answer[: len(answer) // 2], {"content-length": str(len(answer))}
        bodies = {"garbage": b"<html>maintenance</html>", "shape": b"[1, 2]", "big": answer + b" " * 5_000_000}
        return 200, bodies.get(kind, answer), {}

    def _fault(self, operation: str) -> Fault | None:
        for fault in self.faults:
            if fault.operation in ("", operation):
                self.faults.remove(fault)
                return fault
        return None

    def _extensions(self) -> Node:
        status = {"maximumAvailable": self.maximum, "currentlyAvailable": self.left, "restoreRate": self.restore}
        return {"cost": {"requestedQueryCost": self.cost, "actualQueryCost": 1, "throttleStatus": status}}

    def webhook(self, topic: str, told: Node, at: datetime, event: str = "") -> tuple[dict[str, str], bytes]:
        """(headers, body) as Shopify signs them."""
        body = json.dumps(told).encode()
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).digest()
        headers = {
            "X-Shopify-Topic": topic,
            "X-Shopify-Hmac-Sha256": base64.b64encode(digest).decode(),
            "X-Shopify-Webhook-Id": f"w-{next(self._ids)}",  # another one for every delivery
            "X-Shopify-Event-Id": event or f"e-{next(self._ids)}",
            "X-Shopify-Triggered-At": at.isoformat(),
            "X-Shopify-Shop-Domain": "harbour.myshopify.com",
        }
        return headers, body

    @contextmanager
    def served(self) -> Iterator[str]:
        """Over real HTTP on 127.0.0.1; gives the address of the API."""
        server = uvicorn.Server(uvicorn.Config(self, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            threading.Event().wait(0.01)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/admin/api/2026-10"
        finally:
            server.should_exit = True
            thread.join(5)


async def _reply(send: Any, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    told = {"content-type": "application/json", **(headers or {})}
    await send(
        {"type": "http.response.start", "status": status, "headers": [(name.encode(), value.encode()) for name, value in told.items()]}
    )
    await send({"type": "http.response.body", "body": body})


def _error(code: str) -> Node:
    return {"message": code.title(), "extensions": {"code": code}}
