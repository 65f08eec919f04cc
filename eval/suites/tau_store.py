"""The store and the tasks of tau-bench as its files have them, for the suites."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from agent.commerce.routing import WAREHOUSES, warehouse_of
from agent.domain.commerce import InventoryLevel, Order, OrderState
from agent.domain.decision import RemedyKind
from eval.stage import Scene
from eval.suites.source import BadRows, Row, Source
from eval.tau import canonical
from eval.tau.database import BadStore, Database, database, digits, made
from eval.tau.tasks import Task
from eval.tau.writes import Call
from eval.world import NOW

COUNTRY: Final = "US"
#: The demo shop's rules ask for a category that may go back.
CATEGORY: Final = "textiles"
WRITES: Final = {
    "cancel_pending_order": RemedyKind.CANCEL,
    "return_delivered_order_items": RemedyKind.RETURN,
    "modify_pending_order_address": RemedyKind.CHANGE_ADDRESS,
}


class TaskRow(Row):
    user_id: str = ""
    instruction: str
    intents: tuple[str, ...]
    needs_human: bool
    expected_writes: tuple[dict[str, Any], ...]
    expected_actions: tuple[dict[str, Any], ...] = ()

    def allowed(self) -> set[tuple[str, str]]:
        """What the agent may do alone for this task."""
        known = ((WRITES.get(write.get("name", "")), write.get("args", {})) for write in self.expected_writes)
        return {(kind.value, digits(str(args.get("order_id", "")))) for kind, args in known if kind}

    def named(self) -> list[dict[str, Any]]:
        """The arguments of its gold calls."""
        return [call.get("args", {}) for call in (*self.expected_actions, *self.expected_writes)]


def stores(source: Source) -> tuple[Database, Database]:
    """Of the first release and of the second, which is the first where its file is not there. Raises BadRows."""
    names = ("orders.json", "users.json", "products.json")
    try:
        first = database(*(source.json(source.beside(name)) for name in names))
        file = source.maybe_beside("db_tau2.json")
        both = source.json(file) if file else None
        return first, database(*(both.get(part) for part in ("orders", "users", "products"))) if both else first
    except BadStore as error:
        raise BadRows(str(error)) from None


def user_of(row: TaskRow, users: Mapping[str, Any], owner: Mapping[str, str]) -> str:
    """Who writes: as the gold calls say (one task names a wrong customer), else the task; "" when nobody of the store does."""
    named = [str(args.get("user_id", "")) for args in row.named()]
    named += [owner.get(digits(str(args.get("order_id", ""))), "") for args in row.named()]
    return next((user for user in (*named, row.user_id) if user in users), "")


def task_of(row: TaskRow, databases: tuple[Database, Database]) -> Task:
    calls = tuple(Call(write.get("name", ""), write.get("args", {})) for write in row.expected_writes)
    task = Task(id=row.id, user="", instruction=row.instruction, intents=row.intents, calls=calls)
    store = databases[task.second]
    return replace(task, user=user_of(row, store.users, store.owners))


class Store:
    """For conversations: customers by id, their orders as the demo shop's. Raises BadRows when a field is missing."""

    def __init__(self, orders: Mapping[str, Any], users: Mapping[str, Any]) -> None:
        try:
            self.customers = {user: made("users.json", user, canonical.customer, user, entry) for user, entry in users.items()}
            found = [made("orders.json", key, _order, entry, users) for key, entry in orders.items()]
        except BadStore as error:
            raise BadRows(str(error)) from None
        self.owners = {order.number: order.customer.id for order in found}
        self.orders: dict[str, list[Order]] = {}
        for order in found:
            self.orders.setdefault(order.customer.id, []).append(order)

    def fill(self, running: Scene, user: str) -> None:
        """The customer, their orders, and stock enough of what is in them, into a conversation's own shop."""
        shop, house = running.shop, warehouse_of(COUNTRY)
        own = self.orders.get(user, [])
        shop.customers[self.customers[user].email] = self.customers[user]
        shop.orders |= {order.number: order for order in own}
        for sku in {line.sku for order in own for line in order.lines}:
            shop.stock[sku, house] = InventoryLevel(sku=sku, warehouse=house, on_hand=9, committed=1, incoming=0, read_at=NOW)
        running.before = dict(shop.orders)


def _order(raw: Mapping[str, Any], users: Mapping[str, Any]) -> Order:
    """Lenient: what the demo shop's rules ask for and the store does not say is filled so that they would apply."""
    order = canonical.order(dict(raw), users[raw["user_id"]], NOW)
    lines = tuple(replace(line, sku=f"TAU-{line.sku}", category=CATEGORY) for line in order.lines)
    house = WAREHOUSES[warehouse_of(COUNTRY)].code
    sent = order.shipments[:1] if order.state is OrderState.DELIVERED else ()
    return replace(order, lines=lines, shipments=tuple(replace(parcel, warehouse=house, carrier="tau", skus=()) for parcel in sent))
