"""AfterShip on 127.0.0.1 and the connector to it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from agent.commerce.connectors.aftership import AfterShip
from agent.commerce.connectors.client import Bounds, Http

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FAKES = Path(__file__).parents[4] / "fakes"


def fake(name: str) -> ModuleType:
    known = f"fakes_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, FAKES / f"{name}.py")
        assert spec and spec.loader
        sys.modules[known] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


@pytest.fixture
def fakes() -> ModuleType:
    return fake("aftership")


@pytest.fixture
def ship(fakes: ModuleType) -> Iterator[Any]:
    served = fake("woocommerce")
    with served.serving(fakes.made(served.Fake)) as running:
        running.trackings.append(fakes.tracking())
        yield running


@pytest.fixture
async def connecting(ship: Any, fakes: ModuleType) -> AsyncIterator[Any]:
    made: list[Http] = []

    def connect(key: str = fakes.KEY) -> AfterShip:
        bounds = Bounds(timeout=0.25, per_second=1000, failures=99, attempts=2)
        made.append(Http("AfterShip", f"{ship.url}/tracking/2026-07", headers={"as-api-key": key}, bounds=bounds))
        return AfterShip(made[-1], now=lambda: NOW)

    yield connect
    for http in made:
        await http.aclose()
