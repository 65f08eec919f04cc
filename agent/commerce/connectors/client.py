"""One bounded HTTP client for every connector: time-outs, retries, a breaker, a rate limit and a cap on what is read."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import stamina

from agent.errors import PortsideError


class SourceDown(PortsideError):
    """A source does not answer at the moment. What is known of it is shown with its age; try again later."""

    status = 503
    code = "source_down"


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

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(kw_only=True)
class Bounds:
    """What one source may cost us. Seconds, bytes, requests a second."""

    timeout: float = 4.0
    attempts: int = 3
    longest_wait: float = 3.0  # a Retry-After beyond it is not waited for
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

    async def get(self, path: str, **params: Any) -> Any:
        """Raises SourceDown, SourceRefused."""
        return await self._ask("GET", path, params={key: value for key, value in params.items() if value is not None})

    async def read(self, path: str, body: Any) -> Any:
        """A POST that changes nothing, such as a GraphQL query: it may be repeated. Raises SourceDown, SourceRefused."""
        return await self._ask("POST", path, body=body)

    async def change(self, path: str, body: Any, *, method: str = "POST", key: str = "") -> Any:
        """Sent once; `key` goes along as the idempotency key. Raises Unanswered, SourceDown (it never left), SourceRefused."""
        self._rest()
        await self._slow_down()
        try:
            answer = await self._send(method, path, body=body, headers={"idempotency-key": key} if key else {})
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            self._count(False)
            raise SourceDown(f"{self.name} does not answer ({type(error).__name__}).") from error
        except _Busy as busy:
            self._count(False)
            if busy.wait is not None:  # 429: refused before it was worked on
                raise SourceDown(f"{self.name} asks us to slow down.") from busy
            raise Unanswered(f"{self.name}: {busy}; nobody knows whether it was done.") from busy
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            self._count(False)
            raise Unanswered(f"{self.name}: {type(error).__name__}; nobody knows whether it was done.") from error
        self._count(True)
        return answer

    async def _ask(self, method: str, path: str, **given: Any) -> Any:
        self._rest()
        try:
            answer = await self._tried(method, path, **given)
        except (_Busy, httpx.HTTPError, TimeoutError, ValueError) as error:
            self._count(False)
            raise SourceDown(f"{self.name} does not answer ({error or type(error).__name__}).") from error
        self._count(True)
        return answer

    async def _tried(self, method: str, path: str, **given: Any) -> Any:
        wanted = self._bounds.attempts
        async for attempt in stamina.retry_context(on=self._again, attempts=wanted, timeout=None, wait_initial=0.1, wait_max=1.0):
            with attempt:
                await self._slow_down()
                return await self._send(method, path, **given)
        raise AssertionError("at least one attempt was made")

    def _again(self, error: Exception) -> bool | float:
        if isinstance(error, _Busy) and error.wait is not None:
            return error.wait if error.wait <= self._bounds.longest_wait else False
        return isinstance(error, _Busy | httpx.TransportError)

    async def _send(self, method: str, path: str, *, params: Any = None, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        url = path if path.startswith(self._base) else f"{self._base}/{path.lstrip('/')}"
        async with (
            asyncio.timeout(self._bounds.timeout * 2),  # a slow drip never trips httpx's own time-out
            self._client.stream(
                method,
                url,
                params=params,
                json=body,
                headers={"accept": "application/json", **self._headers, **(headers or {})},
                auth=self._auth,
                timeout=self._bounds.timeout,
            ) as response,
        ):
            content = await self._bounded(response)
        return self._read(response, content)

    async def _bounded(self, response: httpx.Response) -> bytes:
        content = b""
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self._bounds.most_bytes:
                raise SourceRefused(
                    f"{self.name} sent more than {self._bounds.most_bytes} bytes. Narrow the query.", http=response.status_code
                )
        return content

    def _read(self, response: httpx.Response, content: bytes) -> Any:
        status = response.status_code
        if status in (408, 425, 429) or status >= 500:
            raise _Busy(f"HTTP {status}", _seconds(response.headers.get("retry-after", "")) if status == 429 else None)
        if status == 404:
            return None
        body = json.loads(content) if content.strip() else None
        if status >= 300:
            raise SourceRefused(f"{self.name} refused the request (HTTP {status}).", http=status, body=body)
        return body

    def _rest(self) -> None:
        if self._clock() < self._closed_until:
            raise SourceDown(f"{self.name} has failed {self._failed} times in a row and is given a rest.")

    def _count(self, well: bool) -> None:
        self._failed = 0 if well else self._failed + 1
        if self._failed >= self._bounds.failures:
            self._closed_until = self._clock() + self._bounds.rest

    async def _slow_down(self) -> None:
        """Spread requests evenly: a burst would be answered by 429."""
        now = self._clock()
        wait = max(self._next - now, 0.0)
        self._next = max(self._next, now) + 1 / self._bounds.per_second
        if wait:
            await asyncio.sleep(wait)


def _seconds(text: str) -> float:
    try:
        return max(float(text), 0.0)
    except ValueError:
        return 1.0
