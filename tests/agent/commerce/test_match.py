"""Products are found in what customers write, and nothing is found in what they do not."""

from datetime import date

import pytest

from agent.commerce import match
from agent.commerce.demo.generate import generate

PRODUCTS = generate(7, date(2026, 11, 21)).products


def skus(text: str, limit: int = 3) -> list[str]:
    return [product.sku for product in match.best(PRODUCTS, text, limit)]


@pytest.mark.parametrize(
    "text",
    [
        "my earbuds are dead",
        "Meine Ohrhörer laden nicht",
        "mes écouteurs ne marchent plus",
        "los auriculares no cargan",
        "gli auricolari sono rotti",
        "os fones de ouvido não ligam",
        "耳机左边没声音",
        "イヤホンが片方聞こえません",
        "наушники не заряжаются",
        "سماعاتي لا تعمل",
        "والسماعات لا تشحن",
    ],
)
def test_earbuds_in_ten_languages(text: str) -> None:
    assert set(skus(text)) == {"EAR-110", "EAR-120", "EAR-130"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("头戴式耳机", "HPH"),
        ("накладные наушники", "HPH"),
        ("Kopfhörer", "HPH"),
        ("heb je deze speaker nog", "SPK"),
        ("ist die Bettwäsche bügelfrei", "DUV"),
        ("toallas de baño", "TWL"),
        ("les rideaux sont trop courts", "CUR"),
        ("毛毯能机洗吗", "BLK"),
        ("il siero brucia", "SER"),
        ("шампунем", "SHA"),
        ("el champú huele mal", "SHA"),
        ("la crème a coulé", "CRM"),
        ("Lippenstiften", "LIP"),
        ("我的连衣裙太大", "DRS"),
        ("الجاكيت صغير", "JKT"),
        ("スニーカーのサイズ", "SNK"),
        ("calças de ganga", "JNS"),
    ],
)
def test_other_kinds(text: str, kind: str) -> None:
    found = skus(text)
    assert found and {sku[:3] for sku in found} == {kind}


def test_a_sku_beats_a_name_beats_a_kind() -> None:
    assert skus("EAR-130 or the Murmo earbuds")[:2] == ["EAR-130", "EAR-110"]
    assert skus("sku ear-120, please")[0] == "EAR-120"
    assert skus("我的Murmo坏了") == ["EAR-110"]
    assert skus("the linen dress in olive")[0] == "DRS-610"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "where is my parcel",
        "my address is wrong",
        "Robert hat bestellt",
        "la cremallera está rota",
        "アドレスを変更したい",
        "クリップがない",
        "the midnight one in linen",
        "XEAR-110",
        "\ud800\0",
    ],
)
def test_nothing_is_named(text: str) -> None:
    assert skus(text) == []


def test_a_very_long_text_is_cheap() -> None:
    assert skus("towel? " * 100_000 + "EAR-110")[0] == "EAR-110"
    assert skus("murmo", limit=-1) == []
