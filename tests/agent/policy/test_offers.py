"""Which ways are offered, in which order, and which never; what each says of days, cost and who must grant it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.domain.authority import Role
from agent.domain.commerce import InventoryLevel, OrderState, Piece, Product, Tier
from agent.domain.decision import Reason, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy import landed
from agent.policy.candidates import Situation
from agent.policy.offers import MOST, name, offers
from agent.policy.terms import TERMS
from tests.examples import many

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SKU = "EAR-130"


@dataclass(frozen=True)
class Said:
    """A verdict as an offer reads it."""

    ruling: str = "allow"
    rule: str = "pack@1#rule:7"
    reason: Reason | None = None
    needs: Role = Role.BOT
    fee: Money | None = None


def yes(remedy: Remedy) -> Said:
    return Said()


def refusing(*kinds: RemedyKind):
    return lambda remedy: Said("refuse" if remedy.kind in kinds else "allow")


def level(house: str = "RTM", free: int = 5, sku: str = SKU, **more: Any) -> InventoryLevel:
    return InventoryLevel(sku=sku, warehouse=house, on_hand=free, committed=0, incoming=0, read_at=NOW, **more)


def product(**more: Any) -> Product:
    return Product(sku=SKU, title="Earbuds", category="audio", price=Money(7990, "EUR"), text="", **more)


@pytest.fixture
def at(make):
    """A situation: its order's state and wish, and whatever else differs."""

    def build(state: OrderState, intent: Intent, **more: Any) -> Situation:
        order = make.order(state, **more.pop("order", {}))
        defaults: dict[str, Any] = {"judge": yes, "stock": (level(),), "now": NOW}
        return Situation(order=order, intent=intent, **(defaults | more))

    return build


def keys(s: Situation) -> list[str]:
    return [offer.key.removeprefix("offer-") for offer in offers(s)]


D, L, T, P, C = OrderState.DELIVERED, OrderState.LOST, OrderState.LATE, OrderState.PAID, OrderState.CUSTOMS_HOLD

TABLE = [
    (L, Intent.PARCEL_LOST, {}, ["reship", "refund", "claim"]),
    (L, Intent.ORDER_STATUS, {}, ["reship", "refund", "claim"]),
    (L, Intent.PARCEL_LOST, {"asked": RemedyKind.REFUND}, ["refund", "reship", "claim"]),
    (L, Intent.PARCEL_LOST, {"stock": ()}, ["refund", "claim"]),
    (L, Intent.PARCEL_LOST, {"stock": (level(free=-3),)}, ["refund", "claim"]),
    (L, Intent.PARCEL_LOST, {"stock": (level(stale=True),)}, ["refund", "claim"]),
    (L, Intent.PARCEL_LOST, {"stock": (level("SZX"),)}, ["refund", "claim", "reship"]),
    (L, Intent.PARCEL_LOST, {"batch_bad": True}, ["refund", "claim"]),
    (D, Intent.NOT_RECEIVED, {}, ["reship", "refund", "claim"]),
    (D, Intent.MISSING_ITEM, {}, ["reship", "refund"]),
    (D, Intent.DAMAGED, {}, ["exchange", "return", "part-refund"]),
    (D, Intent.DAMAGED, {"asked": RemedyKind.RESHIP}, ["reship", "return", "part-refund"]),
    (D, Intent.DAMAGED, {"asked": RemedyKind.REFUND}, ["refund", "exchange", "part-refund"]),
    (D, Intent.DAMAGED, {"judge": refusing(RemedyKind.RETURN, RemedyKind.EXCHANGE)}, ["reship", "refund", "part-refund"]),
    (D, Intent.DEFECTIVE, {"products": {SKU: product(bulky=True)}}, ["repair", "exchange", "return"]),
    (D, Intent.DEFECTIVE, {"batch_bad": True}, ["return", "part-refund"]),
    (D, Intent.WRONG_ITEM, {}, ["reship", "return"]),
    (D, Intent.EXCHANGE, {}, ["exchange", "return", "coupon"]),
    (D, Intent.EXCHANGE, {"stock": ()}, ["return", "coupon"]),
    (D, Intent.RETURN_REQUEST, {}, ["return", "exchange", "coupon"]),
    (D, Intent.REFUND_REQUEST, {}, ["return", "exchange", "part-refund"]),
    (D, Intent.WITHDRAWAL, {}, ["return"]),
    (D, Intent.ORDER_STATUS, {}, []),
    (T, Intent.DELIVERY_LATE, {"days_late": 6}, ["wait", "local", "refund"]),
    (T, Intent.DELIVERY_LATE, {"days_late": 12}, ["local", "wait", "refund"]),
    (T, Intent.DELIVERY_LATE, {"days_late": 6, "stock": ()}, ["wait", "refund"]),
    (T, Intent.WITHDRAWAL, {"days_late": 6}, ["refund"]),
    (C, Intent.CUSTOMS, {}, ["wait", "local", "refund"]),
    (OrderState.IN_TRANSIT, Intent.ORDER_STATUS, {}, []),
    (P, Intent.SHIPPING_INFO, {}, ["express", "green", "cancel"]),
    (P, Intent.CANCEL_ORDER, {}, ["cancel"]),
    (P, Intent.SHIPPING_INFO, {"tier": Tier.TIDE}, ["express-free", "green", "cancel"]),
    (OrderState.UNKNOWN, Intent.DAMAGED, {}, []),
    (OrderState.CANCELLED, Intent.REFUND_REQUEST, {}, []),
    (OrderState.REFUNDED, Intent.REFUND_REQUEST, {}, []),
    (OrderState.UNPAID, Intent.CANCEL_ORDER, {}, []),
    (OrderState.PACKED, Intent.CANCEL_ORDER, {}, []),
]


