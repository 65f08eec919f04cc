"""Each remedy once, found again by its key, and never more than the shop itself allows."""

import asyncio
import copy
from datetime import timedelta
from typing import Any

import pytest

from agent.commerce.connectors.shopify import ShopifyEffects
from agent.commerce.connectors.shopify.effects import REMEDIES
from agent.domain.effect import EffectState

Effects = ShopifyEffects
ADDRESS = {"name": "Anna Maria Weber", "street": "Neue Str. 1", "city": "Bonn", "postcode": "53111", "country": "DE"}
EUR = {"minor": 2000, "currency": "EUR"}
LINE = [{"sku": "EAR-130", "quantity": 1}]
OTHER = [{"sku": "EAR-131", "quantity": 1}]
#: kind, payload, whether the order was sent
ALL: list[tuple[str, dict[str, Any], bool]] = [
    ("cancel", {}, False),
    ("change_address", {"address": ADDRESS}, False),
    ("coupon", {"percent": 10}, False),
    ("wait", {"percent": 5}, True),
    ("refund", EUR, False),
    ("return", {"lines": LINE}, True),
    ("exchange", {"lines": LINE, "others": OTHER}, True),
    ("reship", {"lines": LINE}, True),
    ("resend_tracking", {}, True),
]
MUTATION = {
    "cancel": "Cancel",
    "change_address": "Address",
    "coupon": "Coupon",
    "wait": "Coupon",
    "refund": "Refund",
    "return": "Return",
    "exchange": "Return",
    "reship": "Complete",
    "resend_tracking": "Tracking",
}


def test_all_that_shopify_can_do_is_tested() -> None:
    assert {kind for kind, *_ in ALL} == set(REMEDIES)


@pytest.mark.parametrize(("kind", "payload", "was_sent"), ALL, ids=[kind for kind, *_ in ALL])
async def test_once_however_often(
    effects: Effects, store: Any, ready: Any, plan: Any, kind: str, payload: dict[str, Any], was_sent: bool
) -> None:
    ready(was_sent)
    effect = plan(kind, **payload)
    assert await effects.look_up(effect) is None
    first = await effects.carry_out(effect)
    again = await effects.carry_out(effect)
    assert (first.state, first.error) == (EffectState.CONFIRMED, "") and again == first == await effects.look_up(effect)
    assert first.data["order"] == "1042"
    assert store.count(MUTATION[kind]) == 1


@pytest.mark.parametrize(("kind", "payload", "was_sent"), ALL, ids=[kind for kind, *_ in ALL])
async def test_twenty_at_a_time_do_it_once(
    effects: Effects, store: Any, ready: Any, plan: Any, kind: str, payload: dict[str, Any], was_sent: bool
) -> None:
    ready(was_sent)
    results = await asyncio.gather(*(effects.carry_out(plan(kind, **payload)) for _ in range(20)))
    assert store.count(MUTATION[kind]) == 1
    assert {each.state for each in results} <= {EffectState.CONFIRMED, EffectState.UNKNOWN}
    assert EffectState.CONFIRMED in {each.state for each in results}


@pytest.mark.parametrize(("kind", "payload", "was_sent"), ALL, ids=[kind for kind, *_ in ALL])
async def test_an_answer_that_was_lost_is_looked_up_never_sent_again(
    effects: Effects, store: Any, ready: Any, plan: Any, time: Any, kind: str, payload: dict[str, Any], was_sent: bool
) -> None:
    ready(was_sent)
    store.fail(MUTATION[kind], "500", done=True)
    effect = plan(kind, **payload)
    assert (await effects.carry_out(effect)).state is EffectState.UNKNOWN
    time.at += timedelta(minutes=5)
    found = await effects.look_up(effect)
    assert found and found.state is (EffectState.UNKNOWN if kind == "resend_tracking" else EffectState.CONFIRMED)
    assert (await effects.carry_out(effect)).state is found.state
    assert store.count(MUTATION[kind]) == 1


@pytest.mark.parametrize(("kind", "payload", "was_sent"), ALL, ids=[kind for kind, *_ in ALL])
async def test_what_was_lost_on_its_way_there_was_never_done(
    effects: Effects, store: Any, ready: Any, plan: Any, time: Any, kind: str, payload: dict[str, Any], was_sent: bool
) -> None:
    ready(was_sent)
    store.fail(MUTATION[kind], "500")
    effect = plan(kind, **payload)
    assert (await effects.carry_out(effect)).state is EffectState.UNKNOWN
    early = await effects.look_up(effect)
    assert early and early.state is EffectState.UNKNOWN  # it may still be worked on
    time.at += timedelta(minutes=5)
    found = await effects.look_up(effect)
    assert found is None if kind != "resend_tracking" else found and found.state is EffectState.UNKNOWN
    assert (await effects.carry_out(effect)).state is EffectState.UNKNOWN
    assert store.count(MUTATION[kind]) == 0


async def test_what_never_left_may_be_tried_again(effects: Effects, store: Any, plan: Any) -> None:
    store.fail("Refund", "429")
    effect = plan("refund", **EUR)
    first = await effects.carry_out(effect)
    assert (first.state, first.error) == (EffectState.UNKNOWN, "source_down")
    assert await effects.look_up(effect) is None
    assert (await effects.carry_out(effect)).state is EffectState.CONFIRMED


