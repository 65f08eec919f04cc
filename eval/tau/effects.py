"""Our effects on the store's JSON: what its own tools would leave behind. Each is whole or nothing, and once a key."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from eval.tau.database import Database, Json

PENDING, CHANGED, DELIVERED = "pending", "pending (item modified)", "delivered"
_COUNTRIES: Final = {"US": "USA"}


class Refused(Exception):
    """The store does not do it; the text says why."""


class TauEffects:
    """Effects on a database. `user` is who writes: an address without an order becomes this customer's own."""

    def __init__(self, database: Database, user: str = "") -> None:
        self._database = database
        self._user = user
        self._done: dict[str, EffectResult] = {}

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        if effect.key not in self._done:
            self._done[effect.key] = self._carry_out(effect)
        return self._done[effect.key]

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        return self._done.get(effect.key)

    def _carry_out(self, effect: PlannedEffect) -> EffectResult:
        try:
            return EffectResult(state=EffectState.CONFIRMED, data=self._act(effect))
        except Refused as refused:
            return EffectResult(state=EffectState.FAILED, data={}, error=str(refused))

    def _act(self, effect: PlannedEffect) -> dict[str, Any]:
        if effect.kind == RemedyKind.CHANGE_ADDRESS and not effect.order:
            return self._change_profile(effect)
        act = _ACTS.get(effect.kind)
        order = self._database.order(effect.order)
        if act is None or order is None:
            raise Refused(f"the store has no {effect.kind}" if order else "there is no such order")
        user = self._database.user(order["user_id"])
        if user is None:
            raise Refused("the order's customer is not known")
        data = act(order, user, effect.payload, self._database)
        self._database.orders[order["order_id"]] = order
        self._database.users[order["user_id"]] = user
        return {"state": order["status"], **data}

    def _change_profile(self, effect: PlannedEffect) -> dict[str, Any]:
        user = self._database.user(self._user)
        if user is None:
            raise Refused("there is no such customer")
        user["address"] = _place(effect.payload["address"])
        self._database.users[self._user] = user
        return {"address": effect.payload["address"]}


def _cancel(order: Json, user: Json, payload: Json, database: Database) -> Json:
    """All that is still held goes back to where it came from."""
    _need(order, PENDING)
    back: list[Json] = []
    for entry in order["payment_history"]:
        refund = {"transaction_type": "refund", "amount": entry["amount"], "payment_method_id": entry["payment_method_id"]}
        if entry["transaction_type"] == "payment" and refund not in order["payment_history"]:
            back.append(refund)
            _pay(user, entry["payment_method_id"], entry["amount"])
    order["payment_history"] = [*order["payment_history"], *back]
    order |= {"status": "cancelled", "cancel_reason": payload["reason"]}
    return {}


def _change_address(order: Json, user: Json, payload: Json, database: Database) -> Json:
    _need(order, PENDING)
    order["address"] = _place(payload["address"])
    return {"address": payload["address"]}


def _change_payment(order: Json, user: Json, payload: Json, database: Database) -> Json:
    """The new way pays all of it, the old one gets it back."""
    _need(order, PENDING)
    first, new = order["payment_history"][0], _method(user, payload)
    amount, old = first["amount"], first["payment_method_id"]
    if len(order["payment_history"]) > 1:
        raise Refused("the way to pay was changed before")
    _pay(user, new, -amount)
    _pay(user, old, amount)
    order["payment_history"] += [_entry("payment", amount, new), _entry("refund", amount, old)]
    return {}


def _change_items(order: Json, user: Json, payload: Json, database: Database) -> Json:
    _need(order, PENDING)
    method, pairs = _method(user, payload), _pairs(order, payload, database)
    difference = _difference(pairs)
    _pay(user, method, -difference)
    order["payment_history"].append(_entry("payment" if difference > 0 else "refund", abs(difference), method))
    for line, variant in pairs:
        line |= {name: variant[name] for name in ("item_id", "price", "options")}
    order["status"] = CHANGED
    return {"difference": round(difference, 2)}


