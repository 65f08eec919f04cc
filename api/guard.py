"""Around every request: bodies are bounded while they are read, and every answer carries the safe headers."""

import json
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Bytes of a request's body; photos are the largest thing anybody sends.
MAX_BODY = 11 * 1024 * 1024
_POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
TOO_LARGE = {"error": {"code": "too_large", "message": "The request is larger than 11 MB. Photos may have up to 10 MB."}}


def framed_by(origins: Iterable[str]) -> dict[str, str]:
    """Headers of a page that these sites may show within their own."""
    return {"content-security-policy": " ".join((_POLICY, *origins))}


class _TooLarge(HTTPException):
    """The body went over the bound while it was read. An HTTPException, because the framework lets only that through its parsing."""

    def __init__(self) -> None:
        super().__init__(413, TOO_LARGE["error"]["message"])


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def safe_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if _declared(scope) > MAX_BODY:
                raise _TooLarge
            await self._app(scope, _bounded(receive), safe_send)
        except _TooLarge:
            if not started:
                await _refuse(safe_send)


def _declared(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


def _bounded(receive: Receive) -> Receive:
    """Counts what arrives: a body without a declared length is bounded too."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise _TooLarge
        return message

    return counted


async def _refuse(send: Send) -> None:
    body = json.dumps(TOO_LARGE).encode()
    await send({"type": "http.response.start", "status": 413, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})
