"""tau-bench: its store as ours, its instructions as a customer's words, and nothing done that a task does not want."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.domain.commerce import OrderState
from eval.suites import BadRows, Suite, run
from eval.suites.tau_retail import Task, user_of, wishes
from eval.suites.tau_store import Store, digits

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_models")
PLACE = {"address1": "1 Elm", "address2": "", "city": "Austin", "country": "USA", "state": "TX", "zip": "78701"}
USERS = {"ann": {"name": {"first_name": "Ann", "last_name": "Poe"}, "address": PLACE, "email": "Ann@x.example", "orders": ["#W100001"]}}


def order(number: str, status: str) -> dict[str, Any]:
    item = {"name": "Lamp", "item_id": "7", "price": 10.15, "options": {"color": "red"}}
    sent = [{"tracking_id": ["55"], "item_ids": ["7"]}]
    return {"order_id": number, "user_id": "ann", "address": PLACE, "items": [item, item], "fulfillments": sent, "status": status}


ORDERS = {"#W100001": order("#W100001", "pending"), "#W100002": order("#W100002", "delivered")}


@pytest.fixture(autouse=True)
def store_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path / "nothing"))
    (tmp_path / "orders.json").write_text(json.dumps(ORDERS))
    (tmp_path / "users.json").write_text(json.dumps(USERS))


def task(instruction: str, **given: object) -> dict[str, Any]:
    return {"user_id": "ann", "instruction": instruction, "intents": ["cancel_order"], "needs_human": False, "expected_writes": [], **given}


def test_the_store_becomes_our_orders() -> None:
    pending, delivered = Store(ORDERS, USERS).orders["ann"]
    assert (pending.number, pending.state, pending.total.minor, pending.shipment) == ("100001", OrderState.PAID, 2030, None)
    assert pending.customer.email == "ann@x.example" and pending.lines[0].title == "Lamp (red)"
    assert delivered.shipment and delivered.shipment.tracking == "55" and delivered.shipment.delivered_at


def test_a_store_that_lacks_a_field_is_refused() -> None:
    with pytest.raises(BadRows, match=r"orders\.json: k: KeyError 'items'"):
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
    row = Task.model_validate({"id": "t", **task("x", user_id="")})
    assert user_of(row, store) == ""
    assert user_of(row.model_copy(update={"expected_actions": ({"args": {"order_id": "#W100002"}},)}), store) == "ann"
    assert digits("#W100002") == "100002"


async def test_a_wanted_effect_is_fine_and_any_other_is_named(write: Write) -> None:
    wanted = [{"name": "cancel_pending_order", "args": {"order_id": "#W100001"}}]
    rows = [
        task("Cancel order #W100001.", expected_writes=wanted),
        task("Cancel order #W100001, please."),
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
        "r1": "cancel on order 100001",
        "r3": "crash: RuntimeError at [",
    }


async def test_customers_that_the_store_has_not_are_refused(write: Write) -> None:
    with pytest.raises(BadRows, match=r"none of its customers is in users\.json"):
        await run("tau_retail", data=write(task("Cancel.", user_id="bob")))
