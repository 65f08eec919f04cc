"""Our effects on the store: whole or nothing, once a key, money to the cent."""

from __future__ import annotations

from typing import Any

import pytest

from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.policy import plan
from eval.tau.database import Database
from eval.tau.effects import TauEffects
from eval.tau.writes import Call, remedy

PENDING, DELIVERED = "#W1000001", "#W1000002"


def planned(name: str, turn: str = "t", **args: Any) -> PlannedEffect:
    wanted = remedy(Call(name, args))
    assert wanted
    return plan.effect(turn, wanted)


def place(**changed: str) -> dict[str, str]:
    return {"address1": "9 Oak", "address2": "", "city": "Reno", "state": "NV", "country": "USA", "zip": "89501"} | changed


async def done(store: Database, effect: PlannedEffect, user: str = "ann") -> EffectResult:
    return await TauEffects(store, user).carry_out(effect)


def balance(store: Database) -> float:
    return store.users["ann"]["payment_methods"]["gift_card_1"]["balance"]


async def test_a_cancelled_order_is_paid_back_to_where_it_came_from(store: Database) -> None:
    result = await done(store, planned("cancel_pending_order", order_id=PENDING, reason="no longer needed"))
    order = store.orders[PENDING]
    assert (result.state, result.data["state"], order["status"], order["cancel_reason"]) == (
        EffectState.CONFIRMED,
        "cancelled",
        "cancelled",
        "no longer needed",
    )
    assert order["payment_history"][1] == {"transaction_type": "refund", "amount": 60.1, "payment_method_id": "gift_card_1"}
    assert balance(store) == 78.09


async def test_one_key_is_done_once_and_can_be_looked_up(store: Database) -> None:
    effects = TauEffects(store)
    effect = planned("cancel_pending_order", order_id=PENDING, reason="ordered by mistake")
    assert await effects.look_up(effect) is None
    first = await effects.carry_out(effect)
    assert await effects.carry_out(effect) is first and await effects.look_up(effect) is first
    assert balance(store) == 78.09 and len(store.orders[PENDING]["payment_history"]) == 2


async def test_another_key_finds_the_order_closed(store: Database) -> None:
    effects = TauEffects(store)
    await effects.carry_out(planned("modify_pending_order_address", order_id=PENDING, **place()))
    await effects.carry_out(planned("cancel_pending_order", order_id=PENDING, reason="ordered by mistake"))
    again = await effects.carry_out(planned("modify_pending_order_address", "other", order_id=PENDING, **place()))
    assert (again.state, again.error) == (EffectState.FAILED, "the order is cancelled")


async def test_addresses_keep_both_lines_and_the_stores_word_for_the_country(store: Database) -> None:
    await done(store, planned("modify_pending_order_address", order_id=PENDING, **place(address2="Flat 3")))
    await done(store, planned("modify_user_address", user_id="ann", **place()))
    assert store.orders[PENDING]["address"] == place(address2="Flat 3")
    assert store.users["ann"]["address"] == place()
    result = await done(store, planned("modify_user_address", user_id="eve", **place()), "eve")
    assert (result.state, result.error) == (EffectState.FAILED, "there is no such customer")


async def test_another_way_to_pay_takes_all_and_gives_all_back(store: Database) -> None:
    await done(store, planned("modify_pending_order_payment", order_id=PENDING, payment_method_id="paypal_1"))
    kinds = [(entry["transaction_type"], entry["payment_method_id"], entry["amount"]) for entry in store.orders[PENDING]["payment_history"]]
    assert kinds[1:] == [("payment", "paypal_1", 60.1), ("refund", "gift_card_1", 60.1)] and balance(store) == 78.09
    again = await done(store, planned("modify_pending_order_payment", "t2", order_id=PENDING, payment_method_id="gift_card_1"))
    assert again.error == "the way to pay was changed before"


async def test_cancelled_after_another_way_to_pay_no_more_goes_back_than_is_held(store: Database) -> None:
    """Here the benchmark's tools pay back every entry, refunds too; ours never gives more than was paid."""
    effects = TauEffects(store)
    await effects.carry_out(planned("modify_pending_order_payment", order_id=PENDING, payment_method_id="paypal_1"))
    await effects.carry_out(planned("cancel_pending_order", order_id=PENDING, reason="no longer needed"))
    moved = [(entry["transaction_type"], entry["payment_method_id"]) for entry in store.orders[PENDING]["payment_history"]]
    assert moved[3:] == [("refund", "paypal_1")] and balance(store) == 78.09


