"""What an instruction names, read by rules: order numbers, the customer's own articles, wishes."""

from __future__ import annotations

import pytest

from eval.tau import naming
from eval.tau.database import Database, digits
from eval.tau.reading import Reading, numbers, read
from eval.tau.tasks import Task


def test_order_numbers_in_all_their_forms() -> None:
    assert numbers("Order #W1000001, W1000002 or 1000003; pay with paypal_1000004, I live in 78701.") == ("1000001", "1000002", "1000003")
    assert numbers("#W1000001 and again #w1000001") == ("1000001",)
    assert numbers("My zip code is 19122. I paid 1234.") == ()


@pytest.mark.parametrize(
    ("text", "orders", "items", "intents"),
    [
        ("Cancel order #W1000001 because no longer needed.", {"1000001"}, set(), {"cancel_order"}),
        ("I want to return the blue lamp I got.", {"1000002"}, {"22"}, {"return"}),
        ("For #W1000002, exchange Tea Kettle {'capacity': '1L'} to {'capacity': '2L'};", {"1000002"}, {"11"}, {"exchange"}),
        ("Please exchange the kettle in #W1000001 for a bigger one.", {"1000001"}, {"11"}, {"modify_items"}),
        ("Send back everything in #W1000002.", {"1000002"}, {"11", "22"}, {"return"}),
        ("For #W1000001, change address to 9 Oak.", {"1000001"}, set(), {"modify_order_address"}),
        ("Change the payment of #W1000001 to my card.", {"1000001"}, set(), {"modify_payment"}),
        ("I bought a red lamp. I want my money back.", {"1000001"}, {"21"}, {"cancel_order"}),
        ("Change my pending order's item to blue.", {"1000001", "1000002"}, {"11", "21", "22"}, {"modify_items", "exchange"}),
        ("How are you?", set(), set(), set()),
    ],
)
def test_a_sentence_is_read(store: Database, text: str, orders: set[str], items: set[str], intents: set[str]) -> None:
    found = read(text, store, "ann")
    assert (found.orders, found.items) == (orders, items)
    assert intents <= found.intents
    assert not found.intents - intents - {"modify_items", "exchange"}


def test_a_default_address_is_the_customers_own(store: Database) -> None:
    assert "modify_user_address" in read("Also update your default address to Reno.", store, "ann").intents


def test_nobody_has_articles_that_they_did_not_buy(store: Database) -> None:
    assert read("Return the tea kettle.", store, "bob") == Reading(frozenset(), frozenset(), frozenset(), frozenset({"return"}))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("my t-shirts and the tshirt", ["T-Shirt", "T-Shirt"]),
        ("the headphone", ["Headphones"]),
        ("an electric kettle", ["Electric Kettle"]),
        ("a kettle", ["Electric Kettle", "Tea Kettle"]),
        ("two watches", ["Smart Watch", "Wristwatch"]),
        ("all bookshelves", ["Bookshelf"]),
        ("a set of keys", ["Dumbbell Set"]),
        ("good air", []),
    ],
)
def test_names_by_all_their_words_or_the_one_that_carries(text: str, names: list[str]) -> None:
    known = naming.names(
        ["T-Shirt", "Headphones", "Electric Kettle", "Tea Kettle", "Smart Watch", "Wristwatch", "Bookshelf", "Dumbbell Set", "Air Purifier"]
    )
    assert sorted(mention.name for mention in naming.mentions(text, known)) == names


def test_options_tell_which_of_two_is_meant() -> None:
    lines = [("1", {"options": {"color": "red"}}), ("2", {"options": {"color": "blue"}})]
    assert naming.likest(lines, "in blue") == lines[1:] and naming.likest(lines, "nice") == lines and naming.likest([], "") == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("For #W1000002, exchange Tea Kettle {'capacity': '1L'} to {'capacity': '2L'};", {"12"}),
        ("For #W1000001, modify Tea Kettle {'capacity': '1L'} to {}; Desk Lamp {'color': 'red'} to {'color': 'blue'};", {"11", "22"}),
        ("Change the kettle in #W1000001 to 3L.", {"11"}),  # that one is not to be had
        ("Change the lamp in #W1000001.", set()),
        ("Return the kettle to the shop.", set()),
    ],
)
def test_what_shall_come_instead(store: Database, text: str, instead: set[str]) -> None:
    assert read(text, store, "ann").instead == instead


def test_the_public_instructions_name_what_the_gold_is_about(real_tasks: list[Task], real_stores: tuple[Database, Database]) -> None:
    """Templated ones and those written by hand alike."""
    for templated in (True, False):
        hits = {"orders": [0, 0], "items": [0, 0], "intents": [0, 0]}
        for task in real_tasks:
            if task.templated is not templated:
                continue
            found = read(task.instruction, real_stores[task.second], task.user)
            orders = {digits(call.args["order_id"]) for call in task.calls if "order_id" in call.args}
            items = {item for call in task.calls for item in call.args.get("item_ids", ())}
            intents = set(task.intents) - {"info_only", "transfer_human"}
            for name, gold, got in (("orders", orders, found.orders), ("items", items, found.items), ("intents", intents, found.intents)):
                hits[name][0] += len(gold & got)
                hits[name][1] += len(gold)
        recall = {name: hit / of for name, (hit, of) in hits.items()}
        assert recall["orders"] >= 0.95 and recall["items"] >= 0.95 and recall["intents"] >= 0.9, (templated, recall)
