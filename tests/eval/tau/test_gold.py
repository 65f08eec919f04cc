"""The reference of the benchmark's tools: what they refuse, and that a refused call changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from eval.tau import gold
from eval.tau.database import Database
from eval.tau.writes import Call

P, D = {"order_id": "#W1000001"}, {"order_id": "#W1000002"}
SWAP = {"item_ids": ["11"], "new_item_ids": ["12"], "payment_method_id": "paypal_1"}
ITEMS, EXCHANGE, RETURN = "modify_pending_order_items", "exchange_delivered_order_items", "return_delivered_order_items"


@pytest.mark.parametrize(
    ("name", "args", "complaint"),
    [
        ("cancel_pending_order", {"order_id": "#W9", "reason": "x"}, "no such order"),
        ("cancel_pending_order", D | {"reason": "no longer needed"}, "not pending"),
        ("cancel_pending_order", P | {"reason": "too expensive"}, "no such reason"),
        ("modify_user_address", {"user_id": "eve"}, "no such customer"),
        ("modify_pending_order_payment", P | {"payment_method_id": "paypal_9"}, "no such way to pay"),
        ("modify_pending_order_payment", P | {"payment_method_id": "gift_card_1"}, "the same way to pay"),
        (ITEMS, P | SWAP | {"item_ids": ["22"]}, "an item that is not on the order"),
        (ITEMS, P | SWAP | {"new_item_ids": ["12", "12"]}, "another number of new items"),
        (ITEMS, P | SWAP | {"new_item_ids": ["13"]}, "the new item cannot be had"),
        (ITEMS, P | SWAP | {"new_item_ids": ["22"]}, "the new item cannot be had"),
        (ITEMS, P | SWAP | {"payment_method_id": "credit_card_9"}, "no such way to pay"),
        (EXCHANGE, P | SWAP, "not delivered"),
        (EXCHANGE, D | SWAP | {"item_ids": ["11"] * 3, "new_item_ids": ["12"] * 3}, "an item that is not on the order"),
        (RETURN, D | {"item_ids": ["21"], "payment_method_id": "paypal_1"}, "an item that is not on the order"),
        (RETURN, P | {"item_ids": ["11"], "payment_method_id": "paypal_1"}, "not delivered"),
    ],
)
def test_what_the_tools_refuse(store: Database, name: str, args: dict[str, Any], complaint: str) -> None:
    before = store.fork()
    assert gold.apply(store, Call(name, args)) == complaint
    assert store == before


def test_a_gift_card_must_hold_what_it_pays(store: Database) -> None:
    store.users["ann"]["payment_methods"]["gift_card_1"]["balance"] = 17.98
    for name, number in ((ITEMS, P), (EXCHANGE, D)):
        assert gold.apply(store, Call(name, number | SWAP | {"payment_method_id": "gift_card_1"})) == "the gift card holds too little"
    store.orders["#W1000001"]["payment_history"][0]["payment_method_id"] = "paypal_1"
    assert (
        gold.apply(store, Call("modify_pending_order_payment", P | {"payment_method_id": "gift_card_1"}))
        == "the gift card holds too little"
    )


def test_a_refund_goes_back_or_to_a_gift_card(store: Database) -> None:
    store.users["ann"]["payment_methods"]["credit_card_1"] = {"source": "credit_card", "id": "credit_card_1"}
    back = D | {"item_ids": ["22"], "payment_method_id": "credit_card_1"}
    assert gold.apply(store, Call(RETURN, back)) == "neither the way it was paid nor a gift card"
    assert gold.apply(store, Call(RETURN, back | {"payment_method_id": "gift_card_1"})) == ""


def test_a_way_to_pay_is_changed_once(store: Database) -> None:
    assert gold.apply(store, Call("modify_pending_order_payment", P | {"payment_method_id": "paypal_1"})) == ""
    assert gold.apply(store, Call("modify_pending_order_payment", P | {"payment_method_id": "gift_card_1"})) == "more than one payment"


def test_a_look_or_a_hand_over_changes_nothing(store: Database) -> None:
    before = store.fork()
    assert gold.apply(store, Call("transfer_to_human_agents", {"summary": "x"})) == "" and store == before
