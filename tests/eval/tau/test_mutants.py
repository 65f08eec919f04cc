"""Calls outside the policy: each is stopped by its rule, and by that rule only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from agent.policy.judge import Ruling, judge
from agent.policy.pack import Pack
from eval.tau import replay, writes
from eval.tau.database import Database
from eval.tau.mutants import Mutant, mutants
from eval.tau.tasks import Task
from eval.tau.writes import Call
from eval.world import NOW

#: Every rule that speaks of what this store does. The others guard against what cannot be here: its currency is always dollars.
RULES = {
    "order-owned",
    "remedy-offered",
    "state-known",
    "pieces-on-order",
    "pending-only",
    "items-once",
    "cancel-reason",
    "address-complete",
    "delivered-only",
    "back-once",
    "pieces-named",
    "others-paired",
    "same-product",
    "replacement-available",
    "payment-of-customer",
    "payment-different",
    "refund-to",
    "gift-card-covers-total",
    "gift-card-covers-difference",
}
SWAP = {"item_ids": ["11"], "new_item_ids": ["12"], "payment_method_id": "paypal_1"}
PLACE = {"address1": "9 Oak", "address2": "", "city": "Reno", "state": "NV", "country": "USA", "zip": "89501"}
CALLS = (
    Call("modify_pending_order_address", {"order_id": "#W1000001", **PLACE}),
    Call("modify_user_address", {"user_id": "ann", **PLACE}),
    Call("modify_pending_order_payment", {"order_id": "#W1000001", "payment_method_id": "paypal_1"}),
    Call("modify_pending_order_items", {"order_id": "#W1000001", **SWAP}),
    Call("cancel_pending_order", {"order_id": "#W1000001", "reason": "no longer needed"}),
    Call("return_delivered_order_items", {"order_id": "#W1000002", "item_ids": ["11", "22"], "payment_method_id": "paypal_1"}),
    Call("exchange_delivered_order_items", {"order_id": "#W1000002", **SWAP}),
)


def wrong(found: Iterable[Mutant]) -> list[tuple[str, str, str]]:
    """Those that their rule does not stop, and those that something else would stop as well."""
    policy, out = replay.pack(), list[tuple[str, str, str]]()
    for mutant in found:
        asked = writes.request(mutant.store, mutant.wanted, mutant.user, NOW)
        assert asked
        said = judge(policy, asked)
        if said.allowed or said.id != mutant.rule:
            out.append((mutant.what, mutant.rule, said.id))
        elif mutant.rule != "remedy-offered" and not judge(less(policy, mutant), asked).allowed:
            out.append((mutant.what, mutant.rule, "and another"))
    return out


def less(policy: Pack, mutant: Mutant) -> Pack:
    gone = {mutant.rule, *mutant.implied}
    return policy.model_copy(update={"rule": tuple(rule for rule in policy.rule if rule.id not in gone)})


@pytest.mark.parametrize("call", CALLS, ids=[call.name for call in CALLS])
def test_each_change_breaks_its_rule_alone(store: Database, call: Call) -> None:
    found = list(mutants(Task(id="t", user="ann", calls=(call,)), store))
    assert len(found) >= 4 and wrong(found) == []


def test_a_call_that_the_tools_refuse_has_no_mutants(store: Database) -> None:
    refused = Call("cancel_pending_order", {"order_id": "#W1000002", "reason": "no longer needed"})
    assert list(mutants(Task(id="t", user="ann", calls=(refused,)), store)) == []


def test_the_store_is_left_as_it_was(store: Database) -> None:
    before = store.fork()
    for call in CALLS:
        list(mutants(Task(id="t", user="ann", calls=(call,)), store))
    assert store == before


def test_without_its_rule_a_mutant_would_pass(store: Database) -> None:
    """The check bites: a pack that lacks a rule lets the calls through that only it stops."""
    task = Task(id="t", user="ann", calls=CALLS[4:5])
    reasons = [mutant for mutant in mutants(task, store) if mutant.rule == "cancel-reason"]
    for mutant in reasons:
        asked = writes.request(mutant.store, mutant.wanted, mutant.user, NOW)
        assert asked and judge(less(replay.pack(), mutant), asked).ruling is Ruling.ALLOW
    assert len(reasons) >= 5


def test_every_public_task_thousands_of_ways(real_tasks: list[Task], real_stores: tuple[Database, Database]) -> None:
    found = [mutant for task in real_tasks for mutant in mutants(task, real_stores[task.second])]
    rules = Counter(mutant.rule for mutant in found)
    assert len(found) >= 10_000 and set(rules) == RULES
    assert wrong(found) == []


def test_each_rule_of_the_pack_is_broken_by_some_mutant() -> None:
    """A new rule needs a way to break it; only the guards on days, sums and currencies need none here."""
    guards = {"dates-sane", "amount-positive", "currency-of-order", "within-paid", "currency-known"}
    assert {rule.id for rule in replay.pack().rule} - guards == RULES
