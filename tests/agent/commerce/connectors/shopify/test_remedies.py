"""What each remedy tells Shopify, and what it tells us."""

import asyncio
from typing import Any

import pytest

from agent.commerce.connectors.shopify import ShopifyEffects
from agent.domain.effect import EffectState, PlannedEffect

Effects = ShopifyEffects
ADDRESS = {"name": "Anna Maria Weber", "street": "Neue Str. 1", "city": "Bonn", "postcode": "53111", "country": "DE"}
EUR = {"minor": 2000, "currency": "EUR"}
LINE = [{"sku": "EAR-130", "quantity": 1}]
OTHER = [{"sku": "EAR-131", "quantity": 1}]


async def test_money_goes_back_to_where_it_came_from(effects: Effects, store: Any, fakes: Any, plan: Any) -> None:
    rows = [
        {"id": own, "kind": "SALE", "status": "SUCCESS", "gateway": gateway, "amountSet": fakes.bag(amount), "parentTransaction": None}
        for own, gateway, amount in (("g", "gift_card", "50.00"), ("c", "shopify_payments", "109.80"))
    ]
    store.orders[0]["transactions"] = rows
    result = await effects.carry_out(plan("refund", minor=6000, currency="EUR"))
    assert result.data["amount"] == {"minor": 6000, "currency": "EUR"}
    given = next(given for name, given in store.log if name == "Refund")
    assert [(each["parentId"], each["amount"], each["kind"]) for each in given["input"]["transactions"]] == [
        ("g", "50.00", "REFUND"),
        ("c", "10.00", "REFUND"),
    ]
    assert given["key"] == "refund-1042-0a1b2c" and given["input"]["currency"] == "EUR"
    named = await effects.carry_out(plan("refund", key="second", minor=9980, currency="EUR", payment="c", lines=LINE))
    assert named.state is EffectState.CONFIRMED
    assert (await effects.carry_out(plan("refund", key="third", minor=1, currency="EUR"))).error == "over_paid"


async def test_many_refunds_with_keys_of_their_own_never_exceed_what_was_paid(effects: Effects, store: Any, plan: Any) -> None:
    wishes = [plan("refund", key=f"k-{at}", minor=3000, currency="EUR") for at in range(12)]
    results = await asyncio.gather(*(effects.carry_out(wish) for wish in wishes))
    assert sum(each.state is EffectState.CONFIRMED for each in results) == 5
    assert store.orders[0]["totalRefundedSet"]["presentmentMoney"]["amount"] == "150.00"


@pytest.mark.parametrize(
    ("status", "state"), [("PENDING", EffectState.UNKNOWN), ("FAILURE", EffectState.FAILED), ("NEW_WORD", EffectState.UNKNOWN)]
)
async def test_a_refund_is_confirmed_by_its_transactions(effects: Effects, store: Any, plan: Any, status: str, state: EffectState) -> None:
    store.refund_status = status
    effect = plan("refund", **EUR)
    assert (await effects.carry_out(effect)).state is state
    for part in store.orders[0]["refunds"][0]["transactions"]["nodes"]:
        part["status"] = "SUCCESS"
    found = await effects.look_up(effect)
    assert found and found.state is (EffectState.FAILED if state is EffectState.FAILED else EffectState.CONFIRMED)


