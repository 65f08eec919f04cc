"""What the benchmark's own tools leave behind, written from their published behaviour: the measure that our effects are held against.

It shares nothing with `effects.py` but the files, so that a slip in one shows. Prices move in floats, as there: a difference may end in
...98, an exchange's is rounded. The second release of the tools (tau2) gives all changed items of one call the last one's price and
options; that slip is not followed.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from eval.tau.database import Database, Json
from eval.tau.writes import Call

REASONS: Final = ("no longer needed", "ordered by mistake")
_ADDRESS: Final = ("address1", "address2", "city", "state", "country", "zip")


class _No(Exception):
    """The tool answers with an error and changes nothing."""


def apply(database: Database, call: Call) -> str:
    """Does the call; "" when it was done, else the tool's complaint in a few words."""
    tool = _TOOLS.get(call.name)
    if tool is None:
        return ""
    try:
        tool(database, dict(call.args))
    except _No as no:
        return str(no)
    return ""


def _order(database: Database, args: Json, status: str) -> tuple[Json, Json]:
    """The order and its customer, copied, in the state the tool asks for."""
    key = args["order_id"]
    found = database.orders.get(key)
    if found is None:
        raise _No("no such order")
    if found["status"] != status:
        raise _No(f"not {status}")
    user = database.user(found["user_id"])
    return database.order(key.removeprefix("#W")) or {}, user or {}


def _keep(database: Database, order: Json, user: Json) -> None:
    database.orders[order["order_id"]] = order
    database.users[order["user_id"]] = user


def _cancel(database: Database, args: Json) -> None:
    order, user = _order(database, args, "pending")
    if args["reason"] not in REASONS:
        raise _No("no such reason")
    paid = order["payment_history"]
    for entry in paid:
        _top_up(user, entry["payment_method_id"], entry["amount"])
    order["payment_history"] = paid + [{**entry, "transaction_type": "refund"} for entry in paid]
    order["status"], order["cancel_reason"] = "cancelled", args["reason"]
    _keep(database, order, user)


def _order_address(database: Database, args: Json) -> None:
    order, user = _order(database, args, "pending")
    order["address"] = {name: args[name] for name in _ADDRESS}
    _keep(database, order, user)


def _user_address(database: Database, args: Json) -> None:
    user = database.user(args["user_id"])
    if user is None:
        raise _No("no such customer")
    user["address"] = {name: args[name] for name in _ADDRESS}
    database.users[args["user_id"]] = user


def _payment(database: Database, args: Json) -> None:
    order, user = _order(database, args, "pending")
    new = args["payment_method_id"]
    _own(user, new)
    if [entry["transaction_type"] for entry in order["payment_history"]] != ["payment"]:
        raise _No("more than one payment")
    [only] = order["payment_history"]
    if only["payment_method_id"] == new:
        raise _No("the same way to pay")
    _covers(user, new, only["amount"])
    order["payment_history"] = [only, {**only, "payment_method_id": new}, {**only, "transaction_type": "refund"}]
    _top_up(user, new, -only["amount"])
    _top_up(user, only["payment_method_id"], only["amount"])
    _keep(database, order, user)


def _items(database: Database, args: Json) -> None:
    order, user = _order(database, args, "pending")
    more, new = _swap(database, order, args)
    method = args["payment_method_id"]
    _own(user, method)
    _covers(user, method, more)
    kind = "payment" if more > 0 else "refund"
    order["payment_history"] = [
        *order["payment_history"],
        {"transaction_type": kind, "amount": abs(more), "payment_method_id": method},
    ]
    _top_up(user, method, -more)
    for old, variant in zip(args["item_ids"], new, strict=True):
        at = [item["item_id"] for item in order["items"]].index(old)
        order["items"][at] = order["items"][at] | {name: variant[name] for name in ("item_id", "price", "options")}
    order["status"] = "pending (item modified)"
    _keep(database, order, user)


def _return(database: Database, args: Json) -> None:
    order, user = _order(database, args, "delivered")
    method = args["payment_method_id"]
    _own(user, method)
    if not method.startswith("gift_card") and method != order["payment_history"][0]["payment_method_id"]:
        raise _No("neither the way it was paid nor a gift card")
    _on_order(order, args["item_ids"])
    order |= {"status": "return requested", "return_items": sorted(args["item_ids"]), "return_payment_method_id": method}
    _keep(database, order, user)


def _exchange(database: Database, args: Json) -> None:
    order, user = _order(database, args, "delivered")
    more, _ = _swap(database, order, args)
    method = args["payment_method_id"]
    _own(user, method)
    _covers(user, method, round(more, 2))
    order["status"] = "exchange requested"
    order["exchange_items"], order["exchange_new_items"] = sorted(args["item_ids"]), sorted(args["new_item_ids"])
    order["exchange_payment_method_id"], order["exchange_price_difference"] = method, round(more, 2)
    _keep(database, order, user)


_TOOLS: Final[Mapping[str, Callable[[Database, Json], None]]] = {
    "cancel_pending_order": _cancel,
    "modify_pending_order_address": _order_address,
    "modify_user_address": _user_address,
    "modify_pending_order_payment": _payment,
    "modify_pending_order_items": _items,
    "return_delivered_order_items": _return,
    "exchange_delivered_order_items": _exchange,
}


def _swap(database: Database, order: Json, args: Json) -> tuple[float, list[Json]]:
    """What the customer has to add, and the new variants."""
    _on_order(order, args["item_ids"])
    if len(args["item_ids"]) != len(args["new_item_ids"]):
        raise _No("another number of new items")
    more, new = 0.0, list[Json]()
    for old, wanted in zip(args["item_ids"], args["new_item_ids"], strict=True):
        item = next(item for item in order["items"] if item["item_id"] == old)
        variant: dict[str, Any] = database.products[item["product_id"]]["variants"].get(wanted, {})
        if not variant.get("available", False):
            raise _No("the new item cannot be had")
        more += variant["price"] - item["price"]
        new.append(variant)
    return more, new


def _on_order(order: Json, items: list[str]) -> None:
    there = [item["item_id"] for item in order["items"]]
    if any(items.count(item) > there.count(item) for item in items):
        raise _No("an item that is not on the order")


def _own(user: Json, method: str) -> None:
    if method not in user["payment_methods"]:
        raise _No("no such way to pay")


def _covers(user: Json, method: str, amount: float) -> None:
    if user["payment_methods"][method].get("balance", amount) < amount:
        raise _No("the gift card holds too little")


def _top_up(user: Json, method: str, amount: float) -> None:
    if method.startswith("gift_card"):
        card = user["payment_methods"][method]
        card["balance"] = round(card["balance"] + amount, 2)
