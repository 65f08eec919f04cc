"""A correction becomes a case that says the same of a similar order, and that the evaluation can play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.commerce import Order, OrderState
from agent.domain.decision import Desk, Outcome, Reason, RemedyKind
from agent.domain.intents import Intent
from eval import world
from eval.correction import Label, correct
from eval.library import as_line, read
from eval.live import Answered, LiveCase, Wrote
from eval.stand_in import stand_in

Live = Callable[..., LiveCase]
Make = Callable[..., Answered]
Real = Callable[..., Order]


def test_an_edited_draft_says_that_a_person_was_needed_and_what_they_wrote(live: Live, answered: Make) -> None:
    case = answered("edit", reasons=("needs_judgement", "not_certified"), desk="supply_chain", sent="Sorry, bob@web.example!")
    made = correct(live("hello", "Where is 1042?", answered=case), Label()).case
    first, last = made.turns
    assert first.gold == type(first.gold)()
    assert (last.gold.outcomes, last.gold.tier, last.gold.reasons) == ((Outcome.HANDOFF,), Desk.SUPPLY_CHAIN, (Reason.NEEDS_JUDGEMENT,))
    assert last.gold.intents == (Intent.ORDER_STATUS,)
    assert last.gold.draft and "bob" not in last.gold.draft
    assert last.gold.effects == ()


def test_a_confirmed_draft_says_that_the_agent_could_have_done_it_with_its_effects(live: Live, answered: Make) -> None:
    late = [
        {"kind": "order_facts", "intent": "delivery_late"},
        {"kind": "coupon", "intent": "delivery_late", "detail": [["percent", "10"]]},
    ]
    case = answered(ordered=["coupon"], remedies=late, intents=[("delivery_late", 0.9)])
    gold = correct(live("Where is 1042?", answered=case), Label()).case.turns[-1].gold
    assert (gold.outcomes, gold.tier, gold.effects, gold.reasons) == ((Outcome.RESOLVE,), Desk.AGENT, (RemedyKind.COUPON,), ())


def test_who_adds_it_knows_better(live: Live) -> None:
    label = Label(intents=(Intent.CUSTOMS, Intent.COMPLAINT), outcome=Outcome.ASK, language="nl")
    found = correct(live("Waar is 1042?"), label)
    gold = found.case.turns[-1].gold
    assert (gold.intents, gold.outcomes, gold.tier, gold.language) == (label.intents, (Outcome.ASK,), Desk.AGENT, "nl")
    assert (found.case.language, found.case.scenario) == ("nl", "live.customs")
    assert not any("--intent" in line for line in found.lost)


def test_the_customer_of_the_case_can_prove_the_copied_order(live: Live, real_order: Real) -> None:
    order = real_order()
    found = correct(live("Where is 1042? anna.schmidt@gmx.example", orders=[order], signed_email="Anna.Schmidt@gmx.example"), Label())
    (copied,) = found.case.orders
    assert found.case.turns[0].text == f"Where is {copied.number}? {copied.email}"
    assert found.case.customer == copied.email
    assert world.orders()[copied.like].state is order.state
    assert world.orders()[copied.like].address.country == "DE"
    assert copied.state is None


def test_the_order_is_in_the_state_it_had_when_the_case_was_opened(live: Live, answered: Make, real_order: Real) -> None:
    facts = [{"label": "Order #1042", "value": "paid, 89.00 EUR, 1 x Lamp"}]
    found = correct(live("1042", answered=answered(facts=facts), orders=[real_order()]), Label())
    assert world.orders()[found.case.orders[0].like].state is OrderState.PAID


def test_a_state_that_the_world_has_not_is_set_on_a_copy(live: Live, real_order: Real) -> None:
    order = real_order("20101", state=OrderState.PART_RETURNED, open_return="R-1")
    found = correct(live("1042", orders=[order]), Label())
    (copied,) = found.case.orders
    assert (copied.state, world.orders()[copied.like].state) == ("part_returned", OrderState.DELIVERED)
    assert any("open return" in line for line in found.lost)


@pytest.mark.parametrize(("state", "days"), [("delivered5", 6), ("delivered20", 18), ("delivered60", 90), ("late2", 1), ("late6", 8)])
def test_the_copy_is_as_old_as_the_order(state: str, days: int, real_order: Real) -> None:
    order = real_order(world.number("de", state, 0))
    assert order.shipment
    began = order.shipment.delivered_at or order.shipment.promised
    at = world.NOW.replace(year=began.year, month=began.month, day=began.day) + timedelta(days=days)
    like = stand_in(order, order.state, at, "de").like
    assert like.number[:4] == world.number("de", state, 0)[:4]


def test_two_orders_of_a_customer_stay_two_orders_of_one_customer(live: Live, real_order: Real) -> None:
    mine = [real_order(), real_order("21030", "1055")]
    first, second = correct(live("1042 or 1055?", orders=mine), Label()).case.orders
    assert first.number != second.number
    assert first.email == second.email
    assert world.orders()[first.like].customer.name == world.orders()[second.like].customer.name


def test_a_long_conversation_keeps_its_last_turns_and_says_so(live: Live) -> None:
    found = correct(live(*(f"message {chr(97 + n)}" for n in range(9))), Label())
    assert [turn.text[-1] for turn in found.case.turns] == list("defghi")
    assert any("first 3 of 9" in line for line in found.lost)


def test_the_case_is_one_the_library_reads(live: Live, real_order: Real, tmp_path: object) -> None:
    told = live("Wo ist 1042?", orders=[real_order()])
    made = correct(replace(told, turns=(*told.turns, Wrote("", 2))), Label()).case
    file = tmp_path / "added.jsonl"  # type: ignore[operator]
    file.write_text(as_line(made))
    assert [case for _, case in read(file)] == [made]
    assert made.turns[-1].photos == 2
