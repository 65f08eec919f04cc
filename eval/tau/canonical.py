"""The store's JSON as our model. It keeps no dates, so an order's days are filled in where its policy asks for none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from agent.domain.commerce import (
    Address,
    Customer,
    Line,
    Order,
    OrderState,
    Payment,
    Piece,
    Product,
    Refund,
    Return,
    ReturnState,
    Shipment,
    Tier,
)
from agent.domain.decision import RemedyKind
from agent.domain.money import Money
from agent.policy.address import country_code
from agent.policy.request import GIFT_CARD, Item, Method
from eval.tau.database import Json, digits

CURRENCY: Final = "USD"
SOURCE: Final = "tau-bench"
#: Its "pending" may still be changed, its "processed" may not. What was asked for since stands behind the state.
STATES: Final[Mapping[str, tuple[OrderState, tuple[RemedyKind, ...]]]] = {
    "pending": (OrderState.PAID, ()),
    "pending (item modified)": (OrderState.PAID, (RemedyKind.CHANGE_ITEMS,)),
    "processed": (OrderState.PACKED, ()),
    "delivered": (OrderState.DELIVERED, ()),
    "return requested": (OrderState.DELIVERED, (RemedyKind.RETURN,)),
    "exchange requested": (OrderState.DELIVERED, (RemedyKind.EXCHANGE,)),
    "cancelled": (OrderState.CANCELLED, ()),
}
_UNKNOWN = (OrderState.UNKNOWN, ())
_METHODS: Final = {"credit_card": "card", "paypal": "paypal", "gift_card": GIFT_CARD}
_PLACED, _SHIPPED, _DELIVERED = timedelta(days=12), timedelta(days=10), timedelta(days=5)


def usd(amount: object) -> Money:
    return Money(round(Decimal(str(amount)) * 100), CURRENCY)


def customer(user: str, raw: Json) -> Customer:
    name = f"{raw['name']['first_name']} {raw['name']['last_name']}"
    country = country_code(raw["address"]["country"]) or ""
    return Customer(id=user, email=raw["email"].casefold(), name=name, country=country, language="en", tier=Tier.SWELL)


def earlier(raw: Json) -> tuple[str, ...]:
    """Kinds of remedy the order has had, which the store tells by its state."""
    return tuple(kind.value for kind in STATES.get(raw["status"], _UNKNOWN)[1])


def order(raw: Json, user: Json, now: datetime) -> Order:
    """Raises KeyError and the like for an entry that lacks a field."""
    state = STATES.get(raw["status"], _UNKNOWN)[0]
    who, number = customer(raw["user_id"], user), digits(raw["order_id"])
    history, methods = raw.get("payment_history", ()), user.get("payment_methods", {})
    returns = _returns(raw, number, now)
    return Order(
        number=number,
        customer=who,
        state=state,
        placed_at=now - (_PLACED if state is OrderState.DELIVERED else timedelta(days=1)),
        total=usd(sum(Decimal(str(item["price"])) for item in raw["items"])),
        lines=tuple(_line(item) for item in raw["items"]),
        address=_address(who.name, raw["address"]),
        shipments=tuple(_shipment(sent, state, now) for sent in raw.get("fulfillments", ())),
        payments=tuple(_payment(entry, methods) for entry in history if entry["transaction_type"] == "payment"),
        refunds=tuple(_refund(entry, now) for entry in history if entry["transaction_type"] == "refund"),
        returns=returns,
        open_return=returns[0].number if returns else None,
        raw_state=raw["status"] if state is OrderState.UNKNOWN else "",
        source=SOURCE,
        read_at=now,
    )


def profile(user: str, raw: Json, now: datetime) -> Order:
    """A customer's own data as an order that nobody has placed yet: whose default address it would go to."""
    who = customer(user, raw)
    return Order(
        number="",
        customer=who,
        state=OrderState.PAID,
        placed_at=now,
        total=usd(0),
        lines=(),
        address=_address(who.name, raw["address"]),
        source=SOURCE,
        read_at=now,
    )


def item(product: Json, variant: Json) -> Item:
    return Item(product_of(product, variant), bool(variant["available"]))


def product_of(product: Json, variant: Json) -> Product:
    options = _options(variant)
    return Product(
        sku=variant["item_id"],
        title=_title(product["name"], options),
        category=product["name"].casefold(),
        price=usd(variant["price"]),
        text=", ".join(f"{name}: {value}" for name, value in options),
        product=product["product_id"],
        options=options,
    )


def methods_of(user: Json) -> tuple[Method, ...]:
    """The ways to pay of a customer's account."""
    return tuple(_method(raw) for raw in user.get("payment_methods", {}).values())


def _method(raw: Json) -> Method:
    return Method(raw["id"], _METHODS.get(raw["source"], "other"), usd(raw["balance"]) if "balance" in raw else None)


def _line(raw: Json) -> Line:
    options = _options(raw)
    return Line(
        sku=raw["item_id"],
        title=_title(raw["name"], options),
        category=raw["name"].casefold(),
        quantity=1,
        price=usd(raw["price"]),
        id=raw["item_id"],
        product=raw.get("product_id", ""),
        options=options,
    )


def _options(raw: Json) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in raw["options"].items())


def _title(name: str, options: tuple[tuple[str, str], ...]) -> str:
    said = ", ".join(value for _, value in options)
    return f"{name} ({said})" if said else name


def _address(name: str, raw: Json) -> Address:
    street = ", ".join(part for part in (raw["address1"], raw.get("address2", "")) if part)
    country = country_code(raw["country"]) or ""
    return Address(name=name, street=street, city=raw["city"], postcode=raw["zip"], country=country, region=raw.get("state", ""))


def _shipment(raw: Json, state: OrderState, now: datetime) -> Shipment:
    arrived = now - _DELIVERED
    return Shipment(
        carrier="",
        tracking=next(iter(raw["tracking_id"]), ""),
        url="",
        warehouse="",
        shipped_at=now - _SHIPPED,
        promised=arrived.date(),
        delivered_at=arrived if state is OrderState.DELIVERED else None,
        skus=tuple(raw["item_ids"]),
    )


def _payment(raw: Json, methods: Json) -> Payment:
    held: dict[str, Any] = methods.get(raw["payment_method_id"], {})
    known = _method(held) if held else None
    method, balance = (known.kind, known.balance) if known else ("other", None)
    return Payment(id=raw["payment_method_id"], method=method, amount=usd(raw["amount"]), balance=balance)


def _refund(raw: Json, now: datetime) -> Refund:
    return Refund(amount=usd(raw["amount"]), at=now, succeeded=True, payment=raw["payment_method_id"])


def _returns(raw: Json, number: str, now: datetime) -> tuple[Return, ...]:
    if raw["status"] != "return requested":
        return ()
    pieces = tuple(Piece(item) for item in raw.get("return_items", ()))
    return (Return(number=f"{number}-R", state=ReturnState.REQUESTED, pieces=pieces, at=now),)
