"""Remedies in a WooCommerce shop: once, found again, and never said to be done when nobody knows."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any

import pytest

from agent.domain.effect import EffectState

CONFIRMED, FAILED, UNKNOWN = EffectState.CONFIRMED, EffectState.FAILED, EffectState.UNKNOWN
EUR = {"currency": "EUR"}


def changes(shop: Any) -> list[str]:
    return [f"{method} {path.removeprefix('/wp-json/wc/v3/')}" for method, path, _, _ in shop.seen if method != "GET"]


async def test_a_refund_goes_back_through_the_gateway_and_is_found_again(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("refund", minor=1250, **EUR)
    assert await connected.effects.look_up(effect) is None
    done = await connected.effects.carry_out(effect)
    assert (done.state, done.data["amount"], shop.paid_out) == (CONFIRMED, {"minor": 1250, "currency": "EUR"}, ["12.50"])
    assert (await connected.effects.look_up(effect)) == done
    assert await connected.effects.carry_out(effect) == done
    assert shop.paid_out == ["12.50"]
    sent = shop.refunds[1042][0]
    assert "refund" not in sent["reason"] and "wish" not in sent["reason"]  # the customer reads it


async def test_twenty_refunds_at_once_with_one_key_pay_once(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("refund", minor=1250, **EUR)
    results = await asyncio.gather(*(connected.effects.carry_out(effect) for _ in range(20)))
    assert {result.state for result in results} == {CONFIRMED}
    assert shop.paid_out == ["12.50"]


async def test_many_refunds_never_exceed_what_was_paid(shop: Any, connected: Any, planned: Any) -> None:
    effects = [planned("refund", key=f"k{index}", minor=3000, **EUR) for index in range(5)]
    results = await asyncio.gather(*(connected.effects.carry_out(effect) for effect in effects))
    assert sorted((result.state.value, result.error) for result in results) == [("confirmed", "")] * 2 + [("failed", "over_paid")] * 3
    assert sum(map(float, shop.paid_out)) <= 89.70


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"minor": 9000, **EUR}, "over_paid"),
        ({"minor": 100, "currency": "USD"}, "other_currency"),
        ({"minor": 0, **EUR}, "bad_amount"),
        ({"minor": -5, **EUR}, "bad_amount"),
        ({"minor": True, **EUR}, "bad_amount"),
        ({"minor": 100, **EUR, "payment": "someone-elses"}, "unknown_payment"),
        ({"minor": 100, **EUR, "lines": [{"sku": "MUG-1", "quantity": 3}]}, "bad_lines"),
        ({"minor": 100, **EUR, "lines": [{"sku": "ELSE", "quantity": 1}]}, "bad_lines"),
    ],
)
async def test_refunds_that_are_refused_before_anything_is_sent(
    shop: Any, connected: Any, planned: Any, payload: dict[str, Any], error: str
) -> None:
    result = await connected.effects.carry_out(planned("refund", **payload))
    assert (result.state, result.error, changes(shop)) == (FAILED, error, [])


async def test_the_shop_learns_which_pieces_were_paid_back(shop: Any, connected: Any, planned: Any) -> None:
    lines = [{"sku": "MUG-1", "quantity": 1}]
    await connected.effects.carry_out(planned("refund", minor=3000, **EUR, lines=lines, payment="ch_1"))
    sent = next(body for method, _, _, body in shop.seen if method == "POST")
    assert sent["line_items"] == [{"id": 11, "quantity": 1, "refund_total": "25.21", "refund_tax": [{"id": 3, "refund_total": "4.79"}]}]
    assert [line.returned for line in (await connected.orders.by_number("1042")).lines] == [1, 0]


async def test_a_gateway_that_cannot_pay_back_is_not_asked(shop: Any, connected: Any, planned: Any) -> None:
    shop.orders[1042]["payment_method"] = "cod"
    for kind in ("refund", "cancel"):
        result = await connected.effects.carry_out(planned(kind, minor=100, **EUR))
        assert (result.state, result.error) == (FAILED, "not_supported")
    assert changes(shop) == []


@pytest.mark.parametrize("fault", ["drop after", "garbage", "half", "slow"])
async def test_a_refund_without_an_answer_is_unknown_until_it_is_found(shop: Any, connected: Any, planned: Any, fault: str) -> None:
    effect = planned("refund", minor=1250, **EUR)
    shop.fail(fault, method="POST")
    result = await connected.effects.carry_out(effect)
    assert (result.state, shop.paid_out) == (UNKNOWN, ["12.50"])
    assert (await connected.effects.look_up(effect)).state is CONFIRMED
    assert (await connected.effects.carry_out(effect)).state is CONFIRMED
    assert shop.paid_out == ["12.50"]


@pytest.mark.parametrize("fault", ["500", "drop"])
async def test_a_refund_that_never_happened_is_not_sent_again_while_it_may_still_come(
    shop: Any, connected: Any, planned: Any, fault: str
) -> None:
    effect = planned("refund", minor=1250, **EUR)
    shop.fail(fault, method="POST")
    assert (await connected.effects.carry_out(effect)).state is UNKNOWN
    assert (await connected.effects.carry_out(effect)).state is UNKNOWN
    assert (await connected.effects.look_up(effect)).state is UNKNOWN
    assert len(changes(shop)) == 1
    connected.clock.later(3)
    assert await connected.effects.look_up(effect) is None


async def test_a_refund_is_found_though_the_shop_died_before_it_wrote_our_mark(shop: Any, connected: Any, planned: Any) -> None:
    shop.unmarked = True
    effect = planned("refund", minor=1250, **EUR)
    shop.fail("drop after", method="POST")
    await connected.effects.carry_out(effect)
    assert (await connected.effects.look_up(effect)).state is CONFIRMED


async def test_a_refund_that_the_gateway_did_not_pay_is_not_called_done(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("refund", minor=1250, **EUR)
    await connected.effects.carry_out(effect)
    shop.refunds[1042][0]["refunded_payment"] = False
    found = await connected.effects.look_up(effect)
    assert (found.state, found.error) == (UNKNOWN, "not_paid_out")


@pytest.mark.parametrize("fault", ["429"])
async def test_a_shop_that_is_too_busy_has_done_nothing(shop: Any, connected: Any, planned: Any, fault: str) -> None:
    shop.fail(fault, method="POST")
    result = await connected.effects.carry_out(planned("refund", minor=1250, **EUR))
    assert (result.state, result.error) == (FAILED, "source_down")


async def test_look_up_says_unknown_when_the_shop_does_not_answer(shop: Any, connected: Any, planned: Any) -> None:
    shop.always = "503"
    assert (await connected.effects.look_up(planned("refund", minor=1, **EUR))).state is UNKNOWN
    assert (await connected.effects.carry_out(planned("refund", minor=1, **EUR))).error == "source_down"


async def test_cancel_stops_the_order_and_pays_back(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("cancel")
    done = await connected.effects.carry_out(effect)
    assert (done.state, done.data["amount"]["minor"], shop.paid_out) == (CONFIRMED, 8970, ["89.70"])
    assert changes(shop) == ["PUT orders/1042", "POST orders/1042/refunds"]
    assert await connected.effects.look_up(effect) == done
    assert await connected.effects.carry_out(effect) == done
    again = await connected.effects.carry_out(planned("cancel", key="another"))
    assert again.state is FAILED and len(changes(shop)) == 2


async def test_an_order_that_was_not_paid_is_cancelled_without_a_refund(shop: Any, connected: Any, planned: Any) -> None:
    shop.orders[1042] |= {"status": "pending", "date_paid_gmt": None}
    done = await connected.effects.carry_out(planned("cancel"))
    assert (done.state, changes(shop)) == (CONFIRMED, ["PUT orders/1042"])
    assert (await connected.effects.carry_out(planned("cancel", key="two"))).error == "already_cancelled"


async def test_a_cancelled_order_whose_money_did_not_go_back_is_a_persons_case(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("cancel")
    shop.fail("400", method="POST")
    result = await connected.effects.carry_out(effect)
    assert (result.state, result.error, result.data["cancelled"]) == (FAILED, "refund_failed", True)
    assert (await connected.effects.look_up(effect)).error == "refund_failed"
    assert (await connected.effects.carry_out(effect)).error == "refund_failed"
    assert shop.paid_out == []


async def test_what_was_sent_already_is_neither_cancelled_nor_readdressed(
    shop: Any, connected: Any, planned: Any, fakes: ModuleType
) -> None:
    shop.orders[1042]["meta_data"] = [fakes.tracking("JD1")]
    for kind in ("cancel", "change_address"):
        assert (await connected.effects.carry_out(planned(kind, address={"street": "x"}))).error == "already_packed"
    assert changes(shop) == []


async def test_another_address_keeps_what_was_not_said(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("change_address", address={"street": "Am Ufer 2", "name": "Ada van der Moss"})
    done = await connected.effects.carry_out(effect)
    assert done.state is CONFIRMED and await connected.effects.look_up(effect) == done
    shipping = shop.orders[1042]["shipping"]
    assert (shipping["address_1"], shipping["city"], shipping["first_name"], shipping["last_name"]) == (
        "Am Ufer 2",
        "Berlin",
        "Ada van der",
        "Moss",
    )
    assert (await connected.effects.carry_out(planned("change_address", key="b", address={"country": "FR"}))).error == "other_country"


async def test_a_coupon_is_made_once_for_one_person(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("coupon", percent=10)
    shop.fail("drop after", method="POST")
    assert (await connected.effects.carry_out(effect)).state is UNKNOWN
    found = await connected.effects.look_up(effect)
    assert found.state is CONFIRMED and found.data["code"].startswith("SORRY-")
    assert await connected.effects.carry_out(effect) == found
    (made,) = shop.coupons
    assert (made["usage_limit"], made["email_restrictions"], made["amount"]) == (1, ["Ada@Example.com"], "10")
    other = await connected.effects.carry_out(planned("wait", key="w", minor=500, **EUR))
    assert other.data["code"] != found.data["code"] and shop.coupons[1]["amount"] == "5.00"


@pytest.mark.parametrize("payload", [{"percent": 101}, {"percent": True}, {"percent": 5, "minor": 5}, {"minor": -1, **EUR}, {}])
async def test_coupons_of_no_sensible_worth(connected: Any, planned: Any, payload: dict[str, Any]) -> None:
    assert (await connected.effects.carry_out(planned("coupon", **payload))).error == "bad_worth"


async def test_the_tracking_link_is_mailed_as_a_note_to_the_customer(shop: Any, connected: Any, planned: Any, fakes: ModuleType) -> None:
    assert (await connected.effects.carry_out(planned("resend_tracking"))).error == "not_shipped"
    shop.orders[1042]["meta_data"] = [fakes.tracking("JD1", custom_tracking_link="https://carrier.example/JD1")]
    effect = planned("resend_tracking")
    done = await connected.effects.carry_out(effect)
    assert done.data == {"order": "1042", "tracking": "JD1", "url": "https://carrier.example/JD1", "carrier": "dhl"}
    assert await connected.effects.carry_out(effect) == done
    (note,) = shop.notes[1042]
    assert note["customer_note"] is True and "JD1" in note["note"]


async def test_a_note_for_staff(shop: Any, connected: Any, planned: Any) -> None:
    effect = planned("note", text="Call before delivery")
    assert (await connected.effects.carry_out(effect)).state is CONFIRMED
    assert (await connected.effects.carry_out(effect)).state is CONFIRMED
    assert [note["customer_note"] for note in shop.notes[1042]] == [False]


@pytest.mark.parametrize("kind", ["return", "exchange", "reship", "repair", "claim", "change_items", "change_payment", "change_shipping"])
async def test_what_the_shop_cannot_do_is_said(shop: Any, connected: Any, planned: Any, kind: str) -> None:
    result = await connected.effects.carry_out(planned(kind))
    assert (result.state, result.error, shop.seen) == (FAILED, "not_supported", [])
    assert await connected.effects.look_up(planned(kind)) is None


@pytest.mark.parametrize("kind", ["refund", "cancel", "coupon", "change_address", "resend_tracking", "note"])
async def test_an_unknown_order(connected: Any, planned: Any, kind: str) -> None:
    effect = planned(kind, order="9999", percent=10, minor=None)
    assert (await connected.effects.carry_out(effect)).error == "order_unknown"
    assert await connected.effects.look_up(effect) is None
