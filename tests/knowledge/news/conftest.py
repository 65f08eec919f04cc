"""One good item of every kind, as a feed would send it, and a database with the knowledge tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

import knowledge.news.tables
from knowledge.news.report import Item, parse
from knowledge.tables import metadata

assert knowledge.news.tables.news.metadata is metadata

DATES = {"valid_from": "2026-06-01", "valid_to": "2026-08-31"}
KINDS: dict[str, dict[str, Any]] = {
    "delayed_lane": {
        "markets": ["EU", "UK"],
        "from_warehouse": "Rotterdam",
        "carrier": "BlueLane Express",
        "extra_days_min": 2,
        "extra_days_max": 4,
        "reason": "weather",
        "until": "2026-07-11",
        "note": "The carrier's hub at dock 17 is flooded",
    },
    "stock_out": {
        "sku": "EAR-130",
        "title": "Murmo Earbuds 3 Sage",
        "restock": "2026-07-09",
        "warehouses": ["Rotterdam", "Shenzhen"],
        "markets": ["DE", "FR"],
    },
    "batch_change": {
        "sku": "SER-510",
        "title": "Dewline Serum",
        "batch": "OD-26A",
        "from_batch": "OD-26B",
        "what": "ingredient",
        "old": "Parfum",
        "new": "Linalool",
        "allergens": ["Linalool", "Limonene"],
    },
    "customs_change": {
        "country": "BR",
        "starts": "2026-06-15",
        "threshold": {"amount": "1050.50", "currency": "USD"},
        "rate": "17.5",
        "paid_by": "recipient",
    },
    "product_revision": {
        "sku": "HPH-200",
        "title": "Hollow Headphones",
        "old": "V1",
        "new": "V2",
        "changes": [{"what": "battery", "text": "500 mAh"}, {"what": "charging", "text": "USB-C"}],
    },
}


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 6, 10, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class Feed:
    """Items of the kinds above; keywords replace or add fields."""

    kinds = tuple(KINDS)

    def raw(self, kind: str, /, **changes: Any) -> dict[str, Any]:
        return {"id": f"erp-{kind}", "kind": kind, **DATES, **KINDS[kind], **changes}

    def item(self, kind: str, /, **changes: Any) -> Item:
        return parse(self.raw(kind, **changes))


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def db(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine
