"""A small store of our own in the benchmark's format, and the real one where the reference data is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.suites.source import Source, root
from eval.suites.tau_store import TaskRow, stores, task_of
from eval.tau.database import Database, database
from eval.tau.tasks import Task

Json = dict[str, Any]
PLACE = {"address1": "1 Elm", "address2": "Apt 2", "city": "Austin", "country": "USA", "state": "TX", "zip": "78701"}
KETTLES = {"11": ("1L", 40.1, True), "12": ("2L", 58.09, True), "13": ("3L", 70.0, False)}
LAMPS = {"21": ("red", 20.0, True), "22": ("blue", 15.25, True)}


def product(key: str, name: str, option: str, variants: dict[str, tuple[str, float, bool]]) -> Json:
    made = {
        item: {"item_id": item, "options": {option: value}, "available": there, "price": price}
        for item, (value, price, there) in variants.items()
    }
    return {"name": name, "product_id": key, "variants": made}


PRODUCTS = {"1": product("1", "Tea Kettle", "capacity", KETTLES), "2": product("2", "Desk Lamp", "color", LAMPS)}


def line(item: str) -> Json:
    found = next(one for one in PRODUCTS.values() if item in one["variants"])
    variant = found["variants"][item]
    return {"name": found["name"], "product_id": found["product_id"], **{k: variant[k] for k in ("item_id", "price", "options")}}


def order(number: str, status: str, items: list[str], paid: str = "gift_card_1") -> Json:
    lines = [line(item) for item in items]
    total = round(sum(each["price"] for each in lines), 2)
    history = [{"transaction_type": "payment", "amount": total, "payment_method_id": paid}]
    sent = [{"tracking_id": ["55"], "item_ids": items}] if status == "delivered" else []
    made = {"order_id": number, "user_id": "ann", "address": PLACE, "items": lines, "fulfillments": sent}
    return {**made, "status": status, "payment_history": history}


def user(name: str, *methods: Json) -> Json:
    ways = {method["id"]: method for method in methods}
    mail = f"{name}@x.example"
    return {"name": {"first_name": name.title(), "last_name": "Poe"}, "address": PLACE, "email": mail, "payment_methods": ways}


CARD, PAYPAL = {"source": "gift_card", "id": "gift_card_1", "balance": 17.99}, {"source": "paypal", "id": "paypal_1"}
ORDERS = {
    "#W1000001": order("#W1000001", "pending", ["11", "21"]),
    "#W1000002": order("#W1000002", "delivered", ["11", "11", "22"], "paypal_1"),
    "#W1000003": order("#W1000003", "processed", ["22"]),
}
USERS = {"ann": user("ann", CARD, PAYPAL), "bob": user("bob", {"source": "credit_card", "id": "credit_card_9", "brand": "visa"})}


@pytest.fixture
def store() -> Database:
    """Ann has a pending order of a kettle and a lamp, a delivered one of two kettles and a lamp, and one on its way; Bob has none."""
    return database(*copy.deepcopy((ORDERS, USERS, PRODUCTS)))


@pytest.fixture
def with_status(store: Database) -> Callable[[str, str], Database]:
    def make(number: str, status: str) -> Database:
        store.orders[number] |= {"status": status}
        return store

    return make


@pytest.fixture(scope="session")
def real() -> Source:
    folder = root() / "tau_retail"
    if not (folder / "public.jsonl").is_file():
        pytest.skip(f"there is no {folder}: tau-bench's retail data, see PORTSIDE_REFERENCE_DATA")
    return Source(folder=folder, file=folder / "public.jsonl", limit=None)


@pytest.fixture(scope="session")
def real_stores(real: Source) -> tuple[Database, Database]:
    return stores(real)


@pytest.fixture(scope="session")
def real_tasks(real: Source, real_stores: tuple[Database, Database]) -> list[Task]:
    return [task_of(row, real_stores) for row in real.rows(TaskRow)]


@pytest.fixture(scope="session")
def dialogs(real: Source) -> Path:
    return real.beside("public_dialogs.jsonl")
