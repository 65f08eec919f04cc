"""The fake shop and the connector to it: in the same process for most tests, over real HTTP where the wire itself is tested."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from agent.commerce.connectors.client import Bounds
from agent.commerce.connectors.shopify import Admin, Shop, Shopify, ShopifyEffects
from agent.domain.commerce import Tier
from agent.domain.effect import PlannedEffect

FAKES = Path(__file__).parents[4] / "fakes"
BASE = "http://harbour.test/admin/api/2026-10"


def fake(name: str) -> ModuleType:
    known = f"fakes_{name}"
    if known not in sys.modules:
        sys.path.append(str(FAKES))  # the fake is in three files
        spec = importlib.util.spec_from_file_location(known, FAKES / f"{name}.py")
        assert spec and spec.loader
        sys.modules[known] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
        sys.path.remove(str(FAKES))
    return sys.modules[known]


class Time:
    """A clock that only moves when it is told to, or when the connector sleeps."""

    def __init__(self) -> None:
        self.at = datetime(2026, 5, 20, 12, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


@pytest.fixture(scope="session")
def fakes() -> ModuleType:
    return fake("shopify")


@pytest.fixture
def store(fakes: ModuleType) -> Any:
    made = fakes.FakeShopify()
    made.orders.append(fakes.order())
    return made


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def shop() -> Shop:
    return Shop(name="harbour", tiers={"vip": Tier.BEACON})


@pytest.fixture
async def admin(store: Any, time: Time) -> AsyncIterator[Admin]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=store)) as client:
        bounds = Bounds(timeout=2, per_second=100_000, failures=99, attempts=2, longest_wait=3)
        yield Admin("harbour", "", store.token, base=BASE, client=client, bounds=bounds, clock=time.seconds, sleep=time.sleep)


@pytest.fixture
def reads(admin: Admin, shop: Shop, time: Time) -> Shopify:
    return Shopify(admin, shop, now=time.now)


@pytest.fixture
def effects(admin: Admin, shop: Shop, time: Time) -> ShopifyEffects:
    return ShopifyEffects(admin, shop, secret="pepper", now=time.now)


@pytest.fixture
def plan() -> Any:
    def made(kind: str, order: str = "1042", key: str = "", **payload: Any) -> PlannedEffect:
        return PlannedEffect(key=key or f"{kind}-{order}-0a1b2c", kind=kind, order=order, payload={"reason": "return_request", **payload})

    return made


@pytest.fixture
def ready(store: Any, fakes: Any) -> Any:
    """Makes the shop ready for a kind."""

    def made(was_sent: bool) -> None:
        store.variants += [{"id": f"v-{sku}", "sku": sku} for sku in ("EAR-130", "EAR-131")]
        if was_sent:
            store.orders[0] |= {"displayFulfillmentStatus": "FULFILLED", "fulfillments": [fakes.sent(state="DELIVERED")]}

    return made