async def test_other_items_settle_the_difference_at_once(store: Database) -> None:
    args: dict[str, Any] = {"item_ids": ["11", "21"], "new_item_ids": ["12", "22"], "payment_method_id": "gift_card_1"}
    result = await done(store, planned("modify_pending_order_items", order_id=PENDING, **args))
    order = store.orders[PENDING]
    assert result.data == {"state": "pending (item modified)", "difference": 13.24}
    assert [(each["item_id"], each["price"], each["options"]) for each in order["items"]] == [
        ("12", 58.09, {"capacity": "2L"}),
        ("22", 15.25, {"color": "blue"}),
    ]
    assert order["payment_history"][-1]["transaction_type"] == "payment" and balance(store) == 4.75


async def test_a_cheaper_item_gives_money_back(store: Database) -> None:
    args: dict[str, Any] = {"item_ids": ["21"], "new_item_ids": ["22"], "payment_method_id": "paypal_1"}
    await done(store, planned("modify_pending_order_items", order_id=PENDING, **args))
    last = store.orders[PENDING]["payment_history"][-1]
    assert last == {"transaction_type": "refund", "amount": 4.75, "payment_method_id": "paypal_1"} and balance(store) == 17.99


async def test_a_return_and_an_exchange_note_what_comes_back(store: Database) -> None:
    other = store.fork()
    await done(store, planned("return_delivered_order_items", order_id=DELIVERED, item_ids=["22", "11"], payment_method_id="paypal_1"))
    order = store.orders[DELIVERED]
    assert (order["status"], order["return_items"], order["return_payment_method_id"]) == ("return requested", ["11", "22"], "paypal_1")
    args: dict[str, Any] = {"item_ids": ["11", "11"], "new_item_ids": ["12", "11"], "payment_method_id": "gift_card_1"}
    await done(other, planned("exchange_delivered_order_items", order_id=DELIVERED, **args))
    order = other.orders[DELIVERED]
    assert (order["status"], order["exchange_items"], order["exchange_new_items"]) == ("exchange requested", ["11", "11"], ["11", "12"])
    assert (order["exchange_payment_method_id"], order["exchange_price_difference"]) == ("gift_card_1", 17.99)
    assert balance(other) == 17.99  # settled when the goods are back


SWAP = {"item_ids": ["11"], "new_item_ids": ["12"], "payment_method_id": "gift_card_1"}


@pytest.mark.parametrize(
    ("name", "args", "error"),
    [
        ("cancel_pending_order", {"order_id": "#W9", "reason": "x"}, "there is no such order"),
        ("cancel_pending_order", {"order_id": DELIVERED, "reason": "x"}, "the order is delivered"),
        ("modify_pending_order_payment", {"order_id": PENDING, "payment_method_id": "paypal_9"}, "the customer has no such way to pay"),
        ("modify_pending_order_items", {"order_id": PENDING, **SWAP, "item_ids": ["22"]}, "there is no more 22 on the order"),
        ("modify_pending_order_items", {"order_id": PENDING, **SWAP, "new_item_ids": ["13"]}, "13 cannot be had"),
        ("modify_pending_order_items", {"order_id": PENDING, **SWAP, "new_item_ids": ["22"]}, "22 cannot be had"),
        (
            "modify_pending_order_items",
            {"order_id": PENDING, **SWAP, "new_item_ids": ["12", "12"]},
            "every piece needs one that comes instead",
        ),
        ("exchange_delivered_order_items", {"order_id": PENDING, **SWAP}, "the order is pending"),
        (
            "return_delivered_order_items",
            {"order_id": DELIVERED, "item_ids": ["11"] * 3, "payment_method_id": "paypal_1"},
            "there is no more 11 on the order",
        ),
    ],
)
async def test_what_cannot_be_done_changes_nothing(store: Database, name: str, args: dict[str, Any], error: str) -> None:
    before = store.fork()
    result = await done(store, planned(name, **args))
    assert (result.state, result.error, result.data) == (EffectState.FAILED, error, {})
    assert store == before


async def test_a_gift_card_never_falls_below_nothing(store: Database) -> None:
    store.users["ann"]["payment_methods"]["gift_card_1"]["balance"] = 17.98
    before = store.fork()
    result = await done(store, planned("modify_pending_order_items", order_id=PENDING, **SWAP))
    assert result.error == "the gift card does not hold enough" and store == before


async def test_an_effect_of_another_kind_is_refused(store: Database) -> None:
    result = await done(store, PlannedEffect(key="k", kind="refund", order="1000001", payload={}))
    assert (result.state, result.error) == (EffectState.FAILED, "the store has no refund")