@pytest.mark.parametrize("kind", ["repair", "claim", "change_payment", "change_shipping", "change_items", "answer", "nonsense"])
async def test_what_shopify_cannot_do(effects: Effects, store: Any, plan: Any, kind: str) -> None:
    result = await effects.carry_out(plan(kind))
    assert (result.state, result.error) == (EffectState.FAILED, "not_supported")
    assert await effects.look_up(plan(kind)) is None
    assert store.log == []


@pytest.mark.parametrize(
    ("kind", "payload", "changes", "error"),
    [
        ("cancel", {}, {"displayFulfillmentStatus": "IN_PROGRESS"}, "already_packed"),
        ("cancel", {}, {"cancelledAt": "2026-05-11T00:00:00Z"}, "already_cancelled"),
        ("cancel", {}, {"displayFulfillmentStatus": "STRANGE"}, "already_packed"),
        ("change_address", {"address": ADDRESS | {"country": "FR"}}, {}, "other_country"),
        ("change_address", {"address": {"street": "\n\x07"}}, {}, "bad_address"),
        ("change_address", {"address": ADDRESS}, {"displayFulfillmentStatus": "FULFILLED"}, "already_packed"),
        ("refund", {"minor": 15981, "currency": "EUR"}, {}, "over_paid"),
        ("refund", {"minor": 100, "currency": "USD"}, {}, "currency_mismatch"),
        ("refund", {"minor": 0, "currency": "EUR"}, {}, "bad_amount"),
        ("refund", {"minor": -5, "currency": "EUR"}, {}, "bad_amount"),
        ("refund", {"minor": True, "currency": "EUR"}, {}, "bad_amount"),
        ("refund", {"minor": 9.5, "currency": "EUR"}, {}, "bad_amount"),
        ("refund", EUR | {"payment": "somebody-elses"}, {}, "over_refundable"),
        ("refund", EUR | {"lines": [{"sku": "EAR-130", "quantity": 3}]}, {}, "bad_lines"),
        ("refund", EUR | {"lines": "all"}, {}, "bad_lines"),
        ("return", {}, {}, "not_delivered"),
        ("return", {"lines": [{"sku": "EAR-130", "quantity": 0}]}, {}, "bad_lines"),
        ("exchange", {"lines": LINE, "others": [{"sku": "GONE", "quantity": 1}]}, {"sent": True}, "unknown_variant"),
        ("return", {"lines": [{"sku": "EAR-130", "quantity": 3}]}, {"sent": True}, "nothing_to_return"),
        ("reship", {"lines": [{"sku": "EAR-130", "quantity": 3}]}, {"sent": True}, "bad_lines"),
        ("reship", {"lines": [{"sku": "EAR-131", "quantity": 1}]}, {"sent": True}, "bad_lines"),
        ("reship", {}, {"displayFinancialStatus": "PENDING"}, "not_shipped"),
        ("coupon", {"percent": 11}, {}, "over_cap"),
        ("coupon", {"minor": 1501, "currency": "EUR"}, {}, "over_cap"),
        ("coupon", {"percent": 5, "minor": 100, "currency": "EUR"}, {}, "bad_worth"),
        ("coupon", {"minor": 500, "currency": "USD"}, {}, "bad_worth"),
        ("resend_tracking", {}, {}, "not_shipped"),
    ],
)
async def test_refusals_change_nothing(
    effects: Effects, store: Any, ready: Any, plan: Any, kind: str, payload: dict[str, Any], changes: dict[str, Any], error: str
) -> None:
    ready(bool(changes.pop("sent", False)))
    store.orders[0] |= changes
    before = copy.deepcopy(store.orders)
    result = await effects.carry_out(plan(kind, **payload))
    assert (result.state, result.error) == (EffectState.FAILED, error)
    assert store.orders == before and not store.metafields and not store.coupons and not store.drafts


@pytest.mark.parametrize("number", ["9999", "", "x", "'; DROP"])
async def test_an_unknown_order(effects: Effects, plan: Any, number: str) -> None:
    result = await effects.carry_out(plan("cancel", number))
    assert (result.state, result.error) == (EffectState.FAILED, "order_unknown")
    assert await effects.look_up(plan("cancel", number)) is None


async def test_a_key_that_comes_back_for_something_else(effects: Effects, plan: Any) -> None:
    await effects.carry_out(plan("coupon", key="k-1", percent=10))
    assert (await effects.carry_out(plan("refund", key="k-1", **EUR))).error == "key_reused"
    assert (await effects.carry_out(plan("wait", key="k-1", percent=10))).state is EffectState.CONFIRMED  # the same gift


async def test_keys_of_any_shape_are_marked(effects: Effects, store: Any, plan: Any) -> None:
    effect = plan("refund", key="über lang " * 30, **EUR)
    assert (await effects.carry_out(effect)).state is EffectState.CONFIRMED
    ((_, _, key),) = store.metafields
    assert len(key) == 40 and (await effects.carry_out(effect)).state is EffectState.CONFIRMED
    store.metafields[next(iter(store.metafields))] = '{"kind": "refund", "at": "2026-05-20T11:00:00+00:00"}'
    found = await effects.look_up(effect)
    assert found and found.state is EffectState.CONFIRMED  # by its note alone
