"""Gold calls through our remedies: on our own small store, and on every public task."""

from __future__ import annotations

import asyncio

import pytest

from agent.policy.judge import Ruling
from eval.tau import gold, replay
from eval.tau.database import Database
from eval.tau.replay import Replay
from eval.tau.tasks import REFUSED, Task
from eval.tau.writes import Call, remedy, request
from eval.world import NOW

CANCEL = Call("cancel_pending_order", {"order_id": "#W1000001", "reason": "no longer needed"})
PLACE = {"address1": "9 Oak", "address2": "", "city": "Reno", "state": "NV", "country": "USA", "zip": "89501"}


async def replayed(store: Database, *calls: Call, user: str = "ann") -> Replay:
    return await replay.replay(Task(id="t", user=user, calls=calls), store, replay.pack())


async def test_what_the_policy_allows_ends_as_the_gold(store: Database) -> None:
    found = await replayed(store, CANCEL, Call("transfer_to_human_agents", {}), Call("modify_user_address", {"user_id": "ann", **PLACE}))
    assert found.reached and [step.allowed for step in found.steps] == [True, True] and all(step.agrees for step in found.steps)
    assert store.orders["#W1000001"]["status"] == "pending"  # the given store is left as it was


async def test_what_the_tools_refuse_ours_refuse_with_the_rule(store: Database) -> None:
    found = await replayed(store, Call("cancel_pending_order", {**CANCEL.args, "order_id": "#W1000002"}))
    assert found.reached and [(step.rule, step.complaint) for step in found.steps] == [("pending-only", "not pending")]


async def test_a_foreign_writer_ends_elsewhere_than_the_gold(store: Database) -> None:
    """The tools do not ask whose order it is; the policy does, and so do we."""
    found = await replayed(store, CANCEL, user="bob")
    assert not found.reached and [(step.rule, step.agrees) for step in found.steps] == [("order-owned", False)]


async def test_an_order_that_there_is_not(store: Database) -> None:
    found = await replayed(store, Call("cancel_pending_order", {**CANCEL.args, "order_id": "#W9999999"}))
    assert found.reached and [step.rule for step in found.steps] == ["no-such-order"]


def test_a_foreign_customers_address_is_not_the_writers(store: Database) -> None:
    wanted = remedy(Call("modify_user_address", {"user_id": "ann", **PLACE}))
    assert wanted and wanted.order == "" and request(store, wanted, "eve", NOW) is None


def test_every_rule_that_allows_is_told_with_its_line(store: Database) -> None:
    said = replay.verdict(replay.pack(), store, CANCEL, "ann")
    assert said and said.ruling is Ruling.ALLOW and said.rule.startswith("tau-retail@") and said.place


@pytest.fixture(scope="module")
def public(real_tasks: list[Task], real_stores: tuple[Database, Database]) -> list[Replay]:
    return asyncio.run(replay.replay_all(real_tasks, real_stores))


def test_every_public_task_ends_as_its_gold(public: list[Replay], real_tasks: list[Task]) -> None:
    assert len(public) >= 300 and all(task.user for task in real_tasks)
    assert [found.task for found in public if not found.reached] == []
    assert sum(len(found.steps) for found in public) >= 400


def test_we_do_what_the_tools_do_and_refuse_what_they_refuse(public: list[Replay]) -> None:
    steps = [(found.task, step) for found in public for step in found.steps]
    assert [(task, step) for task, step in steps if not step.agrees] == []
    assert {step.rule for _, step in steps if not step.allowed} == {
        "delivered-only",
        "refund-to",
        "gift-card-covers-total",
        "gift-card-covers-difference",
    }


def test_task_64_is_refused_for_the_orders_state_and_nothing_else_is(public: list[Replay]) -> None:
    by_state = {found.task for found in public for step in found.steps if step.rule == "delivered-only" and not step.allowed}
    assert by_state == REFUSED
    for found in public:
        if found.task in REFUSED:
            assert [step.allowed for step in found.steps] == [False, True]  # the items of the pending order are changed after all


def test_the_gold_changes_something(real_tasks: list[Task], real_stores: tuple[Database, Database]) -> None:
    """A replay of nothing onto nothing would be equal, too."""
    still = 0
    for task in real_tasks:
        store = real_stores[task.second].fork()
        for call in task.calls:
            gold.apply(store, call)
        still += store == real_stores[task.second]
    assert still <= 12
