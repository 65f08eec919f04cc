"""Every rule of every pack that ships, with a request it lets pass and one it stops."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.domain.authority import Role
from agent.domain.commerce import Line, Piece, Tier
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy.judge import Ruling, judge
from agent.policy.pack import named, shipped

BASE, EU, UK, CN, TAU = "lumen-and-loom", "lumen-and-loom-eu", "lumen-and-loom-uk", "lumen-and-loom-cn", "tau-retail"
EAR, OTHER, WANTED = (Piece("EAR-130"),), (Piece("EAR-131"),), (Piece("LMP-1"),)
CHEST = Line(sku="CHEST", title="Chest", category="textiles", quantity=1, price=Money(7990, "EUR"))
SOAP = Line(sku="SOAP-1", title="Soap", category="beauty", quantity=1, price=Money(500, "EUR"))
HOME = {"name": "Anna Weber", "street": "Lindenweg 4", "postcode": "10115", "city": "Berlin", "country": "Germany"}
ABROAD = HOME | {"city": "Wien", "country": "Austria"}
EUR = {amount: Money(amount * 100, "EUR") for amount in (0, 10, 80, 100, 1001, 5001)}
PERCENT = {"percent": "10"}
BACK, GONE = Intent.WITHDRAWAL, Intent.DAMAGED

#: Of a pack: rule -> (the remedy, what passes, what is stopped); "$gone" are the usual goods, sold out.
Rows = dict[str, tuple[str, dict[str, Any], dict[str, Any]]]
GUARDS: Rows = {
    "remedy-offered": ("return", {}, {"pack": TAU, "kind": "refund"}),
    "order-owned": ("return", {}, {"owner": False}),
    "state-known": ("return", {}, {"state": "unknown"}),
    "pieces-on-order": ("return", {"pieces": EAR}, {"pieces": EAR + EAR}),
    "dates-sane": ("return", {}, {"age": -3}),
    "amount-positive": ("refund", {"amount": EUR[10]}, {"amount": EUR[0]}),
    "currency-of-order": ("refund", {"amount": EUR[10]}, {"amount": Money(1000, "USD")}),
    "within-paid": ("refund", {"amount": EUR[10]}, {"amount": EUR[10], "given": Money(7900, "EUR")}),
    "currency-known": ("refund", {"amount": EUR[10]}, {"total": Money(100, "XXX"), "amount": Money(10, "XXX")}),
}
SHOP: Rows = {
    "cancel-open": ("cancel", {"state": "paid"}, {"state": "cancelled"}),
    "cancel-before-packing": ("cancel", {"state": "unpaid"}, {"state": "packed"}),
    "address-before-packing": ("change_address", {"state": "paid", "detail": HOME}, {"state": "packed", "detail": HOME}),
    "address-complete": ("change_address", {"state": "paid", "detail": HOME}, {"state": "paid", "detail": HOME | {"city": " "}}),
    "address-same-country": ("change_address", {"state": "paid", "detail": HOME}, {"state": "paid", "detail": ABROAD}),
    "items-before-packing": ("change_items", {"state": "paid"}, {"state": "packed"}),
    "items-paired": ("change_items", {"state": "paid", "pieces": EAR, "others": OTHER}, {"state": "paid", "pieces": EAR}),
    "payment-before-packing": ("change_payment", {"state": "paid", "detail": {"payment": "gift-1"}}, {"state": "packed"}),
    "payment-of-customer": (
        "change_payment",
        {"state": "paid", "detail": {"payment": "gift-1"}},
        {"state": "paid", "detail": {"payment": "card-9"}},
    ),
    "shipping-before-packing": ("change_shipping", {"state": "paid", "detail": {"service": "green"}}, {"state": "late"}),
    "shipping-service": (
        "change_shipping",
        {"state": "paid", "detail": {"service": "express"}},
        {"state": "paid", "detail": {"service": "pigeon"}},
    ),
    "return-once": ("return", {}, {"open_return": "R1"}),
    "return-arrived": ("return", {"state": "part_returned"}, {"state": "in_transit"}),
    "withdrawal-right": ("return", {}, {"intent": BACK}),
    "return-window": ("return", {"age": 30}, {"age": 31}),
    "return-opened": ("return", {"lines": (SOAP, CHEST)}, {"lines": (SOAP, CHEST), "detail": {"opened": "yes"}}),
    "return-hygiene": ("return", {"lines": (SOAP, CHEST)}, {"lines": (SOAP,)}),
    "exchange-arrived": ("exchange", {}, {"state": "in_transit"}),
    "exchange-window": ("exchange", {"age": 30}, {"age": 31}),
    "exchange-variant": ("exchange", {"pieces": EAR, "others": OTHER}, {"pieces": EAR, "others": (Piece("LMP-1"),)}),
    "exchange-stock": ("exchange", {"pieces": EAR, "others": OTHER}, {"pieces": EAR, "others": (Piece("EAR-GONE"),)}),
    "exchange-price": ("exchange", {"pieces": EAR, "others": OTHER}, {"pieces": EAR, "others": (Piece("EAR-DEAR"),)}),
    "refund-open": ("refund", {"amount": EUR[10]}, {"amount": EUR[10], "state": "cancelled"}),
    "refund-original": (
        "refund",
        {"amount": EUR[10], "detail": {"payment": "card-1"}},
        {"amount": EUR[10], "detail": {"payment": "gift-1"}},
    ),
    "reship-state": ("reship", {"state": "lost"}, {"state": "paid"}),
    "reship-stock": ("reship", {"pieces": EAR}, {"pieces": EAR, "lines": "$gone"}),
    "report-window": ("refund", {"amount": EUR[10], "intent": GONE, "age": 14}, {"amount": EUR[10], "intent": GONE, "age": 15}),
    "valued-customer": ("refund", {"amount": EUR[10]}, {"amount": EUR[10], "tier": Tier.BEACON}),
    "repair-bulky": ("repair", {"lines": (CHEST,)}, {}),
    "claim-sent": ("claim", {"state": "lost"}, {"state": "lost", "earlier": ("claim",)}),
    "claim-time": ("claim", {"state": "in_transit", "silent": 15}, {"state": "in_transit", "silent": 14}),
    "tracking-sent": ("resend_tracking", {}, {"shipments": ()}),
    "coupon-once": ("coupon", {"state": "late", "detail": PERCENT}, {"state": "late", "detail": PERCENT, "earlier": ("wait",)}),
    "coupon-order-size": (
        "coupon",
        {"state": "late", "detail": PERCENT, "total": Money(15000, "EUR")},
        {"state": "late", "detail": PERCENT, "total": Money(15001, "EUR")},
    ),
    "coupon-earned": ("coupon", {"state": "late", "detail": PERCENT}, {"state": "late", "detail": {"percent": "11"}}),
}
FOURTEEN: Rows = {"withdrawal-right": ("return", {"intent": BACK, "age": 14}, {"intent": BACK, "age": 15})}
SEVEN: Rows = {"withdrawal-right": ("return", {"age": 1}, {"intent": BACK, "age": 1})}
SWAP = {"pieces": EAR, "others": OTHER, "detail": {"payment": "card-1"}}
PAYS = {"state": "paid", "detail": {"payment": "card-2"}}
STORE: Rows = {
    "pending-only": ("cancel", {"state": "paid", "detail": {"reason": "no longer needed"}}, {"state": "packed"}),
    "items-once": ("change_payment", PAYS, PAYS | {"earlier": ("change_items",)}),
    "cancel-reason": (
        "cancel",
        {"state": "paid", "detail": {"reason": "ordered by mistake"}},
        {"state": "paid", "detail": {"reason": "late"}},
    ),
    "address-complete": ("change_address", {"state": "paid", "detail": HOME}, {"state": "paid"}),
    "delivered-only": ("exchange", SWAP, SWAP | {"state": "paid"}),
    "back-once": ("exchange", SWAP, SWAP | {"earlier": ("return",)}),
    "pieces-named": ("return", {"pieces": EAR, "detail": {"payment": "card-1"}}, {"detail": {"payment": "card-1"}}),
    "others-paired": ("exchange", SWAP, SWAP | {"others": ()}),
    "same-product": ("exchange", SWAP, SWAP | {"others": WANTED}),
    "replacement-available": ("exchange", SWAP, SWAP | {"others": (Piece("EAR-GONE"),)}),
    "payment-of-customer": ("exchange", SWAP, SWAP | {"detail": {"payment": "card-9"}}),
    "payment-different": ("change_payment", PAYS, PAYS | {"detail": {"payment": "card-1"}}),
    "refund-to": ("return", {"pieces": EAR, "detail": {"payment": "gift-1"}}, {"pieces": EAR, "detail": {"payment": "card-2"}}),
    "gift-card-covers-total": ("change_payment", PAYS | {"detail": {"payment": "gift-2"}}, PAYS | {"detail": {"payment": "gift-1"}}),
    "gift-card-covers-difference": (
        "exchange",
        SWAP | {"others": (Piece("EAR-DEAR"),), "detail": {"payment": "gift-2"}},
        SWAP | {"others": (Piece("EAR-DEAR"),), "detail": {"payment": "gift-1"}},
    ),
}
ROWS = {"portside": GUARDS, BASE: SHOP, EU: FOURTEEN, UK: FOURTEEN, "lumen-and-loom-us": {}, CN: SEVEN, TAU: STORE}
CASES = [(owner, rule, *row) for owner, rows in ROWS.items() for rule, row in rows.items()]


def test_every_rule_of_every_pack_is_in_the_table() -> None:
    """A new rule needs its two rows."""
    rules = {(rule.ref.partition("@")[0], rule.id) for pack in shipped().values() for rule in pack.rule}
    assert rules == {(owner, rule) for owner, rows in ROWS.items() for rule in rows}


@pytest.mark.parametrize(("owner", "rule", "kind", "passes", "stopped"), CASES, ids=[f"{case[0]}#{case[1]}" for case in CASES])
def test_a_rule_lets_pass_and_stops(ask: Any, owner: str, rule: str, kind: str, passes: dict[str, Any], stopped: dict[str, Any]) -> None:
    free, caught = (_verdict(ask, owner, kind, row) for row in (passes, stopped))
    assert free.id.startswith("limits."), free
    assert (caught.id, caught.rule.partition("@")[0]) == (rule, owner), caught
    (found,) = (each for each in named(BASE if owner == "portside" else owner).rule if each.id == rule)
    assert caught.ruling is (Ruling.REFUSE if found.otherwise == "refuse" else Ruling.PERSON)
    assert (caught.reason, caught.says, caught.place) == (found.reason, found.says, found.place)


@pytest.mark.parametrize(("owner", "rule", "kind", "passes", "stopped"), CASES, ids=[f"{case[0]}#{case[1]}" for case in CASES])
def test_a_person_may_where_the_rule_says_so(ask: Any, owner: str, rule: str, kind: str, passes: Any, stopped: dict[str, Any]) -> None:
    caught = _verdict(ask, owner, kind, stopped | {"role": Role.FINANCE})
    (found,) = (each for each in named(BASE if owner == "portside" else owner).rule if each.id == rule)
    assert (caught.id == rule) is (found.otherwise == "refuse")


def _verdict(ask: Any, owner: str, kind: str, row: dict[str, Any]) -> Any:
    row = dict(row)
    pack = row.pop("pack", BASE if owner == "portside" else owner)
    kind, silent = row.pop("kind", kind), row.pop("silent", None)
    state = row.pop("state", "delivered")
    wares = (
        ask.item("LMP-1", "LMP"),
        ask.item("EAR-GONE", available=False),
        ask.item("EAR-DEAR", minor=20000),
        ask.item("CHEST", bulky=True),
    )
    accounts = ask(kind).payments
    more = (replace(accounts[0], id="card-2"), replace(accounts[1], id="gift-2", balance=Money(50000, "EUR")))
    if row.get("lines") == "$gone":
        row |= {"lines": ask(kind).order.lines, "products": (ask.item("EAR-130", available=False),)}
    request = ask(kind, state, payments=(*accounts, *more), **({"products": wares} | row))
    return judge(named(pack), replace(request, order=_as_told(ask, request.order, silent)))


def _as_told(ask: Any, order: Any, silent: int | None) -> Any:
    """`silent`: days since anybody saw the parcel."""
    if silent is None:
        return order
    at = ask.make.now - timedelta(days=silent)
    return replace(order, shipments=tuple(replace(item, shipped_at=at, checkpoints=()) for item in order.shipments))
