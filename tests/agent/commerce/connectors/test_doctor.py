"""What the doctor says of the sources: how fast, how old, what is wrong and how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.mirror import Mirror
from agent.domain.commerce import InventoryLevel
from agent.settings import Settings
from api.commands.sources import look

SHOPS = """
[[shop]]
name = "toy"
kind = "demo"
[tracking]
kind = "aftership"
address = "http://127.0.0.1:9"
[tracking.secrets]
token = "AFTERSHIP_KEY"
[[stock]]
name = "wms"
kind = "mapped"
mapping = "wms.toml"
[[stock]]
name = "erp"
kind = "mapped"
mapping = "erp.toml"
address = "{erp}"
"""
MAPPING = '[stock]\nfile = "stock.csv"\nfields = { sku = "sku", warehouse = "site", on_hand = "pieces" }\n'
REST = '[stock]\npath = "stock"\nfields = { sku = "[].sku", warehouse = "[].site", on_hand = "[].pieces" }\n'


@pytest.fixture
def settings(tmp_path: Path, shop_database: str, erp: Any, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("AFTERSHIP_KEY", "a secret")
    (tmp_path / "shops.toml").write_text(SHOPS.replace("{erp}", erp.url), encoding="utf-8")
    (tmp_path / "wms.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "erp.toml").write_text(REST, encoding="utf-8")
    (tmp_path / "stock.csv").write_text("sku,site,piece\nA,RTM,1\n", encoding="utf-8")
    return Settings(shops=tmp_path / "shops.toml", database_url=shop_database, data=tmp_path)


async def test_each_source_is_looked_at(settings: Settings, tables: AsyncEngine, erp: Any, tmp_path: Path) -> None:
    then = datetime.now(UTC) - timedelta(hours=3)
    level = InventoryLevel(sku="A", warehouse="RTM", on_hand=1, committed=0, incoming=0, read_at=then)
    await Mirror(tables, "erp").keep("stock", tuple[InventoryLevel, ...], {"A": (level,)}, then)
    erp.answers["/stock"] = [{"sku": "A", "site": "RTM", "pieces": 1}]
    found = dict(await look(settings))
    assert found["toy"][0] and "demo answers in" in found["toy"][1]
    assert not found["aftership"][0] and "does not answer" in found["aftership"][1]
    assert not found["wms"][0] and 'there is no column "pieces"' in found["wms"][1] and "It has: sku, site, piece" in found["wms"][1]
    assert found["erp"][0] and "1 stock known, 3 h to 3 h old" in found["erp"][1]
    assert not any("a secret" in said for _, said in found.values())
    (tmp_path / "stock.csv").write_text("sku,site,pieces\n" + "".join(f"A{n},RTM,1\n" for n in range(20)) + "B,RTM,?\n", encoding="utf-8")
    erp.always = "500"
    found = dict(await look(settings))
    assert not found["wms"][0] and 'row 22, on_hand ("pieces"): "?" is no number' in found["wms"][1]
    assert not found["erp"][0] and "mapped: erp does not answer (HTTP 500)." in found["erp"][1] and "3 h old" in found["erp"][1]