@pytest.mark.parametrize(("state", "intent", "more", "expected"), TABLE)
def test_the_ways_and_their_order(at, state, intent, more, expected) -> None:
    assert keys(at(state, intent, **more)) == expected


def test_nothing_is_offered_on_what_an_unreachable_shop_once_said(at) -> None:
    assert keys(at(L, Intent.PARCEL_LOST, order={"stale": True})) == []


def test_the_nearest_warehouse_with_all_pieces_sends(at) -> None:
    both = (level("RTM", 1), level("SZX", 9))
    (best, *_) = offers(at(L, Intent.PARCEL_LOST, stock=both))
    assert dict(best.remedy.detail) == {"warehouse": "RTM"}
    two = at(L, Intent.PARCEL_LOST, stock=both, pieces=(Piece(SKU, 2),), asked=RemedyKind.RESHIP)
    assert dict(offers(two)[0].remedy.detail) == {"warehouse": "SZX"}


def test_days_are_packing_and_transit_and_longer_before_christmas(at) -> None:
    assert offers(at(L, Intent.PARCEL_LOST))[0].days == (4, 8)
    assert offers(at(L, Intent.PARCEL_LOST, now=NOW.replace(month=12), asked=RemedyKind.RESHIP))[0].days == (6, 12)


def test_what_the_bot_may_not_grant_names_who_may(at) -> None:
    lead = at(L, Intent.PARCEL_LOST, judge=lambda remedy: Said("person", reason=Reason.OVER_LIMIT, needs=Role.LEAD))
    assert {offer.role for offer in offers(lead)} == {Role.LEAD}
    person = at(L, Intent.PARCEL_LOST, judge=lambda remedy: Said("person", reason=Reason.NEEDS_JUDGEMENT))
    assert {offer.role for offer in offers(person)} == {Role.OPERATOR}
    proof = at(L, Intent.PARCEL_LOST, judge=lambda remedy: Said("person", reason=Reason.NEEDS_PROOF))
    assert {offer.role for offer in offers(proof)} == {Role.BOT}


def test_every_offer_carries_the_rule_that_allowed_it(at) -> None:
    assert {offer.remedy.rule for offer in offers(at(L, Intent.PARCEL_LOST))} == {"pack@1#rule:7"}


def test_a_fee_is_named_and_taken_off(at) -> None:
    fee = Money(690, "EUR")
    (offer,) = offers(at(D, Intent.WITHDRAWAL, judge=lambda remedy: Said(fee=fee)))
    assert (offer.key, offer.cost, offer.remedy.amount) == ("offer-return-fee", fee, Money(7300, "EUR"))
    assert name(offer) == "return"


def test_money_back_is_never_more_than_what_was_paid_and_is_left(at, make) -> None:
    line = make.order().lines[0]
    other = replace(line, sku="SOC-1", price=Money(2010, "EUR"), quantity=2)
    order = {"lines": (line, other), "total": Money(6005, "EUR")}  # half of what the lines say: a discount
    whole = at(L, Intent.PARCEL_LOST, order=order, asked=RemedyKind.REFUND)
    assert offers(whole)[0].remedy.amount == Money(6005, "EUR")
    one = at(D, Intent.MISSING_ITEM, order=order, pieces=(Piece("SOC-1", 1),), asked=RemedyKind.REFUND)
    assert offers(one)[0].remedy.amount == Money(1005, "EUR")


def test_nothing_is_paid_back_when_nothing_is_left(at, make) -> None:
    refunds = make.order(OrderState.REFUNDED).refunds
    assert "refund" not in keys(at(L, Intent.PARCEL_LOST, order={"refunds": refunds}))


