"""One merchant with a Shopify shop, a WooCommerce shop, carriers and an ERP, all over HTTP: from the shops file to what a turn reads."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.connectors.change import BadSignature
from agent.commerce.connectors.client import SourceDown
from agent.commerce.connectors.registry import Builder, Commerce
from agent.commerce.connectors.shops_file import DEMO, load
from agent.commerce.connectors.toml_file import BadFile
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_shop import DemoShop
from agent.commerce.told import hear
from agent.domain.commerce import OrderState
from agent.domain.effect import EffectState, PlannedEffect
from agent.errors import UnsafeSettings

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHOPS = """
[[shop]]
name = "harbour"
kind = "shopify"
address = "{shopify}"
numbers = ["1"]
origins = ["https://harbour.example"]
[shop.secrets]
token = "SHOPIFY"
webhook = "HUSH"

[[shop]]
name = "outlet"
kind = "woocommerce"
address = "{woo}"
numbers = ["2"]
currency = "EUR"
origins = ["https://outlet.example", "https://harbour.example"]
[shop.secrets]
key = "WOO_KEY"
secret = "WOO_SECRET"
webhook = "HUSH"

[tracking]
kind = "aftership"
address = "{ship}/tracking/2026-07"
[tracking.secrets]
token = "AFTERSHIP"

