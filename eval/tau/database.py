"""The store's own files: orders, users and products as JSON. A fork is cheap; a change puts a new entry in place of the old one."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Json = dict[str, Any]


class BadStore(ValueError):
    """A file that is not as tau-bench has it; names file, entry and cure."""


#: What stands before the digits of an order number.
PREFIX = "#W"


def digits(number: str) -> str:
    """Numbers of our orders are digits: "#W2611340" -> "2611340"."""
    return "".join(char for char in number if char.isascii() and char.isdecimal())


def raw_number(number: str) -> str:
    """And back: "2611340" -> "#W2611340"."""
    return f"{PREFIX}{number}" if number else ""


@dataclass
class Database:
    """Entries are never changed where they stand, so that forks may share them. `products` is read only."""

    orders: dict[str, Json]
    users: dict[str, Json]
    products: Mapping[str, Json]

    def fork(self) -> "Database":
        return Database(dict(self.orders), dict(self.users), self.products)

    def order(self, number: str) -> Json | None:
        """A copy to change, by its digits; None when there is no such order."""
        return deepcopy(self.orders.get(raw_number(number)))

    def user(self, user: str) -> Json | None:
        return deepcopy(self.users.get(user))

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Of every order, by its digits, its customer's id: no call changes it."""
        return {digits(key): str(entry.get("user_id", "")) for key, entry in self.orders.items()}

    def owner(self, number: str) -> str:
        """The customer's id; "" for an unknown order."""
        return str(self.orders.get(raw_number(number), {}).get("user_id", ""))

    def numbers(self, user: str) -> tuple[str, ...]:
        """The orders of a customer, by their digits, as the files have them."""
        return tuple(number for number, owner in self.owners.items() if owner == user)

    @cached_property
    def variants(self) -> dict[str, tuple[Json, Json]]:
        """Of every item: its product and itself."""
        return {item: (product, variant) for product in self.products.values() for item, variant in product["variants"].items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Database) and self.orders == other.orders and self.users == other.users


def made(file: str, key: str, make: Any, *given: Any) -> Any:
    """Raises BadStore naming file and entry when a field is missing or of another kind."""
    try:
        return make(*given)
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError, IndexError) as error:
        raise BadStore(f"{file}: {key}: {type(error).__name__} {error}. Give the file as tau-bench has it.") from None


def database(orders: object, users: object, products: object) -> Database:
    """From the files' own JSON. Raises BadStore when an entry is no entry."""
    given = (("orders.json", orders), ("users.json", users), ("products.json", products))
    return Database(*(_entries(name, entries) for name, entries in given))


def _entries(name: str, entries: Any) -> dict[str, Json]:
    if not isinstance(entries, Mapping):
        raise BadStore(f"{name}: is no object. Give the file as tau-bench has it.")
    found = dict[str, Any](entries)
    wrong = next((key for key, entry in found.items() if not isinstance(entry, dict)), None)
    if wrong is not None:
        raise BadStore(f"{name}: {wrong}: is no object. Give the file as tau-bench has it.")
    return found
