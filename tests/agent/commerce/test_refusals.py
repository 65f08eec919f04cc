"""What a remedy is refused for: a code each, and nothing changed; and the odd data that sources give."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.commerce.memory import MemoryEffects, MemoryShop
from agent.commerce.remedies import return_
from agent.commerce.remedies.refund import portions
from agent.commerce.routing import local_day, nearest, transit_days, with_stock
from agent.domain.commerce import InventoryLevel, Order, OrderState, Refund
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money


def piece(sku: str, quantity: int = 1) -> list[dict[str, Any]]:
    return [{"sku": sku, "quantity": quantity}]


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("refund", "1053", {}, "not_paid"),
    ("refund", "1054", {}, "not_charged"),
    ("refund", "1048", {}, "not_charged"),
    ("refund", "1055", {}, "over_paid"),
    ("refund", "1045", {"minor": 11881, "currency": "GBP"}, "over_paid"),
    ("refund", "1045", {"minor": 100, "currency": "EUR"}, "currency"),
    ("refund", "1045", {"minor": -100, "currency": "GBP"}, "amount"),
    ("refund", "1045", {"minor": 0, "currency": "GBP"}, "amount"),
    ("refund", "1045", {"minor": True, "currency": "GBP"}, "amount"),
    ("refund", "1045", {"minor": 1.5, "currency": "GBP"}, "amount"),
    ("refund", "1045", {"minor": 100}, "amount"),
    ("refund", "1045", {"lines": piece("EAR-110"), "minor": 4191, "currency": "GBP"}, "over_paid"),
    ("refund", "1045", {"lines": piece("EAR-110", 2)}, "bad_lines"),
    ("refund", "1045", {"lines": piece("SNK-650")}, "bad_lines"),
    ("refund", "1045", {"lines": "all"}, "bad_lines"),
    ("refund", "1045", {"payment": "PAY-9"}, "payment_unknown"),
    ("refund", "1056", {"lines": piece("SNK-660")}, "over_paid"),
    ("refund", "999999", {}, "order_unknown"),
    ("exchange", "1045", {"lines": piece("EAR-110"), "others": piece("EAR-130")}, "price_higher"),
    ("exchange", "1045", {"lines": piece("EAR-110"), "others": piece("NO-SUCH")}, "sku_unknown"),
    ("exchange", "1045", {"lines": piece("EAR-110"), "others": piece("EAR-120", 2)}, "bad_lines"),
    ("exchange", "1045", {"lines": piece("EAR-110")}, "bad_lines"),
    ("exchange", "1045", {"lines": piece("EAR-110"), "others": piece("EAR-120"), "warehouse": "SZX"}, "no_stock"),
    ("exchange", "1045", {"lines": piece("DUV-410"), "others": piece("CUR-460")}, "no_stock"),
    ("exchange", "1042", {"lines": piece("EAR-130"), "others": piece("EAR-110")}, "not_delivered"),
    ("exchange", "1057", {"lines": piece("HPH-210"), "others": piece("EAR-110")}, "window_closed"),
    ("exchange", "1056", {"lines": piece("SNK-660"), "others": piece("EAR-120")}, "already_settled"),
    ("reship", "1054", {}, "not_shipped"),
    ("reship", "1055", {}, "already_settled"),
    ("reship", "1051", {"lines": piece("JKT-640", 2)}, "bad_lines"),
    ("reship", "1056", {"lines": piece("SNK-660")}, "already_settled"),
    ("repair", "1052", {"lines": piece("DRS-620"), "day": "2026-05-26", "part_of_day": "morning"}, "not_bulky"),
    ("repair", "1052", {"lines": piece("SPK-310"), "day": "2026-05-24", "part_of_day": "morning"}, "bad_day"),
    ("repair", "1052", {"lines": piece("SPK-310"), "day": "2026-05-20", "part_of_day": "morning"}, "bad_day"),
    ("repair", "1052", {"lines": piece("SPK-310"), "day": "2026-08-03", "part_of_day": "morning"}, "bad_day"),
    ("repair", "1052", {"lines": piece("SPK-310"), "day": "soon", "part_of_day": "morning"}, "bad_day"),
    ("repair", "1052", {"lines": piece("SPK-310"), "day": "2026-05-26", "part_of_day": "night"}, "bad_day"),
    ("repair", "1052", {"day": "2026-05-26", "part_of_day": "morning"}, "bad_lines"),
    ("repair", "1042", {"lines": piece("EAR-130"), "day": "2026-05-26", "part_of_day": "morning"}, "not_delivered"),
    ("claim", "1042", {}, "too_early"),
    ("claim", "1042", {"tracking": "PH000000000NL"}, "parcel_unknown"),
    ("claim", "1054", {}, "not_shipped"),
    ("change_items", "1048", {"lines": piece("CUR-450"), "others": piece("TWL-430")}, "already_packed"),
    ("change_items", "1044", {"lines": piece("SER-510"), "others": piece("SER-510")}, "same_item"),
    ("change_items", "1044", {"lines": piece("SER-510"), "others": piece("EAR-130")}, "price_higher"),
    ("change_items", "1044", {"lines": piece("SER-510"), "others": piece("CRM-540")}, "no_stock"),
    ("change_payment", "1044", {"payment": "card"}, "same_payment"),
    ("change_payment", "1044", {"payment": "gift_card"}, "balance_unknown"),
    ("change_payment", "1044", {"payment": "cash"}, "payment_unknown"),
    ("change_payment", "1053", {"payment": "paypal"}, "not_paid"),
    ("change_payment", "1042", {"payment": "paypal"}, "already_packed"),
    ("change_shipping", "1044", {"service": "rocket"}, "bad_service"),
    ("change_shipping", "1044", {"service": "standard"}, "same_service"),
    ("change_shipping", "1042", {"service": "express"}, "already_packed"),
]


async def test_every_refusal_has_a_code_and_changes_nothing(stage) -> None:
    before = {number: await stage.order(number) for number in {row[1] for row in REFUSED}}
    shelves = await stage.reads.levels([line.sku for order in before.values() if order for line in order.lines])
    found = [(kind, number, payload, (await stage.do(kind, number, **payload)).error) for kind, number, payload, _ in REFUSED]
    assert found == REFUSED
    assert {number: await stage.order(number) for number in before} == before
    assert await stage.reads.levels([line.sku for order in before.values() if order for line in order.lines]) == shelves


async def test_a_parcel_that_came_may_go_back_while_another_is_under_way(stage) -> None:
    result = await stage.do("return", "1614", lines=piece("EAR-130", 2))
    assert result.state is EffectState.CONFIRMED
    order = await stage.order("1614")
    assert (order.state, order.open_return) == (OrderState.IN_TRANSIT, result.data["return"])
    assert (await stage.do("return", "1644", lines=piece("SER-510"))).error == "nothing_to_return"
    assert (await stage.do("return", "1644")).data["lines"] == piece("HPH-200")


async def test_cancelled_twice(stage) -> None:
    assert (await stage.do("cancel", "1044")).state is EffectState.CONFIRMED
    assert (await stage.do("cancel", "1044")).error == "already_cancelled"
    assert (await stage.do("refund", "1044")).error == "already_cancelled"


async def test_a_part_of_the_price_leaves_the_right_to_return(stage) -> None:
    await stage.do("refund", "1045", lines=piece("EAR-110"), minor=1000, currency="GBP")
    assert (await stage.do("exchange", "1045", lines=piece("EAR-110"), others=piece("EAR-120"))).error == "already_settled"
    assert (await stage.do("return", "1045", lines=piece("EAR-110"))).state is EffectState.CONFIRMED
    assert (await stage.do("refund", "1045", lines=piece("EAR-110"))).data["amount"]["minor"] == 3190


async def test_paid_back_in_full_and_kept_is_no_longer_theirs_to_return(stage) -> None:
    await stage.do("refund", "1045", lines=piece("EAR-110"))
    assert (await stage.do("return", "1045", lines=piece("EAR-110"))).error == "nothing_to_return"
    assert (await stage.do("return", "1045")).data["lines"] == piece("DUV-410")


class Memory:
    """A shop whose rows a test may spoil: the demo shop's own tables would not hold them, other sources do."""

    def __init__(self) -> None:
        self.shop = MemoryShop.demo(today=date(2026, 5, 20), now=lambda: datetime(2026, 5, 20, 12, tzinfo=UTC))
        self.effects = MemoryEffects(self.shop)

    async def do(self, kind: str, order: str) -> EffectResult:
        made = PlannedEffect(key=f"key {len(self.effects.done)}", kind=kind, order=order, payload={})
        return await self.effects.carry_out(made)


