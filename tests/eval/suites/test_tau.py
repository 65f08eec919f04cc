"""tau-bench: its store as ours, its instructions as a customer's words, and nothing done that a task does not want."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.domain.commerce import OrderState
from eval.suites import BadRows, Suite, run
from eval.suites.tau_retail import wishes
from eval.suites.tau_store import Store, TaskRow, user_of

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_models")
PLACE = {"address1": "1 Elm", "address2": "", "city": "Austin", "country": "USA", "state": "TX", "zip": "78701"}
USERS = {"ann": {"name": {"first_name": "Ann", "last_name": "Poe"}, "address": PLACE, "email": "Ann@x.example", "orders": ["#W1000001"]}}


def order(number: str, status: str) -> dict[str, Any]:
    item = {"name": "Lamp", "item_id": "7", "price": 10.15, "options": {"color": "red"}}
    sent = [{"tracking_id": ["55"], "item_ids": ["7"]}]
    return {"order_id": number, "user_id": "ann", "address": PLACE, "items": [item, item], "fulfillments": sent, "status": status}


ORDERS = {"#W1000001": order("#W1000001", "pending"), "#W1000002": order("#W1000002", "delivered")}


@pytest.fixture(autouse=True)
def store_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path / "nothing"))
    (tmp_path / "orders.json").write_text(json.dumps(ORDERS))
    (tmp_path / "users.json").write_text(json.dumps(USERS))


def task(instruction: str, **given: object) -> dict[str, Any]:
    return {"user_id": "ann", "instruction": instruction, "intents": ["cancel_order"], "needs_human": False, "expected_writes": [], **given}


PRODUCTS = {"1": {"name": "Lamp", "product_id": "1", "variants": {}}}
LINE = {"name": "Lamp", "product_id": "1", "item_id": "7", "price": 10.15, "options": {"color": "red"}}


def test_the_store_becomes_our_orders() -> None:
    pending, delivered = Store(ORDERS, USERS).orders["ann"]
    assert (pending.number, pending.state, pending.total.minor, pending.shipment) == ("1000001", OrderState.PAID, 2030, None)
    assert pending.customer.email == "ann@x.example" and pending.lines[0].title == "Lamp (red)"
    assert delivered.shipment and delivered.shipment.tracking == "55" and delivered.shipment.delivered_at


def test_a_store_that_lacks_a_field_is_refused() -> None:
    with pytest.raises(BadRows, match=r"orders\.json: k: KeyError 'status'"):
        Store({"k": {"user_id": "ann"}}, USERS)
    with pytest.raises(BadRows, match=r"users\.json: ann: KeyError"):
        Store({}, {"ann": {}})


@pytest.mark.parametrize(
    ("instruction", "said"),
    [
        (
            "Your name is Ann Poe and your zip code is 1. You are shy. Cancel order #W123456 because no longer needed. ",
            "Cancel order #123456 because no longer needed.",
        ),
        ("You are Ann. You want to return your lamp, if the shop lets you.", "I want to return my lamp, if the shop lets me."),
        ("You are Ann and you want to exchange a lamp.", "I am Ann and I want to exchange a lamp."),
        ("You want to return it. If the agent asks, say no.", "I want to return it."),
        ("You are Ann.", "I am Ann."),
    ],
)
def test_an_instruction_becomes_the_customers_own_words(instruction: str, said: str) -> None:
    assert wishes(instruction) == said


def test_a_long_instruction_ends_at_a_sentence() -> None:
    said = wishes("You want a lamp. " + "You need it very much and at once. " * 30)
    assert 300 < len(said) <= 400 and said.endswith(".")


def test_who_writes_is_worked_out_from_the_gold_calls() -> None:
    store = Store(ORDERS, USERS)
    row = TaskRow.model_validate({"id": "t", **task("x", user_id="")})
    assert user_of(row, store.customers, store.owners) == ""
    gold = row.model_copy(update={"expected_actions": ({"args": {"order_id": "#W1000002"}},), "user_id": "bob"})
    assert user_of(gold, store.customers | {"bob": store.customers["ann"]}, store.owners) == "ann"  # the order's, not the named one


async def test_a_wanted_effect_is_fine_and_any_other_is_named(write: Write) -> None:
    wanted = [{"name": "cancel_pending_order", "args": {"order_id": "#W1000001"}}]
    rows = [
        task("Cancel order #W1000001.", expected_writes=wanted),
        task("Cancel order #W1000001, please."),
        task("Talk.", intents=["transfer_human"], needs_human=True),
        task("crash"),
    ]
    found = await run("tau_retail", data=write(*rows))
    assert isinstance(found, Suite)
    figures = {measure.name: measure for measure in found.measures}
    assert figures["tasks in which a wanted effect is done at once"].value == 1.0
    assert figures["tasks with an effect that is not wanted"].value == 1 / 3 and figures["tasks with an effect that is not wanted"].broken
    assert figures["a person is needed: handed over"].value == 0.0
    assert {offender.id: offender.why.split(",")[0][:24] for offender in found.offenders} == {
        "r1": "cancel on order 1000001",
        "r3": "crash: RuntimeError at [",
    }


async def test_customers_that_the_store_has_not_are_refused(write: Write) -> None:
    with pytest.raises(BadRows, match=r"none of its customers is in users\.json"):
        await run("tau_retail", data=write(task("Cancel.", user_id="bob")))


def with_goods(tmp_path: Path) -> None:
    """The store's files as the replay needs them: ways to pay, and what was paid."""
    paid = [{"transaction_type": "payment", "amount": 20.3, "payment_method_id": "paypal_1"}]
    held = {"paypal_1": {"source": "paypal", "id": "paypal_1"}}
    orders = {number: entry | {"items": [LINE, LINE], "payment_history": paid} for number, entry in ORDERS.items()}
    users = {name: entry | {"payment_methods": held} for name, entry in USERS.items()}
    other = {"bob": users["ann"] | {"email": "bob@x.example", "payment_methods": {"paypal_2": {"source": "paypal", "id": "paypal_2"}}}}
    for name, entries in (("orders", orders), ("users", users | other), ("products", PRODUCTS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(entries))


async def test_gold_calls_are_replayed_and_broken_ones_stopped(write: Write, tmp_path: Path) -> None:
    with_goods(tmp_path)
    wanted = [{"name": "cancel_pending_order", "args": {"order_id": "#W1000001", "reason": "no longer needed"}}]
    found = await run(
        "tau_remedies", data=write(task("Cancel order #W1000001.", expected_writes=wanted), task("Talk.", intents=["info_only"]))
    )
    assert isinstance(found, Suite)
    figures = {measure.name: measure for measure in found.measures}
    assert found.broken == () and found.offenders == () and found.n == 2
    assert figures["tasks that end as the gold does"].value == figures["gold calls allowed and done"].value == 1.0
    stopped = figures["calls outside the policy, stopped by their rule"]
    assert stopped.value == 1.0 and stopped.n and stopped.n >= 15


async def test_a_gold_call_that_we_judge_otherwise_is_named(write: Write, tmp_path: Path) -> None:
    """Somebody else's order: the tools do not ask whose it is."""
    with_goods(tmp_path)
    wanted = [{"name": "cancel_pending_order", "args": {"order_id": "#W1000001", "reason": "no longer needed"}}]
    row = task("Cancel.", expected_writes=wanted, expected_actions=[{"name": "get_user_details", "args": {"user_id": "bob"}}])
    found = await run("tau_remedies", data=write(row))
    assert isinstance(found, Suite)
    assert {"tasks that end otherwise", "gold calls on which we and the tools disagree"} <= {measure.name for measure in found.broken}
    assert [offender.why for offender in found.offenders] == [
        "the store does not end as the gold calls leave it",
        "cancel_pending_order: ours order-owned, the tool does it",
    ]


async def test_the_replay_refuses_a_store_of_another_kind(write: Write, tmp_path: Path) -> None:
    (tmp_path / "products.json").write_text("[]")
    with pytest.raises(BadRows, match=r"products\.json: .* Give the file as tau-bench has it"):
        await run("tau_remedies", data=write(task("Cancel.")))