async def test_a_cancellation_that_takes_its_time(effects: Effects, store: Any, plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.commerce.connectors.shopify.remedies.cancel._PAUSE", 0)
    store.cancel_after = 99
    effect = plan("cancel")
    assert (await effects.carry_out(effect)).error == "under_way"
    found = await effects.look_up(effect)
    assert found and found.state is EffectState.CONFIRMED


async def test_a_cancellation_whose_look_fails_is_not_undone(effects: Effects, store: Any, plan: Any) -> None:
    store.fail("Cancelled", "500", times=9)
    assert (await effects.carry_out(plan("cancel"))).state is EffectState.UNKNOWN
    assert store.metafields and store.count("Cancel") == 1


async def test_somebody_else_cancelled_meanwhile(effects: Effects, store: Any, plan: Any) -> None:
    store.fail("Cancel", "500")
    effect = plan("cancel")
    await effects.carry_out(effect)
    store.orders[0] |= {"cancelledAt": "2026-05-20T12:01:00Z", "cancellation": {"staffNote": "by hand"}}
    found = await effects.look_up(effect)
    assert found and (found.state, found.error) == (EffectState.FAILED, "already_cancelled")


async def test_coupons(effects: Effects, store: Any, fakes: Any, plan: Any) -> None:
    result = await effects.carry_out(plan("coupon", percent=10))
    (made,) = store.coupons
    assert (made["usageLimit"], made["appliesOncePerCustomer"], made["context"]) == (
        1,
        True,
        {"customers": {"add": ["gid://shopify/Customer/1"]}},
    )
    assert made["customerGets"]["value"] == {"percentage": 0.1} and made["endsAt"] == "2026-08-18T23:59:59Z"
    assert made["minimumRequirement"] == {"subtotal": {"greaterThanOrEqualToSubtotal": "30.00"}}
    assert result.data["code"] == made["code"] and made["code"].startswith("SORRY-") and len(made["code"]) == 16
    assert result.data["valid_until"] == "2026-08-18"


async def test_a_coupon_in_what_the_customer_pays_with_says_what_it_is_worth(effects: Effects, store: Any, fakes: Any, plan: Any) -> None:
    store.orders[0] |= {
        "totalPriceSet": fakes.bag("25000", "JPY", "150.00", "EUR"),
        "totalRefundedSet": fakes.bag("0", "JPY"),
        "customer": None,
    }
    result = await effects.carry_out(plan("coupon", minor=1000, currency="JPY"))
    assert result.data["amount"] == {"minor": 600, "currency": "EUR"}
    assert store.coupons[0]["customerGets"]["value"]["discountAmount"]["amount"] == "6.00"
    assert store.coupons[0]["context"] == {"all": "ALL"}


async def test_codes_cannot_be_guessed_from_keys(admin: Any, shop: Any, store: Any, plan: Any, time: Any) -> None:
    codes = set[str]()
    for secret in ("one", "two"):
        store.metafields.clear()
        made = await ShopifyEffects(admin, shop, secret=secret, now=time.now).carry_out(plan("coupon", percent=10))
        codes.add(made.data["code"])
    assert len(codes) == 2


async def test_returns_and_exchanges(effects: Effects, store: Any, ready: Any, plan: Any) -> None:
    ready(True)
    result = await effects.carry_out(plan("exchange", lines=LINE, others=OTHER))
    given = next(given["input"] for name, given in store.log if name == "Return")
    assert given["exchangeLineItems"] == [{"variantId": "v-EAR-131", "quantity": 1}]
    assert given["returnLineItems"][0]["returnReasonDefinitionId"].endswith("/other-reason")
    assert result.data == {"order": "1042", "return": "#1042-R1", "lines": LINE, "others": OTHER}
    second = await effects.carry_out(plan("return", key="other", lines=LINE))
    assert (second.error, second.data) == ("return_open", {"return": "#1042-R1"})


async def test_a_parcel_is_sent_again_free_and_to_the_same_address(effects: Effects, store: Any, ready: Any, plan: Any) -> None:
    ready(True)
    result = await effects.carry_out(plan("reship"))
    (draft,) = store.drafts.values()
    given = draft["input"]
    assert result.data == {"order": "1042", "new_order": "9001"}
    assert given["lineItems"] == [{"variantId": "v-EAR-130", "quantity": 2}]
    assert (given["appliedDiscount"]["value"], given["shippingAddress"]["city"], given["shippingAddress"]["countryCode"]) == (
        100,
        "Berlin",
        "DE",
    )
    assert "refund-" not in given["note"] and "reship-1042-0a1b2c" in given["note"]


async def test_a_replacement_that_would_cost_something_is_not_ordered(effects: Effects, store: Any, ready: Any, plan: Any) -> None:
    ready(True)
    store.draft_total = "4.90"
    assert (await effects.carry_out(plan("reship"))).error == "not_free"
    assert not store.drafts and store.count("Complete") == 0


async def test_of_many_attempts_at_once_one_draft_remains(effects: Effects, store: Any, ready: Any, plan: Any) -> None:
    ready(True)
    await asyncio.gather(*(effects.carry_out(plan("reship")) for _ in range(10)))
    assert [draft["status"] for draft in store.drafts.values()] == ["COMPLETED"]


async def test_a_new_address(effects: Effects, store: Any, plan: Any) -> None:
    result = await effects.carry_out(plan("change_address", address={"street": "Neue Str. 1"}))
    mine = store.orders[0]["shippingAddress"]
    assert (mine["address1"], mine["address2"], mine["city"], mine["name"]) == ("Neue Str. 1", "", "Berlin", "Anna Weber")
    assert result.data["address"]["street"] == "Neue Str. 1"


async def test_the_link_is_mailed_with_all_of_the_parcels_numbers(effects: Effects, store: Any, fakes: Any, ready: Any, plan: Any) -> None:
    ready(True)
    store.orders[0]["fulfillments"][0]["trackingInfo"].append({"company": "DHL", "number": "B", "url": ""})
    result = await effects.carry_out(plan("resend_tracking"))
    assert store.mails[0]["trackingInfoInput"] == {"company": "DHL", "numbers": ["JD014600", "B"], "urls": ["https://dhl.example/JD014600"]}
    assert result.data["tracking"] in ("JD014600", "B")


async def test_a_user_error_is_a_refusal_with_its_code_and_stays_one(
    effects: Effects, store: Any, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(asked: Any) -> Any:
        return {"orderUpdate": {"order": None, "userErrors": [{"field": ["shippingAddress", "zip"], "message": "third party's words"}]}}

    monkeypatch.setattr(store, "_Address", refuse)
    effect: PlannedEffect = plan("change_address", address=ADDRESS)
    first = await effects.carry_out(effect)
    assert (first.state, first.error) == (EffectState.FAILED, "shippingAddress.zip")
    assert await effects.carry_out(effect) == first == await effects.look_up(effect)
