"""The benchmark's own transcripts hold what its tools answered: our reference of the tools and our effects must answer the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.domain.effect import EffectState
from agent.policy import plan
from agent.policy.judge import judge
from eval.tau import gold, replay
from eval.tau.database import Database
from eval.tau.effects import TauEffects
from eval.tau.writes import Call, remedy, request
from eval.world import NOW

Json = dict[str, Any]


def orders_told(dialog: Json) -> Iterator[Json]:
    for turn in dialog["turns"]:
        if turn["role"] == "tool" and turn["text"].startswith('{"order_id"'):
            yield json.loads(turn["text"])


def call_between(before: Json, after: Json) -> Call | None:
    """The call that must have been made: the transcripts tell answers only. None when nothing changed."""
    number, status = after["order_id"], after["status"]
    if before == after:
        return None
    if status == "cancelled":
        return Call("cancel_pending_order", {"order_id": number, "reason": after.get("cancel_reason", "no longer needed")})
    if status == "return requested":
        back = {"item_ids": after["return_items"], "payment_method_id": after["return_payment_method_id"]}
        return Call("return_delivered_order_items", {"order_id": number, **back})
    if status == "exchange requested":
        return Call("exchange_delivered_order_items", {"order_id": number, **exchanged(after)})
    if status == "pending (item modified)":
        pairs = [(a["item_id"], b["item_id"]) for a, b in zip(before["items"], after["items"], strict=True) if a != b]
        old, new = ([pair[at] for pair in pairs] for at in (0, 1))
        method = after["payment_history"][-1]["payment_method_id"]
        return Call("modify_pending_order_items", {"order_id": number, "item_ids": old, "new_item_ids": new, "payment_method_id": method})
    if before["address"] != after["address"]:
        return Call("modify_pending_order_address", {"order_id": number, **after["address"]})
    return Call("modify_pending_order_payment", {"order_id": number, "payment_method_id": after["payment_history"][1]["payment_method_id"]})


def exchanged(after: Json) -> Json:
    """Both lists are told sorted: paired again by what product they are of."""
    products = {item["item_id"]: item["product_id"] for item in after["items"]}
    old = sorted(after["exchange_items"], key=lambda item: products[item])
    return {"item_ids": old, "new_item_ids": after["exchange_new_items"], "payment_method_id": after["exchange_payment_method_id"]}


def paired(store: Database, call: Call) -> Call:
    args = dict(call.args)
    if "new_item_ids" in args:
        args["new_item_ids"] = sorted(args["new_item_ids"], key=lambda item: store.variants[item][0]["product_id"])
        args["item_ids"] = sorted(args["item_ids"], key=lambda item: store.variants[item][0]["product_id"])
    return Call(call.name, args)


def as_told(order: Json, told: Json) -> Json:
    """The first transcripts are of a release that did not note why an order was cancelled."""
    return {name: value for name, value in order.items() if name != "cancel_reason" or name in told}


@pytest.fixture(scope="module")
def made(dialogs: Path, real_stores: tuple[Database, Database]) -> list[tuple[str, Database, Call, Json]]:
    """Every change that a transcript tells: the store before it, the call, and the tool's answer."""
    found: list[tuple[str, Database, Call, Json]] = []
    for text in dialogs.read_text(encoding="utf-8").splitlines():
        dialog, store = json.loads(text), real_stores[0].fork()
        for told in orders_told(dialog):
            call = call_between(as_told(store.orders[told["order_id"]], told), told)
            if call:
                call = paired(store, call) if told["status"] == "exchange requested" else call
                found.append((dialog["id"], store.fork(), call, told))
                store.orders[told["order_id"]] = told | ({"cancel_reason": call.args["reason"]} if "reason" in call.args else {})
    return found


def test_the_transcripts_hold_changes_of_many_kinds(made: list[tuple[str, Database, Call, Json]]) -> None:
    kinds = [call.name for _, _, call, _ in made]
    assert len(kinds) >= 30
    assert {"cancel_pending_order", "return_delivered_order_items", "exchange_delivered_order_items", "modify_pending_order_items"} <= set(
        kinds
    )


def test_the_reference_answers_as_the_tools_did(made: list[tuple[str, Database, Call, Json]]) -> None:
    for dialog, before, call, told in made:
        store = before.fork()
        assert gold.apply(store, call) == "", dialog
        assert as_told(store.orders[told["order_id"]], told) == told, dialog


async def test_our_effects_answer_as_the_tools_did(made: list[tuple[str, Database, Call, Json]]) -> None:
    for dialog, before, call, told in made:
        store, wanted = before.fork(), remedy(call)
        asked = wanted and request(store, wanted, told["user_id"], NOW)
        assert wanted and asked and judge(replay.pack(), asked).allowed, dialog
        result = await TauEffects(store, told["user_id"]).carry_out(plan.effect(dialog, wanted))
        assert result.state is EffectState.CONFIRMED, dialog
        assert as_told(store.orders[told["order_id"]], told) == told, dialog