[[stock]]
name = "erp"
kind = "mapped"
mapping = "erp.toml"
address = "{erp}"
[stock.secrets]
token = "ERP"
"""
MAPPING = """
header = "x-api-key"
[stock]
path = "stock"
fields = { sku = "[].sku", warehouse = "[].site", on_hand = "[].pieces" }
[lines]
path = "orders/{key}/lots"
fields = { order = "order", sku = "picks[].sku", batch = "picks[].lot" }
"""
GIVEN = {"SHOPIFY": "shpat_test", "HUSH": "hush", "WOO_KEY": "ck_test", "WOO_SECRET": "cs_test", "AFTERSHIP": "asat_test", "ERP": "erp key"}


@pytest.fixture
def fakes(load_fake: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parents[3] / "fakes")])  # the fake Shopify is in three files
    return {name: load_fake(name) for name in ("shopify", "woocommerce", "aftership")}


class Merchant:
    """Its systems, each of which can fail, and a clock moved by hand."""

    def __init__(self, fakes: dict[str, ModuleType], erp: Any) -> None:
        self.shopify, self.woo, self.erp = fakes["shopify"].FakeShopify(), fakes["woocommerce"].Woo(), erp
        self.ship = fakes["aftership"].made(fakes["woocommerce"].Fake)
        self.shopify.orders.append(fakes["shopify"].order(1042, "anna@example.com"))
        self.woo.orders[2042] = fakes["woocommerce"].order(2042, status="completed", meta_data=[fakes["woocommerce"].tracking("JD014600")])
        self.woo.orders[2043] = fakes["woocommerce"].order(2043)
        self.ship.trackings.append(fakes["aftership"].tracking())
        erp.answers |= {
            "/stock": [{"sku": "MUG-1", "site": "RTM", "pieces": 3}],
            "/orders/2042/lots": {"order": "2042", "picks": [{"sku": "MUG-1", "lot": "L7"}]},
        }
        self.at = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
async def merchant(fakes: dict[str, ModuleType], erp: Any) -> Merchant:
    return Merchant(fakes, erp)


@pytest.fixture
async def commerce(merchant: Merchant, fakes: dict[str, ModuleType], tables: AsyncEngine, tmp_path: Path) -> AsyncIterator[Commerce]:
    with contextlib.ExitStack() as stack:
        api = stack.enter_context(merchant.shopify.served())
        woo, ship = (stack.enter_context(fakes["woocommerce"].serving(each)) for each in (merchant.woo, merchant.ship))
        places = {"shopify": api.removesuffix("/admin/api/2026-10"), "woo": woo.url, "ship": ship.url, "erp": merchant.erp.url}
        (tmp_path / "shops.toml").write_text(SHOPS.format(**places), encoding="utf-8")
        (tmp_path / "erp.toml").write_text(MAPPING, encoding="utf-8")
        async with httpx.AsyncClient() as client:
            shops = load(tmp_path / "shops.toml", demo=False, given=GIVEN)
            yield Builder(tables, client, GIVEN, tmp_path, merchant.now).build(shops)


async def test_orders_of_both_shops_with_the_carriers_scans(commerce: Commerce, merchant: Merchant) -> None:
    first = await commerce.orders.find("1042", "anna@example.com")
    assert first and (first.number, first.source) == ("1042", "harbour")
    second = await commerce.orders.find("#2042", "ada@example.com")
    assert second and second.source == "outlet" and second.shipment
    assert second.shipment.source == "aftership" and [scan.place for scan in second.shipment.checkpoints] == ["Leipzig", "Leipzig"]
    assert await commerce.orders.find("2042", "anna@example.com") is None and await commerce.orders.find("3042", "anna@example.com") is None
    assert merchant.erp.seen == [] and commerce.origins == ("https://harbour.example", "https://outlet.example")


async def test_stock_and_batches_of_the_erp(commerce: Commerce, merchant: Merchant) -> None:
    (level,) = await commerce.stock.levels(["MUG-1"])
    assert (level.warehouse, level.free, level.source) == ("RTM", 3, "erp")
    (line,) = await commerce.stock.traced("2042")
    assert (line.batch, line.title, line.quantity) == ("L7", "MUG-1 thing", 1)
    assert merchant.erp.seen[0].headers["x-api-key"] == "erp key"


async def test_everything_down_is_told_with_its_age(commerce: Commerce, merchant: Merchant) -> None:
    for number in ("1042", "2042"):
        assert await commerce.orders.by_number(number)
    await commerce.stock.levels(["MUG-1"])
    merchant.shopify.fail("", "500", times=99)
    merchant.woo.fail(*["500"] * 99)
    merchant.ship.fail(*["500"] * 99)
    merchant.erp.always = "500"
    merchant.at += timedelta(hours=2)
    for number in ("1042", "2042"):
        known = await commerce.orders.by_number(number)
        assert known and known.stale and known.read_at == NOW
    assert known.shipment and known.shipment.checkpoints  # the last scans stand
    (level,) = await commerce.stock.levels(["MUG-1"])
    assert level.stale and level.read_at == NOW
    with pytest.raises(SourceDown):
        await commerce.orders.by_number("1043")


async def test_a_message_opens_the_door_only_when_it_is_signed(commerce: Commerce, merchant: Merchant, tables: AsyncEngine) -> None:
    assert sorted(commerce.doors) == ["harbour", "outlet"]  # AfterShip has no webhook secret
    await commerce.orders.by_number("1042")
    asked = merchant.shopify.count("")
    headers, body = merchant.shopify.webhook("orders/updated", {"id": 1, "name": "#1042", "updated_at": NOW.isoformat()}, NOW)
    change = commerce.doors["harbour"].hear(headers, body, NOW)
    assert change and await hear(tables, change, NOW)
    with pytest.raises(BadSignature):
        commerce.doors["harbour"].hear(headers, body + b" ", NOW)
    merchant.shopify.orders[0] |= {"cancelledAt": NOW.isoformat()}
    found = await commerce.orders.by_number("1042")
    assert found and found.state is OrderState.CANCELLED and merchant.shopify.count("") >= asked


async def test_an_effect_is_carried_out_at_its_shop_and_seen_at_once(commerce: Commerce, merchant: Merchant) -> None:
    await commerce.orders.by_number("2043")
    effect = PlannedEffect(key="cancel-2043-abc", kind="cancel", order="2043", payload={"reason": "cancel_order"})
    assert (await commerce.effects.carry_out(effect)).state is EffectState.CONFIRMED
    found = await commerce.orders.by_number("2043")
    assert found and found.state is OrderState.REFUNDED  # cancelled, and the money is back
    assert (await commerce.effects.look_up(effect)) is not None


async def test_the_doctor_asks_past_what_is_kept(commerce: Commerce, merchant: Merchant) -> None:
    assert [(source.name, source.kind, source.hears) for source in commerce.asked] == [
        ("harbour", "shopify", True),
        ("outlet", "woocommerce", True),
        ("aftership", "aftership", False),
        ("erp", "mapped", False),
    ]
    for source in commerce.asked:
        await source.probe()
    merchant.ship.fail(*["500"] * 9)
    with pytest.raises(SourceDown):
        await commerce.asked[2].probe()


def test_the_demo_shop_is_asked_straight(tables: AsyncEngine) -> None:
    commerce = Builder(tables, httpx.AsyncClient(), {}, Path(), lambda: NOW).build(DEMO)
    assert isinstance(commerce.orders, DemoShop) and commerce.orders is commerce.stock is commerce.catalogue
    assert isinstance(commerce.effects, DemoEffects) and commerce.doors == {} and commerce.origins == ()


async def test_a_mapping_that_cannot_be_used_stops_the_start(tables: AsyncEngine, tmp_path: Path) -> None:
    stock = '[[shop]]\nname = "toy"\nkind = "demo"\n[[stock]]\nname = "erp"\nkind = "mapped"\nmapping = "erp.toml"\n'
    (tmp_path / "shops.toml").write_text(stock, encoding="utf-8")
    async with httpx.AsyncClient() as client:
        builder = Builder(tables, client, {}, tmp_path, lambda: NOW)
        with pytest.raises(BadFile, match=r"erp\.toml cannot be read"):
            builder.build(load(tmp_path / "shops.toml", demo=True, given={}))
        (tmp_path / "erp.toml").write_text(MAPPING, encoding="utf-8")
        with pytest.raises(UnsafeSettings, match="give the source an `address`"):
            builder.build(load(tmp_path / "shops.toml", demo=True, given={}))
