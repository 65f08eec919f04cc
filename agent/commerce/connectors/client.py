"""One bounded HTTP client for every connector: time-outs, retries, a breaker, a rate limit and a cap on what is read."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import stamina

from agent.errors import PortsideError, SourceDown


class SourceRefused(PortsideError):
    """A source refused a request. Check its address and key in the shops file."""

    status = 502
    code = "source_refused"

    def __init__(self, message: str, *, http: int = 0, body: Any = None) -> None:
        super().__init__(message)
        self.http, self.body = http, body


class Unanswered(SourceDown):
    """A change was sent and nobody knows whether it was done. It is looked up, never sent again blindly."""

    code = "unanswered"


class _Busy(Exception):
    """Worth another try: the source is away, or asks us to slow down."""

    def __init__(self, why: str, wait: float | None = None, *, refused: bool = False) -> None:
        super().__init__(why)
        self.wait, self.refused = wait, refused  # refused: it was not worked on


class _TooMuch(Exception):
    """More was sent than is read."""


@dataclass(kw_only=True)
class Bounds:
    """What one source may cost us. Seconds, bytes, requests a second."""

    timeout: float = 4.0
    patience: float = 8.0  # for one reading with all its attempts: somebody waits for it in a chat
    attempts: int = 3
    longest_wait: float = 3.0  # a Retry-After, or a queue of our own, beyond it is not waited for
    most_bytes: int = 4_000_000
    per_second: float = 8.0
    failures: int = 5  # in a row, until the breaker opens
    rest: float = 15.0  # seconds that it stays open


class Http:
    """JSON in, JSON out. `name` is the source's, for errors and logs; `client` is the shared one of the process, or a test's."""

    def __init__(
        self,
        name: str,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        client: httpx.AsyncClient | None = None,
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name, self._base, self._headers, self._auth = name, base.rstrip("/"), dict(headers or {}), auth
        self._client = client or httpx.AsyncClient(follow_redirects=False)
        self._bounds, self._clock = bounds or Bounds(), clock
        self._failed, self._closed_until, self._next = 0, 0.0, 0.0

    async def aclose(self) -> None:
        await self._client.aclose()

    async def get(self, path: str, /, **params: Any) -> Any:
        """None = there is no such thing (404). Raises SourceDown, SourceRefused."""
        return await self._ask("GET", path, params={key: value for key, value in params.items() if value is not None})

    async def read(self, path: str, body: Any) -> Any:
        """A POST that changes nothing, such as a GraphQL query: it may be repeated. Raises SourceDown, SourceRefused."""
        return await self._ask("POST", path, body=body)

    async def change(self, path: str, body: Any, *, method: str = "POST", key: str = "") -> Any:
        """Sent once; `key` goes along as the idempotency key. Raises Unanswered, SourceDown (it was not worked on), SourceRefused."""
        self._rest()
        await self._slow_down()
        try:
            answer = self._answer(*await self._send(method, path, body=body, headers={"idempotency-key": key} if key else {}), changed=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            self._count(False)
            raise SourceDown(f"{self.name} does not answer ({type(error).__name__}).") from error
        except _Busy as busy:
            self._count(False, busy.wait)
            if busy.refused:
                raise SourceDown(f"{self.name} asks us to slow down.") from busy
            raise Unanswered(f"{self.name}: {busy}; nobody knows whether it was done.") from busy
        except (httpx.HTTPError, TimeoutError, ValueError, RecursionError, _TooMuch) as error:
            self._count(False)
            raise Unanswered(f"{self.name}: {_said(error)}; nobody knows whether it was done.") from error
        except SourceRefused:
            self._count(True)
            raise
        self._count(True)
        return answer

    async def _ask(self, method: str, path: str, **given: Any) -> Any:
        self._rest()
        try:
            async with asyncio.timeout(self._bounds.patience):
                answer = await self._tried(method, path, **given)
        except _Busy as busy:
            self._count(False, busy.wait)
            raise SourceDown(f"{self.name} does not answer ({busy}).") from busy
        except (httpx.HTTPError, TimeoutError, ValueError, RecursionError) as error:
            self._count(False)
            raise SourceDown(f"{self.name} does not answer ({_said(error)}).") from error
        except _TooMuch as error:
            raise SourceRefused(f"{self.name} sent more than {self._bounds.most_bytes} bytes. Narrow the query.") from error
        except SourceRefused:
            self._count(True)  # it is there, and knows its mind
            raise
        self._count(True)
        return answer

    async def _tried(self, method: str, path: str, **given: Any) -> Any:
        wanted = self._bounds.attempts
        async for attempt in stamina.retry_context(on=self._again, attempts=wanted, timeout=None, wait_initial=0.1, wait_max=1.0):
            with attempt:
                await self._slow_down()
                return self._answer(*await self._send(method, path, **given))
        raise AssertionError("at least one attempt was made")

    def _again(self, error: Exception) -> bool | float:
        if isinstance(error, _Busy) and error.wait is not None:
            return error.wait if error.wait <= self._bounds.longest_wait else False
        return isinstance(error, _Busy | httpx.TransportError)

    async def _send(
        self, method: str, path: str, *, params: Any = None, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[httpx.Response, bytes]:
        async with (
            asyncio.timeout(self._bounds.timeout * 2),  # a slow drip never trips httpx's own time-out
            self._client.stream(
                method,
                self._url(path),
                params=params,
                json=body,
                headers={"accept": "application/json", **self._headers, **(headers or {})},
                auth=self._auth,
                timeout=self._bounds.timeout,
                follow_redirects=False,  # the key would go along
            ) as response,
        ):
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > self._bounds.most_bytes:
                    raise _TooMuch
        return response, bytes(content)

    def _url(self, path: str) -> str:
        """A whole address, as of a next page, only below our own: the key goes along."""
        return path if path.startswith((f"{self._base}/", f"{self._base}?")) else f"{self._base}/{path.lstrip('/')}"

    def _answer(self, response: httpx.Response, content: bytes, *, changed: bool = False) -> Any:
        status = response.status_code
        if status in (408, 425, 429) or status >= 500:
            asked = response.headers.get("retry-after", "")
            wait = _seconds(asked) if asked or status == 429 else None
            raise _Busy(f"HTTP {status}", wait, refused=status == 429)
        if status == 404 and not changed:
            return None
        if status >= 300:
            where = "; it moved: write its new address into the shops file" if status < 400 else ""
            raise SourceRefused(f"{self.name} refused the request (HTTP {status}{where}).", http=status, body=_lenient(content))
        if not content.strip():
            if changed or status == 204:
                return None
            raise ValueError("an empty answer")
        return json.loads(content)

    def _rest(self) -> None:
        if self._clock() < self._closed_until:
            raise SourceDown(f"{self.name} is given a rest after {self._failed} failed requests in a row.")

    def _count(self, well: bool, wait: float | None = None) -> None:
        """Open the breaker after so many failures, and for as long as the source asked to be left alone."""
        self._failed = 0 if well else self._failed + 1
        rest = self._bounds.rest if self._failed >= self._bounds.failures else min(wait or 0.0, self._bounds.rest)
        if not well and rest:
            self._closed_until = max(self._closed_until, self._clock() + rest)

    async def _slow_down(self) -> None:
        """Spread requests evenly: a burst would be answered by 429. Raises SourceDown when too many wait already."""
        now = self._clock()
        wait = max(self._next - now, 0.0)
        if wait > self._bounds.longest_wait:
            raise SourceDown(f"{self.name}: too many requests are waiting.")
        self._next = max(self._next, now) + 1 / self._bounds.per_second
        if wait:
            await asyncio.sleep(wait)


def _seconds(text: str) -> float:
    """Of a Retry-After: a number, or a date."""
    try:
        return max(float(text), 0.0)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 1.0
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _lenient(content: bytes) -> Any:
    """What a refusal says, if it says it in JSON: many are pages of HTML."""
    try:
        return json.loads(content) if content.strip() else None
    except (ValueError, RecursionError):
        return None


def _said(error: BaseException) -> str:
    """Without what was sent: it may hold a customer's words."""
    return str(error) if type(error) is ValueError else type(error).__name__