async def test_a_shelf_without_a_record_or_below_zero_promises_nothing() -> None:
    memory = Memory()
    for house in ("SZX", "RTM", "LAX", "SIN"):
        memory.shop.stock["JKT-640", house] = replace(memory.shop.stock["JKT-640", house], on_hand=-3, committed=0)
    assert (await memory.do("reship", "1051")).error == "no_stock"
    for house in ("SZX", "RTM", "LAX", "SIN"):
        del memory.shop.stock["JKT-640", house]
    assert (await memory.do("reship", "1051")).error == "stock_unknown"
    del memory.shop.stock["SER-510", "RTM"]
    assert (await memory.do("cancel", "1044")).state is EffectState.CONFIRMED


async def test_a_payment_in_another_currency_is_not_touched() -> None:
    memory = Memory()
    order = memory.shop.orders["1045"]
    (card,) = order.payments
    memory.shop.orders["1045"] = replace(order, payments=(replace(card, amount=Money(11880, "EUR")),))
    assert (await memory.do("refund", "1045")).error == "over_paid"


async def test_a_state_nobody_knows_is_left_alone() -> None:
    memory = Memory()
    memory.shop.orders["1045"] = replace(memory.shop.orders["1045"], state=OrderState.UNKNOWN, raw_state="on_the_moon")
    errors = [(await memory.do(kind, "1045")).error for kind in ("refund", "reship", "return", "cancel", "claim")]
    assert errors == ["state_unknown", "state_unknown", "not_delivered", "already_packed", "state_unknown"]


