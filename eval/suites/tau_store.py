"""The store of tau-bench as orders of ours. Lenient: what it does not say (days, parcels) is filled so that its policy would apply."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from agent.commerce.routing import WAREHOUSES, warehouse_of
from agent.domain.commerce import Address, Customer, InventoryLevel, Line, Order, OrderState, Shipment, Tier
from agent.domain.money import Money
from eval.stage import Scene
from eval.suites.source import BadRows
from eval.world import NOW

#: Its "pending" may still be changed, its "processed" may not.
STATES: Final = {
    "pending": OrderState.PAID,
    "processed": OrderState.PACKED,
    "delivered": OrderState.DELIVERED,
    "cancelled": OrderState.CANCELLED,
}
COUNTRY: Final = "US"
_PLACED, _SHIPPED, _DELIVERED = timedelta(days=12), timedelta(days=10), timedelta(days=5)


class Store:
    """Its customers by e-mail, their orders by number. Raises BadRows when a field is missing."""

    def __init__(self, orders: Mapping[str, Any], users: Mapping[str, Any]) -> None:
        self.customers = {user: _made("users.json", user, _customer, user, entry) for user, entry in users.items()}
        made = [_made("orders.json", key, self._order, entry) for key, entry in orders.items()]
        self.orders: dict[str, list[Order]] = {}
        for order in made:
            self.orders.setdefault(order.customer.id, []).append(order)

    def _order(self, raw: Mapping[str, Any]) -> Order:
        customer = self.customers[raw["user_id"]]
        lines = tuple(_line(item) for item in raw["items"])
        state = STATES.get(raw["status"], OrderState.PACKED)
        return Order(
            number=digits(raw["order_id"]),
            customer=customer,
            state=state,
            placed_at=NOW - _PLACED if state is OrderState.DELIVERED else NOW - timedelta(days=1),
            total=_usd(sum(Decimal(str(item["price"])) for item in raw["items"])),
            lines=lines,
            address=_address(customer.name, raw["address"]),
            shipments=(_shipment(raw),) if state is OrderState.DELIVERED else (),
            source="tau-bench",
            read_at=NOW,
        )

    def owner(self, number: str) -> str:
        """The customer's id; "" for an unknown order."""
        return next((user for user, own in self.orders.items() if any(order.number == number for order in own)), "")

    def fill(self, running: Scene, user: str) -> None:
        """The customer, their orders, and stock enough of what is in them, into a conversation's own shop."""
        shop, house = running.shop, warehouse_of(COUNTRY)
        own = self.orders.get(user, [])
        shop.customers[self.customers[user].email] = self.customers[user]
        shop.orders |= {order.number: order for order in own}
        for sku in {line.sku for order in own for line in order.lines}:
            shop.stock[sku, house] = InventoryLevel(sku=sku, warehouse=house, on_hand=9, committed=1, incoming=0, read_at=NOW)
        running.before = dict(shop.orders)


def digits(number: str) -> str:
    """Numbers of our shops are digits: "#W2611340" -> "2611340"."""
    return "".join(char for char in number if char.isdecimal())


def _made(file: str, key: str, make: Any, *given: Any) -> Any:
    try:
        return make(*given)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise BadRows(f"{file}: {key}: {type(error).__name__} {error}. Give the file as tau-bench has it.") from None


def _customer(user: str, raw: Mapping[str, Any]) -> Customer:
    name = f"{raw['name']['first_name']} {raw['name']['last_name']}"
    return Customer(id=user, email=raw["email"].casefold(), name=name, country=COUNTRY, language="en", tier=Tier.SWELL)


def _line(raw: Mapping[str, Any]) -> Line:
    options = ", ".join(map(str, raw["options"].values()))
    title = f"{raw['name']} ({options})" if options else raw["name"]
    return Line(sku=f"TAU-{raw['item_id']}", title=title, category="textiles", quantity=1, price=_usd(Decimal(str(raw["price"]))))


def _usd(amount: Decimal | int) -> Money:
    return Money(round(Decimal(amount) * 100), "USD")


def _address(name: str, raw: Mapping[str, Any]) -> Address:
    street = ", ".join(part for part in (raw["address1"], raw.get("address2", "")) if part)
    return Address(name=name, street=street, city=raw["city"], postcode=raw["zip"], country=COUNTRY)


def _shipment(raw: Mapping[str, Any]) -> Shipment:
    tracking = next((str(number) for sent in raw.get("fulfillments", ()) for number in sent["tracking_id"]), "")
    house = WAREHOUSES[warehouse_of(COUNTRY)].code
    arrived = NOW - _DELIVERED
    return Shipment(
        carrier="tau", tracking=tracking, url="", warehouse=house, shipped_at=NOW - _SHIPPED, promised=arrived.date(), delivered_at=arrived
    )