def test_all_of_the_money_is_never_left_out(at) -> None:
    cheap = at(D, Intent.DEFECTIVE, products={SKU: product(bulky=True)}, asked=RemedyKind.EXCHANGE)
    found = offers(cheap)
    assert len(found) == MOST
    assert any(offer.remedy.kind in {RemedyKind.REFUND, RemedyKind.RETURN} and offer.key != "offer-part-refund" for offer in found)


def test_a_repair_is_for_warranty_or_bulk_and_on_a_business_day(at) -> None:
    dear = {"total": Money(11900, "EUR")}
    s = at(D, Intent.DEFECTIVE, products={SKU: product()}, order=dear)
    repair = next(offer for offer in offers(s) if offer.remedy.kind is RemedyKind.REPAIR)
    assert dict(repair.remedy.detail) == {"day": "2026-05-25", "part_of_day": "morning"}
    assert "repair" not in keys(at(D, Intent.DEFECTIVE, products={SKU: product()}, order=dear, now=NOW + timedelta(days=800)))
    assert "repair" not in keys(at(D, Intent.DEFECTIVE, products={SKU: product()}))  # not worth a technician's way
    assert "repair" not in keys(at(D, Intent.DAMAGED, products={SKU: product()}, order=dear))


def test_customs_earn_an_amount_in_the_customers_currency_and_lateness_a_percentage(at) -> None:
    held = offers(at(C, Intent.CUSTOMS))[0]
    assert dict(held.remedy.detail) == {"minor": "500", "currency": "EUR"}
    late = offers(at(C, Intent.CUSTOMS, days_late=5))[0]
    assert dict(late.remedy.detail) == {"percent": "10"}


def test_what_customs_earn_is_what_the_pack_promises(at) -> None:
    more = replace(TERMS, customs_off=Money(800, "EUR"))
    assert dict(offers(at(C, Intent.CUSTOMS, terms=more))[0].remedy.detail)["minor"] == "800"
    assert "wait" not in keys(at(C, Intent.CUSTOMS, terms=replace(TERMS, customs_off=None)))


def test_faster_shipping_says_its_price_and_carbon(at) -> None:
    express = next(offer for offer in offers(at(P, Intent.SHIPPING_INFO)) if offer.key == "offer-express")
    assert (express.cost, express.grams) == (Money(1290, "EUR"), 900)
    small = at(P, Intent.SHIPPING_INFO, order={"total": Money(2000, "EUR")})
    assert next(offer for offer in offers(small) if offer.key == "offer-express").cost == Money(800, "EUR")


def test_an_unknown_currency_offers_nothing_that_must_be_priced(at) -> None:
    odd = at(P, Intent.SHIPPING_INFO, order={"total": Money(2000, "XTS")})
    assert keys(odd) == ["green", "cancel"]


def test_landed_cost_knows_distance_duty_and_bulk() -> None:
    price = Money(10000, "EUR")
    assert landed.sent(price, "RTM", "DE") == 4500 + 520
    assert landed.sent(price, "SZX", "DE") == 4500 + 1400 + 800
    assert landed.sent(price, "RTM", "DE", bulky=True) == 4500 + 520 + 1500
    assert landed.back(price, "DE") == 520 - 3150
    assert landed.cents(Money(1, "XTS")) == landed.DEAR


@settings(max_examples=many(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    state=st.sampled_from(OrderState),
    intent=st.sampled_from(Intent),
    refused=st.sets(st.sampled_from(RemedyKind)),
    stock=st.lists(st.builds(level, st.sampled_from(["RTM", "SZX", "LAX", "SIN", "???"]), st.integers(-3, 3)), max_size=4),
    late=st.integers(-5, 40),
    bad=st.booleans(),
    asked=st.sampled_from([None, *RemedyKind]),
    minor=st.integers(-10, 10_000),
)
def test_whatever_the_situation_no_more_than_three_different_allowed_ways(
    at, state, intent, refused, stock, late, bad, asked, minor
) -> None:
    s = at(
        state,
        intent,
        judge=refusing(*refused),
        stock=tuple(stock),
        days_late=late,
        batch_bad=bad,
        asked=asked,
        order={"total": Money(minor, "EUR")},
        products={SKU: product()},
    )
    found = offers(s)
    assert len(found) <= MOST
    assert not refused & {offer.remedy.kind for offer in found}
    assert len({name(offer) for offer in found}) == len(found)
    for offer in found:
        amount = offer.remedy.amount
        assert amount is None or 0 <= amount.minor <= max(s.order.paid.minor, 0)
        assert not (bad and offer.remedy.kind in {RemedyKind.RESHIP, RemedyKind.EXCHANGE})
    assert found == offers(s)