def delivered(order: Order, at: datetime) -> Order:
    (parcel,) = order.shipments
    return replace(order, shipments=(replace(parcel, delivered_at=at),))


async def test_a_delivery_in_the_future_has_not_happened(stage) -> None:
    order = delivered(await stage.order("1045"), stage.at + timedelta(hours=1))
    assert return_.refusal(order, stage.at) == "not_delivered"


@pytest.mark.parametrize(
    ("country", "came", "last"),
    [
        ("DE", datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 4, 1)),  # 2 March in Berlin; summer time begins on 29 March
        ("DE", datetime(2026, 10, 10, 21, 30, tzinfo=UTC), date(2026, 11, 9)),  # 10 October in Berlin; it ends on 25 October
        ("US", datetime(2026, 10, 11, 6, 30, tzinfo=UTC), date(2026, 11, 9)),  # 10 October in Los Angeles
        ("JP", datetime(2026, 10, 10, 15, 30, tzinfo=UTC), date(2026, 11, 10)),  # 11 October in Tokyo
    ],
)
async def test_windows_count_the_days_on_the_customers_wall(stage, country: str, came: datetime, last: date) -> None:
    order = delivered(await stage.order("1045"), came)
    order = replace(order, address=replace(order.address, country=country))
    hours = [came + timedelta(hours=hour) for hour in range(24 * 28, 24 * 34)]
    open_days = {local_day(at, country) for at in hours if not return_.refusal(order, at)}
    closed = {local_day(at, country) for at in hours if return_.refusal(order, at)}
    assert max(open_days) == last and not open_days & closed


def test_warehouses_from_near_to_far() -> None:
    for country, home in (("FR", "RTM"), ("CA", "LAX"), ("JP", "SIN"), ("CN", "SZX"), ("BR", "SZX")):
        assert nearest(country)[0] == home and sorted(nearest(country)) == ["LAX", "RTM", "SIN", "SZX"]
        assert min(nearest(country), key=lambda house: transit_days(house, country)[1]) == home
    levels = [
        InventoryLevel(sku="A", warehouse="RTM", on_hand=3, committed=2, incoming=0, read_at=datetime.now(UTC)),
        InventoryLevel(sku="A", warehouse="SZX", on_hand=9, committed=2, incoming=0, read_at=datetime.now(UTC)),
    ]
    assert with_stock(levels, [("A", 1)], nearest("FR")) == "RTM"
    assert with_stock(levels, [("A", 1), ("A", 1)], nearest("FR")) == "SZX"
    assert with_stock(levels, [("B", 1)], nearest("FR")) is None


async def test_an_earlier_refund_that_names_no_payment_still_counts(stage) -> None:
    order = await stage.order("1045")
    loose = replace(order, refunds=(Refund(amount=Money(11_000, "GBP"), at=stage.at, succeeded=False),))
    assert portions(loose, 880, None) == [("PAY-1045", "card", 880)] and portions(loose, 881, None) == "over_paid"
