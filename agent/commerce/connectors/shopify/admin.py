"""One shop's Admin API: queries that may be repeated, mutations that are not, and the budget of points both draw on."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from agent.commerce.connectors.client import Bounds, Http, SourceDown, SourceRefused, Unanswered
from agent.commerce.connectors.shopify.fields import Node, names, node, nodes, text
from agent.commerce.connectors.shopify.queries import VERSION

_PATH = "graphql.json"
_TRIES = 3
#: Errors of the whole request that leave open whether a mutation was worked on.
_UNSURE = frozenset({"", "INTERNAL_SERVER_ERROR", "TIMEOUT"})


class Refusal(Exception):
    """Shopify understood a mutation and declined it; `codes` are its own. Nothing was done."""

    def __init__(self, codes: str) -> None:
        super().__init__(codes)
        self.codes = codes


class Throttled(SourceDown):
    """The shop's budget of points is used up. Nothing was done; try again in some seconds."""

    code = "throttled"


class Admin:
    """`shop` is "name.myshopify.com"; `base` replaces its address in tests."""

    def __init__(
        self,
        name: str,
        shop: str,
        token: str,
        *,
        base: str = "",
        client: httpx.AsyncClient | None = None,
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        address = base or f"https://{shop}/admin/api/{VERSION}"
        self._bounds = bounds or Bounds()
        self.http = Http(name, address, headers={"x-shopify-access-token": token}, client=client, bounds=self._bounds, clock=clock)
        self.name = name
        self._budget = Budget(clock)
        self._sleep = sleep

    async def query(self, document: str, **variables: Any) -> Node:
        """`data`. Raises SourceDown, SourceRefused."""
        body = await self._within_budget(document, variables, self.http.read)
        if errors := nodes(body, "errors"):
            raise SourceRefused(f"{self.name} refused a query ({_codes(errors)}). Check the access scopes of its app.", body=errors)
        if not isinstance(body.get("data"), dict):
            raise SourceDown(f"{self.name} sent something that is no answer.")
        return node(body, "data")

    async def mutate(self, document: str, **variables: Any) -> Node:
        """The root field's payload. Raises Refusal, SourceRefused or SourceDown (nothing was done), Unanswered (nobody knows)."""
        try:
            body = await self._within_budget(document, variables, self.http.change)
        except SourceRefused as error:
            if 200 <= error.http < 300:  # the answer could not be read, but there was one
                raise Unanswered(f"{self.name}: the answer could not be read; nobody knows whether it was done.") from error
            raise
        payload = next((each for each in node(body, "data").values() if isinstance(each, dict)), None)
        if payload is None:
            raise self._without_payload(body)
        if errors := [*nodes(payload, "userErrors"), *nodes(payload, "orderCancelUserErrors")]:
            raise Refusal(names(errors))
        return payload

    def _without_payload(self, body: Node) -> SourceRefused | Unanswered:
        codes = {_code(error) for error in nodes(body, "errors")}
        if codes and not codes & _UNSURE:
            return SourceRefused(f"{self.name} refused a change ({' '.join(sorted(codes))}). Check the access scopes of its app.")
        return Unanswered(f"{self.name} sent something that is no answer; nobody knows whether it was done.")

    async def _within_budget(self, document: str, variables: Node, send: Callable[[str, Node], Awaitable[Any]]) -> Node:
        operation = document.split("(")[0].strip()
        for _ in range(_TRIES):
            await self._pause(self._budget.wait(operation))
            answer = await send(_PATH, {"query": document, "variables": variables})
            if answer is None:
                raise SourceRefused(f"{self.name} is not there. Check the shop's address in the shops file.", http=404)
            body = node({"body": answer}, "body")
            self._budget.note(operation, body)
            if not any(_code(error) == "THROTTLED" for error in nodes(body, "errors")):
                return body
        raise Throttled()

    async def _pause(self, seconds: float) -> None:
        if seconds > self._bounds.longest_wait:
            raise Throttled()
        if seconds:
            await self._sleep(seconds)


class Budget:
    """The bucket of points as the last answer told it, refilled at its own rate since."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left, self._rate, self._at = 0.0, 0.0, 0.0
        self._costs: dict[str, float] = {}

    def wait(self, operation: str) -> float:
        """Seconds until the bucket holds what this operation asked for last time; 0 before anything is known."""
        if not self._rate:
            return 0.0
        left = self._left + (self._clock() - self._at) * self._rate
        return max((self._costs.get(operation, 0.0) - left) / self._rate, 0.0)

    def note(self, operation: str, body: Node) -> None:
        cost = node(body, "extensions", "cost")
        status = node(cost, "throttleStatus")
        self._costs[operation] = min(_figure(cost, "requestedQueryCost"), _figure(status, "maximumAvailable"))
        if rate := _figure(status, "restoreRate"):
            self._left, self._rate, self._at = _figure(status, "currentlyAvailable"), rate, self._clock()


def _figure(source: Node, name: str) -> float:
    value = source.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _code(error: Node) -> str:
    return text(node(error, "extensions"), "code")


def _codes(errors: list[Node]) -> str:
    return " ".join(sorted({_code(error) or "no code" for error in errors}))
