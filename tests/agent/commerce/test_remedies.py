"""What remedies make of payloads no careful caller would send."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from agent.commerce.memory import MemoryEffects, MemoryShop
from agent.domain.effect import EffectResult, PlannedEffect

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def shop() -> MemoryEffects:
    return MemoryEffects(MemoryShop.demo(today=date(2026, 5, 20), now=lambda: NOW))


async def do(shop: MemoryEffects, kind: str, order: str, **payload: Any) -> EffectResult:
    return await shop.carry_out(PlannedEffect(key=f"{kind}:{order}", kind=kind, order=order, payload=payload))


@pytest.mark.parametrize(
    "address",
    [
        None,
        {},
        [],
        "Elm Street",
        {"street": ""},
        {"street": "a\0b"},
        {"street": 7},
        {"city": "x" * 121},
        {"email": "x@y.example"},
    ],
)
async def test_an_address_no_label_can_bear_is_refused(shop: MemoryEffects, address: object) -> None:
    assert (await do(shop, "change_address", "1054", address=address)).error == "bad_address"


@pytest.mark.parametrize(
    "lines",
    [[], "EAR-110", [{"sku": "EAR-110"}], [{"sku": "EAR-110", "quantity": 2}], [{"sku": "EAR-110", "quantity": 0}]],
)
async def test_a_return_of_more_than_was_bought_is_refused(shop: MemoryEffects, lines: object) -> None:
    assert (await do(shop, "return", "1045", lines=lines)).error == "nothing_to_return"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"percent": 11}, "over_cap"),
        ({"percent": 0}, "over_cap"),
        ({"percent": True}, "bad_worth"),
        ({"percent": "10"}, "bad_worth"),
        ({"minor": 1501, "currency": "EUR"}, "over_cap"),
        ({"minor": 1291, "currency": "GBP"}, "over_cap"),
        ({"minor": 100, "currency": "XXX"}, "over_cap"),
        ({"minor": -5, "currency": "EUR"}, "over_cap"),
        ({"minor": 1500}, "bad_worth"),
        ({"percent": 5, "minor": 500, "currency": "EUR"}, "bad_worth"),
    ],
)
async def test_no_coupon_above_the_cap(shop: MemoryEffects, payload: dict[str, Any], reason: str) -> None:
    assert (await do(shop, "coupon", "1046", **payload)).error == reason
