"""What every wish comes to in every state of an order: one line a plan, so that a change of the policy's form can be held to its substance."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent.domain.commerce import Line, OrderState, Refund
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.domain.triage import Flag
from agent.policy.orders import PLANNERS
from agent.policy.serve import plan

COUNTRIES = ("DE", "GB", "US", "CN", "JP", "BR")
AGES = (None, 0, 7, 8, 14, 15, 30, 31)
TYPED = "Please send it to: Anna Weber, Lindenweg 4, 10115 Berlin, Germany"
ABROAD = "Please send it to: Anna Weber, Lindenweg 4, 1010 Wien, Austria"
SOAP = Line(sku="SOAP-1", title="Soap", category="beauty", quantity=1, price=Money(7990, "EUR"))


def variants(make: Any, state: OrderState) -> Iterator[tuple[str, Any, str, dict[str, Any]]]:
    """(name, order, text, changes of the triage) for a state."""
    base = make.order(state)
    for country, age in itertools.product(COUNTRIES, AGES):
        order = replace(base, customer=replace(base.customer, country=country), address=replace(base.address, country=country))
        yield f"{country}/{age}", _aged(make, order, age), "x", {}
    yield "typed", base, TYPED, {}
    yield "abroad", base, ABROAD, {}
    yield "open return", replace(base, open_return="R1"), "x", {}
    yield "beauty", replace(base, lines=(SOAP,)), "x", {}
    yield "beauty and more", replace(base, lines=(SOAP, *base.lines)), "x", {}
    yield "dear", replace(base, total=Money(15001, "EUR")), "x", {}
    yield "fifteen tens", replace(base, total=Money(15000, "EUR")), "x", {}
    yield "zero", replace(base, total=Money(0, "EUR")), "x", {}
    yield "unknown currency", replace(base, total=Money(7990, "XXX")), "x", {}
    yield "yen", replace(base, total=Money(13000, "JPY")), "x", {}
    yield "tracking wished", base, "x", {"flags": frozenset({Flag.TRACKING})}
    yield "refund long ago", replace(base, refunds=(_refund(make),)), "x", {}
    yield "no parcel", replace(base, shipments=()), "x", {}
    for days in (3, 4):
        parcels = tuple(replace(item, promised=make.today - timedelta(days=days)) for item in base.shipments)
        yield f"{days} days late", replace(base, shipments=parcels), "x", {}


def _aged(make: Any, order: Any, age: int | None) -> Any:
    at = None if age is None else make.now - timedelta(days=age)
    parcel = replace(make.shipment(OrderState.DELIVERED), delivered_at=at)
    return replace(order, shipments=(parcel,))


def _refund(make: Any) -> Refund:
    return Refund(amount=Money(100, "EUR"), at=make.now - timedelta(days=15), succeeded=True)


def outcome(make: Any, intent: Any, order: Any, text: str, changes: dict[str, Any]) -> str:
    view = make.view(make.turn(text), make.triage(intent, text=text, **changes), make.context(order))
    found = PLANNERS[intent](view, intent, order)
    remedies = ", ".join(
        f"{item.kind}{' ' + str(item.amount.minor) + item.amount.currency if item.amount else ''}"
        f"{''.join(' ' + value for _, value in item.detail)}{' blocked ' + item.blocked if item.blocked else ''}"
        for item in found.remedies
    )
    chain = " chain" if found.supply_chain else ""
    return f"{remedies or '-'} | {found.question or '-'} | {found.handover or '-'}{chain}"


def table(make: Any) -> dict[str, Any]:
    """ "intent state" -> the outcome of most variants, and where one differs, its own."""
    rows: dict[str, Any] = {}
    for intent, state in itertools.product(PLANNERS, OrderState):
        if state is OrderState.UNKNOWN or intent is Intent.SHIPPING_INFO:  # these reach no planner
            continue
        found = {name: outcome(make, intent, order, text, changes) for name, order, text, changes in variants(make, state)}
        usual, _ = Counter(found.values()).most_common(1)[0]
        rows[f"{intent} {state}"] = {"usual": usual} | {name: value for name, value in found.items() if value != usual}
    return rows


def test_every_outcome_is_what_it_was_before_the_policy_became_data(make: Any) -> None:
    """`outcomes.json` was written by the planners that had states, windows and categories in their code."""
    before = json.loads(Path(__file__).with_name("outcomes.json").read_text(encoding="utf-8"))
    assert table(make) == before


def test_what_is_suggested_or_done_names_its_rule(make: Any) -> None:
    order = make.order(OrderState.PACKED)
    view = make.view(make.turn("x"), make.triage(Intent.CANCEL_ORDER), make.context(order))
    (remedy,) = plan(view, Intent.CANCEL_ORDER).remedies
    assert re.fullmatch(r"lumen-and-loom@2026-11#cancel-before-packing:\d+", remedy.rule)
    done = plan(replace(view, context=make.context(make.order(OrderState.PAID))), Intent.CANCEL_ORDER).remedies[0]
    assert re.fullmatch(r"lumen-and-loom@2026-11#limits\.bot:\d+", done.rule)
