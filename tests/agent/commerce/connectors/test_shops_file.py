"""The shops file: what is wrong in it is named with its line and its cure, and a secret is never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.commerce.connectors import shops_file
from agent.commerce.connectors.shops_file import DEMO, load
from agent.commerce.connectors.toml_file import BadFile
from agent.errors import PortsideError, UnsafeSettings

SHOPS = """\
# our shops
[[shop]]
name = "loom-eu"
kind = "shopify"
address = "https://loom.myshopify.com"
brand = "Lumen & Loom"
markets = ["DE", "FR"]
numbers = ["10", "2"]
origins = ["https://WWW.lumenandloom.example"]
[shop.secrets]
token = "LOOM_TOKEN"
webhook = "LOOM_WEBHOOK"

[[shop]]
name = "outlet"
kind = "woocommerce"
address = "https://outlet.example/shop/"
currency = "EUR"
numbers = ["3"]
origins = ["https://outlet.example", "https://www.lumenandloom.example"]
[shop.secrets]
key = "OUTLET_KEY"
secret = "OUTLET_SECRET"

[tracking]
kind = "aftership"
[tracking.secrets]
token = "AFTERSHIP_KEY"

[[stock]]
name = "erp"
kind = "mapped"
mapping = "erp.toml"
address = "https://erp.example"
[stock.secrets]
token = "ERP_TOKEN"
"""
GIVEN = {name: f"secret of {name}" for name in ("LOOM_TOKEN", "LOOM_WEBHOOK", "OUTLET_KEY", "OUTLET_SECRET", "AFTERSHIP_KEY", "ERP_TOKEN")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "shops.toml").write_text(SHOPS, encoding="utf-8")
    return tmp_path / "shops.toml"


def test_a_whole_file(path: Path) -> None:
    shops = load(path, demo=False, given=GIVEN)
    assert [(shop.name, shop.kind, shop.numbers) for shop in shops.shops] == [
        ("loom-eu", "shopify", ("10", "2")),
        ("outlet", "woocommerce", ("3",)),
    ]
    assert shops.shops[0].origins == ("https://www.lumenandloom.example",) and shops.shops[1].address == "https://outlet.example/shop"
    assert shops.tracking and shops.tracking.name == "aftership" and shops.stock[0].mapping == Path("erp.toml")


def test_without_a_file_there_is_the_demo_shop_in_the_demo_alone(tmp_path: Path) -> None:
    assert load(tmp_path / "shops.toml", demo=True, given={}) == DEMO
    with pytest.raises(UnsafeSettings, match="must know the shop"):
        load(tmp_path / "shops.toml", demo=False, given={})


def told(path: Path, old: str, new: str, **given: str) -> tuple[type[PortsideError], str]:
    assert old in SHOPS
    path.write_text(SHOPS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PortsideError) as error:
        load(path, demo=False, given=GIVEN | given)
    return error.type, str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('kind = "shopify"', 'kind = "shopware"', 2, "there is no such kind"),
        ('kind = "shopify"\n', "", 2, "`kind` is missing: add it"),
        ('address = "https://loom', 'adress = "https://loom', 2, "address: it is missing"),
        ("brand =", "brnad =", 6, "no such key; is it misspelt?"),
        ('"https://loom.myshopify.com"', '"http://loom.myshopify.com"', 5, "must begin with https://"),
        ('"https://loom.myshopify.com"', '"loom.myshopify.com"', 5, "write a whole address"),
        ('"https://WWW.lumenandloom.example"', '"https://a.example; script-src *"', 9, "whole address"),
        ('"https://WWW.lumenandloom.example"', '"https://*.example"', 9, "whole address"),
        ('"https://WWW.lumenandloom.example"', '"https://a.example/x"', 9, "an origin has no path"),
        ('"DE", "FR"', '"DE", "France"', 7, "pattern"),
        ('numbers = ["10", "2"]', 'numbers = ["10", "A"]', 8, "the digits that its order numbers begin with"),
        ('numbers = ["3"]', 'numbers = ["100"]', 19, "100 overlaps with 10 of loom-eu"),
        ('numbers = ["3"]', "", 14, "each needs the digits"),
        ('name = "outlet"', 'name = "erp"', 31, "erp is taken"),
        ('currency = "EUR"', 'currency = "euro"', 18, "pattern"),
        ('mapping = "erp.toml"\n', "", 30, "mapping: it is missing"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_cure(path: Path, old: str, new: str, line: int, said: str) -> None:
    kind, message = told(path, old, new)
    assert kind is BadFile and f"shops.toml:{line}:" in message and said in message


def test_a_secret_in_the_file_is_refused_and_not_repeated(path: Path) -> None:
    kind, message = told(path, '"LOOM_TOKEN"', '"shpat_0123456789abcdef"')
    assert kind is BadFile and "shops.toml:11:" in message and "NAME of an environment variable" in message
    assert "shpat" not in message


def test_a_missing_secret_is_named(path: Path) -> None:
    kind, message = told(path, "# our shops", "# ours", OUTLET_SECRET="")
    assert kind is UnsafeSettings and "shops.toml:23:" in message and "no OUTLET_SECRET: set it" in message
    assert "secret of" not in message


def test_the_demo_shop_is_refused_outside_the_demo(tmp_path: Path) -> None:
    path = tmp_path / "shops.toml"
    path.write_text('[[shop]]\nname = "toy"\nkind = "demo"\n', encoding="utf-8")
    assert load(path, demo=True, given={}).shops[0].kind == "demo"
    with pytest.raises(UnsafeSettings, match=r"shops\.toml:3: .*fiction"):
        load(path, demo=False, given={})


def test_a_mapped_source_is_no_shop(tmp_path: Path) -> None:
    path = tmp_path / "shops.toml"
    path.write_text('[[shop]]\nname = "erp"\nkind = "mapped"\nmapping = "erp.toml"\n', encoding="utf-8")
    with pytest.raises(BadFile, match=r"shops\.toml:1: .*put it under \[\[stock\]\]"):
        load(path, demo=False, given={})


@pytest.mark.parametrize("content", [b"[[shop]\n", b"\xff\xfe", b"", b"[shop]\nname = 1\n"])
def test_what_is_no_shops_file_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shops.toml"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=r"shops\.toml"):
        load(path, demo=True, given={})


def test_secrets_may_stand_in_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LOOM_TOKEN=from the file\nEMPTY=\n", encoding="utf-8")
    assert shops_file.environment()["LOOM_TOKEN"] == "from the file"
    monkeypatch.setenv("LOOM_TOKEN", "from outside")
    assert shops_file.environment()["LOOM_TOKEN"] == "from outside"
