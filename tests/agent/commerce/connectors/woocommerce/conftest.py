"""A WooCommerce shop on 127.0.0.1 and the connector to it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.client import Bounds, Http
from agent.commerce.connectors.woocommerce import WooEffects, WooGoods, WooOrders, WooShop
from agent.commerce.connectors.woocommerce.shop import api
from agent.domain.effect import PlannedEffect

FAKES = Path(__file__).parents[4] / "fakes"


def fake(name: str) -> ModuleType:
    known = f"fakes_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, FAKES / f"{name}.py")
        assert spec and spec.loader
        sys.modules[known] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def later(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)


@dataclass
class Connected:
    http: Http
    orders: WooOrders
    goods: WooGoods
    effects: WooEffects
    clock: Clock


@pytest.fixture
def fakes() -> ModuleType:
    return fake("woocommerce")


@pytest.fixture
def shop(fakes: ModuleType) -> Iterator[Any]:
    woo = fakes.Woo()
    woo.orders[1042] = fakes.order()
    woo.products += [fakes.product(501, "MUG-1"), fakes.product(502, "TEE-M", categories=[{"slug": "fashion"}])]
    with fakes.serving(woo) as served:
        yield served


def connect(shop: Any, fakes: ModuleType, **settings: Any) -> Connected:
    bounds = Bounds(timeout=0.25, per_second=1000, failures=99, attempts=2)
    http = Http("my shop", api(shop.url), auth=(fakes.KEY, settings.pop("secret", fakes.SECRET)), bounds=bounds)
    clock = Clock()
    orders = WooOrders(http, WooShop(name="my shop", currency="EUR", **settings), now=clock)
    return Connected(http, orders, WooGoods(http, orders.shop, orders, now=clock), WooEffects(http, orders, secret="s", now=clock), clock)


@pytest.fixture
async def connecting(shop: Any, fakes: ModuleType) -> AsyncIterator[Any]:
    """Connects with settings."""
    made: list[Connected] = []

    def connect_with(**settings: Any) -> Connected:
        made.append(connect(shop, fakes, **settings))
        return made[-1]

    yield connect_with
    for each in made:
        await each.http.aclose()


@pytest.fixture
def connected(connecting: Any) -> Connected:
    return connecting()


@pytest.fixture
def planned() -> Any:
    def make(kind: str, order: str = "1042", key: str = "", **payload: Any) -> PlannedEffect:
        return PlannedEffect(key=key or f"{kind}-{order}-abc", kind=kind, order=order, payload={"reason": "wish", **payload})

    return make