def _return(order: Json, user: Json, payload: Json, database: Database) -> Json:
    _need(order, DELIVERED)
    items = [line["item_id"] for line in _lines(order, payload)]
    order |= {"status": "return requested", "return_items": sorted(items), "return_payment_method_id": _method(user, payload)}
    return {}


def _exchange(order: Json, user: Json, payload: Json, database: Database) -> Json:
    """The difference of price is settled when the goods are back."""
    _need(order, DELIVERED)
    pairs = _pairs(order, payload, database)
    difference = round(_difference(pairs), 2)
    order |= {
        "status": "exchange requested",
        "exchange_items": sorted(line["item_id"] for line, _ in pairs),
        "exchange_new_items": sorted(variant["item_id"] for _, variant in pairs),
        "exchange_payment_method_id": _method(user, payload),
        "exchange_price_difference": difference,
    }
    return {"difference": difference}


Act = Callable[[Json, Json, Json, Database], Json]
_ACTS: Final[Mapping[str, Act]] = {
    RemedyKind.CANCEL: _cancel,
    RemedyKind.CHANGE_ADDRESS: _change_address,
    RemedyKind.CHANGE_PAYMENT: _change_payment,
    RemedyKind.CHANGE_ITEMS: _change_items,
    RemedyKind.RETURN: _return,
    RemedyKind.EXCHANGE: _exchange,
}


def _need(order: Json, status: str) -> None:
    if order["status"] != status:
        raise Refused(f"the order is {order['status']}")


def _entry(kind: str, amount: float, method: str) -> Json:
    return {"transaction_type": kind, "amount": amount, "payment_method_id": method}


def _method(user: Json, payload: Json) -> str:
    named = str(payload.get("payment", ""))
    if named not in user["payment_methods"]:
        raise Refused("the customer has no such way to pay")
    return named


def _pay(user: Json, method: str, amount: float) -> None:
    """A gift card's balance moves at once, below zero never; cards and PayPal are settled elsewhere."""
    held = user["payment_methods"].get(method, {})
    if "balance" in held:
        balance = round(held["balance"] + amount, 2)
        if balance < 0:
            raise Refused("the gift card does not hold enough")
        held["balance"] = balance


def _lines(order: Json, payload: Json) -> list[Json]:
    """Each named piece as a line of its own."""
    left, found = list(order["items"]), list[Json]()
    for sku in _wanted(payload["lines"]):
        line = next((line for line in left if line["item_id"] == sku), None)
        if line is None:
            raise Refused(f"there is no more {sku} on the order")
        left = [other for other in left if other is not line]
        found.append(line)
    return found


def _pairs(order: Json, payload: Json, database: Database) -> list[tuple[Json, Json]]:
    """Lines, each with the variant that comes instead."""
    lines, others = _lines(order, payload), _wanted(payload["others"])
    if len(lines) != len(others):
        raise Refused("every piece needs one that comes instead")
    return [(line, _variant(database, line["product_id"], sku)) for line, sku in zip(lines, others, strict=True)]


def _variant(database: Database, product: str, sku: str) -> Json:
    variant: Json = database.products[product]["variants"].get(sku, {})
    if not variant.get("available"):
        raise Refused(f"{sku} cannot be had")
    return variant


def _difference(pairs: list[tuple[Json, Json]]) -> float:
    """Added up in the store's own floats, in its order, so that the last digit is the same."""
    total: float = 0
    for line, variant in pairs:
        total += variant["price"] - line["price"]
    return total


def _wanted(pieces: list[Json]) -> list[str]:
    return [piece["sku"] for piece in pieces for _ in range(piece["quantity"])]


def _place(address: Json) -> Json:
    return {
        "address1": address["street"],
        "address2": address.get("street2", ""),
        "city": address["city"],
        "state": address.get("region", ""),
        "country": _COUNTRIES.get(address["country"], address["country"]),
        "zip": address["postcode"],
    }
