"""Limits by role and tier, rights, proof, fees, local days, and data that makes no sense."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.domain.authority import Proof, Role
from agent.domain.commerce import OrderState, Piece, Refund, Tier
from agent.domain.decision import Reason, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy.judge import Ruling, judge
from agent.policy.pack import load, named, packs
from tests.examples import many

BASE = named("lumen-and-loom")
BOT, OPERATOR, LEAD, FINANCE = Role


def euro(amount: float) -> Money:
    return Money(round(amount * 100), "EUR")


@pytest.fixture
def large(ask: Any):
    """A refund on an order of EUR 900, paid by card."""

    def build(amount: float, **more: Any) -> Any:
        return ask("refund", amount=euro(amount), total=euro(900), **more)

    return build


@pytest.mark.parametrize(
    ("amount", "needs"), [(0.01, OPERATOR), (100, OPERATOR), (100.01, LEAD), (500, LEAD), (500.01, FINANCE), (900, FINANCE), (900.01, None)]
)
def test_who_may_pay_back_how_much(large: Any, amount: float, needs: Role | None) -> None:
    for role in Role:
        verdict = judge(BASE, large(amount, role=role))
        if needs is None:
            assert (verdict.ruling, verdict.id) == (Ruling.REFUSE, "within-paid")
        else:
            assert (verdict.allowed, verdict.needs) == (role.rank >= needs.rank, needs)
            assert verdict.allowed or (verdict.reason, verdict.id) == (Reason.OVER_LIMIT, f"limits.{role}")


def test_many_small_refunds_are_one_large_one(large: Any) -> None:
    assert judge(BASE, large(60, role=OPERATOR)).allowed
    promised = large(60, role=OPERATOR, given=euro(60))
    paid = large(60, role=OPERATOR)
    went = Refund(amount=euro(60), at=paid.now, succeeded=True)
    returned = replace(paid, order=replace(paid.order, refunds=(went,)))
    for request in (promised, returned):
        verdict = judge(BASE, request)
        assert (verdict.ruling, verdict.needs, verdict.reason) == (Ruling.PERSON, LEAD, Reason.OVER_LIMIT)


@pytest.mark.parametrize(("before", "allowed"), [(900, True), (900.01, False)])
def test_a_day_of_one_person_has_a_limit(large: Any, before: float, allowed: bool) -> None:
    assert judge(BASE, large(100, role=OPERATOR, given_today=euro(before))).allowed is allowed


def test_a_tier_raises_the_limit_of_an_operator(large: Any) -> None:
    assert not judge(BASE, large(150, role=OPERATOR)).allowed
    assert judge(BASE, large(150, role=OPERATOR, tier=Tier.BEACON)).allowed


@pytest.mark.parametrize(
    "changes", [{"tier": Tier.BEACON}, {"spent": euro(5000.01)}, {"total": euro(1000.01)}], ids=["tier", "spent", "large order"]
)
def test_a_high_value_customer_has_a_person(ask: Any, changes: dict[str, Any]) -> None:
    verdict = judge(BASE, ask("reship", "lost", **changes))
    assert (verdict.id, verdict.ruling, verdict.reason) == ("valued-customer", Ruling.PERSON, Reason.VIP_COMPLAINT)


def test_money_needs_the_strong_proof_whoever_grants_it(large: Any, ask: Any) -> None:
    weak = judge(BASE, large(10, role=OPERATOR, proof=Proof.ORDER_EMAIL))
    assert (weak.ruling, weak.reason, weak.proof, weak.needs) == (Ruling.PERSON, Reason.NEEDS_PROOF, Proof.STRONG, OPERATOR)
    assert judge(BASE, ask("return", proof=Proof.ORDER_EMAIL)).allowed
    assert judge(BASE, ask("return", proof=Proof.NONE)).reason is Reason.NEEDS_PROOF


@pytest.mark.parametrize(
    ("country", "intent", "fee"),
    [
        ("DE", Intent.RETURN_REQUEST, None),
        ("US", Intent.RETURN_REQUEST, None),
        ("JP", Intent.RETURN_REQUEST, Money(690, "EUR")),
        ("JP", Intent.DEFECTIVE, None),
    ],
)
def test_who_pays_the_way_back(ask: Any, country: str, intent: Intent, fee: Money | None) -> None:
    request = ask("return", intent=intent)
    order = replace(request.order, address=replace(request.order.address, country=country))
    assert judge(BASE, replace(request, order=order)).fee == fee


@pytest.mark.parametrize(
    ("country", "days", "allowed"),
    [("DE", 14, True), ("DE", 15, False), ("GB", 14, True), ("US", 1, False), ("CN", 1, False), ("JP", 1, False)],
)
def test_a_withdrawal_is_never_refused(ask: Any, country: str, days: int, allowed: bool) -> None:
    verdict = judge(packs(country), ask("return", intent=Intent.WITHDRAWAL, age=days, country=country))
    assert verdict.allowed is allowed
    assert verdict.ruling is not Ruling.REFUSE
    assert allowed or verdict.reason is Reason.RIGHT_AT_STAKE


def test_a_right_turns_a_refusal_into_a_persons_decision(ask: Any) -> None:
    """A faulty article cannot be exchanged before it has arrived, says the shop; in the EU no machine says so."""
    request = ask("exchange", "in_transit", intent=Intent.DEFECTIVE)
    arrived = replace(request, order=replace(request.order, shipments=ask("exchange").order.shipments))
    verdict = judge(packs("DE"), arrived)
    assert (verdict.ruling, verdict.id, verdict.reason) == (Ruling.PERSON, "guarantee", Reason.RIGHT_AT_STAKE)
    assert judge(packs("JP"), arrived).ruling is Ruling.REFUSE
    assert judge(packs("DE"), replace(arrived, owner=False)).ruling is Ruling.REFUSE  # nobody's right to another's order
    gone = replace(arrived, role=OPERATOR)
    assert judge(packs("DE"), gone).ruling is Ruling.REFUSE  # a person reads the shop's own rule


@pytest.mark.parametrize(
    ("delivered", "now", "allowed"),
    [
        # The clocks went back on 25 October 2026: 30 calendar days are 721 hours.
        ("2026-10-20T22:30+00:00", "2026-11-20T22:59+00:00", True),  # 21 October in Berlin until the end of 20 November
        ("2026-10-20T22:30+00:00", "2026-11-20T23:01+00:00", False),
        ("2026-10-20T21:30+00:00", "2026-11-19T22:59+00:00", True),
        ("2026-10-20T21:30+00:00", "2026-11-19T23:01+00:00", False),
        # They went forward on 29 March 2026.
        ("2026-03-10T23:30+00:00", "2026-04-10T21:59+00:00", True),
        ("2026-03-10T23:30+00:00", "2026-04-10T22:01+00:00", False),
        ("2026-10-20T12:00", "2026-11-19T12:00", True),  # times without a zone are taken as UTC
    ],
)
def test_windows_are_local_calendar_days(ask: Any, delivered: str, now: str, allowed: bool) -> None:
    request = ask("return", now=datetime.fromisoformat(now))
    (parcel,) = request.order.shipments
    placed = datetime(2026, 3, 1, tzinfo=UTC)
    order = replace(
        request.order, placed_at=placed, shipments=(replace(parcel, shipped_at=placed, delivered_at=datetime.fromisoformat(delivered)),)
    )
    assert judge(packs("DE"), replace(request, order=order)).allowed is allowed


def test_a_piece_is_judged_by_its_own_parcel(ask: Any, make: Any) -> None:
    request = ask("return", pieces=(Piece("EAR-130"),))
    (parcel,) = request.order.shipments
    old = replace(parcel, skus=("EAR-130",), delivered_at=make.now - timedelta(days=40))
    coming = replace(parcel, skus=("LMP-1",), delivered_at=None)
    order = replace(request.order, shipments=(old, coming))
    assert judge(BASE, replace(request, order=order)).id == "return-window"
    fresh = replace(order, shipments=(replace(old, delivered_at=make.now), coming))
    assert judge(BASE, replace(request, order=fresh)).allowed


@pytest.mark.parametrize(
    ("changes", "rule", "ruling"),
    [
        ({"state": "unknown"}, "state-known", Ruling.PERSON),
        ({"age": None}, "return-window", Ruling.PERSON),
        ({"age": -3}, "dates-sane", Ruling.PERSON),
        ({"kind": "refund", "amount": Money(-1, "EUR")}, "amount-positive", Ruling.REFUSE),
        ({"kind": "refund", "amount": Money(1, "USD")}, "currency-of-order", Ruling.REFUSE),
        ({"kind": "reship", "pieces": (Piece("NO-SUCH"),)}, "pieces-on-order", Ruling.REFUSE),
        ({"kind": "reship", "pieces": (Piece("EAR-130", -1),)}, "pieces-on-order", Ruling.REFUSE),
        ({"kind": "coupon", "state": "late", "detail": {"percent": "９０"}}, "coupon-earned", Ruling.PERSON),
        ({"kind": "coupon", "state": "late", "detail": {"minor": "1" * 50, "currency": "EUR"}}, "coupon-earned", Ruling.PERSON),
    ],
)
def test_odd_data_has_a_clear_answer(ask: Any, changes: dict[str, Any], rule: str, ruling: Ruling) -> None:
    changes = dict(changes)
    verdict = judge(BASE, ask(changes.pop("kind", "return"), changes.pop("state", "delivered"), **changes))
    assert (verdict.id, verdict.ruling) == (rule, ruling)


MONEY = st.builds(Money, st.integers(-(10**6), 10**6), st.sampled_from(["EUR", "USD", "JPY", "XXX", ""]))
WORDS = st.sampled_from(["", "10", "-1", "abc", "card-1", "gift-1", "Germany", "express", "9" * 40])
NAMES = st.sampled_from(["percent", "minor", "currency", "payment", "country", "service", "reason", "opened", "name", "city"])
PIECES = st.lists(st.builds(Piece, st.sampled_from(["EAR-130", "EAR-131", "NO"]), st.integers(-2, 3)), max_size=3).map(tuple)


@settings(max_examples=many(400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_it_never_fails_and_never_gives_more_than_was_paid(ask: Any, data: Any) -> None:
    draw = data.draw
    pack = draw(st.sampled_from([packs("DE"), packs("CN"), BASE, named("tau-retail")]))
    request = ask(
        draw(st.sampled_from(list(RemedyKind))).value,
        draw(st.sampled_from(list(OrderState))).value,
        age=draw(st.sampled_from([None, -400, 0, 14, 31])),
        intent=draw(st.sampled_from(list(Intent))),
        role=draw(st.sampled_from(list(Role))),
        amount=draw(st.none() | MONEY),
        pieces=draw(PIECES),
        others=draw(PIECES),
        detail=draw(st.dictionaries(NAMES, WORDS, max_size=4)),
        given=draw(st.none() | MONEY),
        given_today=draw(st.none() | MONEY),
        total=draw(MONEY),
        spent=draw(st.none() | MONEY),
    )
    verdict = judge(pack, request)
    if verdict.allowed and request.remedy.kind is RemedyKind.REFUND:
        amount = request.remedy.amount or request.order.total
        assert 0 < amount.minor <= request.order.paid.minor
        assert request.role is not BOT
    assert verdict.rule.count("@") == 1
    assert verdict.allowed or verdict.reason


AUTO = """
name = "shop"
version = "1"
extends = "lumen-and-loom"
says = "A shop that sends cables again without asking."

[[auto]]
id = "cables"
remedy = ["reship", "refund"]
sku = ["CBL-*", "TIP-1"]
amount = 10
says = "Cables up to EUR 10 are sent again, or paid back, at once."
"""


@pytest.mark.parametrize(
    ("sku", "minor", "given", "allowed"),
    [
        ("CBL-2", 1000, None, True),
        ("TIP-1", 1000, None, True),
        ("CBL-2", 1001, None, False),
        ("LMP-1", 500, None, False),
        ("CBL-2", 600, 500, False),
    ],
)
def test_the_agent_grants_some_articles_alone(ask: Any, tmp_path: Path, sku: str, minor: int, given: int | None, allowed: bool) -> None:
    (tmp_path / "shop.toml").write_text(AUTO, encoding="utf-8")
    pack = load(tmp_path).of("DE")
    request = ask("refund", amount=Money(minor, "EUR"), given=None if given is None else Money(given, "EUR"))
    order = replace(request.order, lines=tuple(replace(line, sku=sku) for line in request.order.lines))
    verdict = judge(pack, replace(request, order=order))
    assert verdict.allowed is allowed
    assert (verdict.id == "cables") is allowed
