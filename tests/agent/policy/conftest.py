"""Requests to a policy pack: every field has a plain default."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.domain.authority import Proof, Role
from agent.domain.commerce import OrderState, Payment, Product
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy.request import Item, Method, Request

OF_REMEDY = {"intent", "amount", "pieces", "others", "detail"}
OF_REQUEST = {"role", "proof", "earlier", "owner", "given", "given_today", "tier", "now", "payments", "products"}
OF_CUSTOMER = {"country", "spent"}
#: Of the customer's account, and of the order.
CARD, GIFT = "card-1", "gift-1"


class Ask:
    """Requests about #1042: a pair of earbuds, delivered five days ago, paid by card."""

    def __init__(self, make: Any) -> None:
        self.make = make

    def item(self, sku: str = "EAR-131", product: str = "EAR", minor: int = 7990, *, available: bool = True, **more: Any) -> Item:
        made = Product(sku=sku, title="Earbuds", category="audio", price=Money(minor, "EUR"), text="", product=product, **more)
        return Item(made, available)

    def order(self, state: str, age: int | None, country: str, spent: Money | None, **changes: Any) -> Any:
        base = self.make.order(OrderState(state))
        lines = tuple(replace(line, product="EAR") for line in base.lines)
        at = None if age is None else self.make.now - timedelta(days=age)
        parcels = tuple(replace(item, delivered_at=at) for item in base.shipments) if state in {"delivered", "part_returned"} else None
        paid = (Payment(id=CARD, method="card", amount=changes.get("total", base.total)),)
        order = replace(base, lines=lines, payments=paid, shipments=base.shipments if parcels is None else parcels)
        return replace(order, customer=replace(base.customer, country=country, spent=spent), **changes)

    def __call__(self, kind: str, state: str = "delivered", *, age: int | None = 5, **more: Any) -> Request:
        remedy = {key: more.pop(key) for key in OF_REMEDY & more.keys()}
        request = {key: more.pop(key) for key in OF_REQUEST & more.keys()}
        customer = {"country": "DE", "spent": None} | {key: more.pop(key) for key in OF_CUSTOMER & more.keys()}
        remedy["detail"] = tuple(remedy.get("detail", {}).items())
        items = {item.product.sku: item for item in (self.item(), self.item("EAR-130"), *request.pop("products", ()))}
        defaults = {
            "now": self.make.now,
            "role": Role.BOT,
            "proof": Proof.STRONG,
            "payments": (Method(CARD, "card"), Method(GIFT, "gift_card", Money(5000, "EUR"))),
        }
        return Request(
            remedy=Remedy(**{"kind": RemedyKind(kind), "intent": Intent.RETURN_REQUEST, "order": "1042"} | remedy),
            order=self.order(state, age, **customer, **more),
            products=items,
            **(defaults | request),
        )


@pytest.fixture(scope="session")
def ask(make: Any) -> Ask:
    return Ask(make)
