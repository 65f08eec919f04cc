"""Slots: filled from an effect's result, or the reply must not be sent."""

from datetime import date

import pytest

from agent.domain.languages import SUPPORTED
from agent.phrasing import day
from agent.writing.slots import SLOT, WORTH, fill, slot


def test_fill() -> None:
    text = f"Code {slot('coupon-1042-ab', 'code')} until {slot('coupon-1042-ab', 'valid_until')}, label {slot('return-1', 'document')}"
    results = {"coupon-1042-ab": {"code": "LATE-7", "valid_until": "2026-08-01"}, "return-1": {"document": "d9"}}
    assert fill(text, results, "en", "https://shop.example") == "Code LATE-7 until 1 August 2026, label https://shop.example/documents/d9"


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_dates_are_in_the_readers_form(language: str) -> None:
    assert fill(slot("k", "valid_until"), {"k": {"valid_until": "2026-08-01"}}, language, "") == day(date(2026, 8, 1), language)


@pytest.mark.parametrize(
    ("language", "said"), [("pl", "1 sierpnia 2026"), ("ko", "2026년 8월 1일"), ("xx", "1 August 2026"), ("", "1 August 2026")]
)
def test_dates_are_in_the_form_of_languages_that_only_a_translator_speaks(language: str, said: str) -> None:
    assert fill(slot("k", "valid_until"), {"k": {"valid_until": "2026-08-01"}}, language, "") == said


@pytest.mark.parametrize("results", [{}, {"k": {}}, {"other": {"code": "X"}}])
def test_a_missing_field_stops_the_reply(results) -> None:
    with pytest.raises(KeyError):
        fill(f"Your code is {slot('k', 'code')}.", results, "en", "")


def test_a_text_without_slots_stays_as_it_is() -> None:
    assert fill("⟦not a slot⟧ 5 | 6", {}, "en", "") == "⟦not a slot⟧ 5 | 6"


def test_a_result_is_not_filled_again() -> None:
    """What the shop returns is data, even when it looks like a slot."""
    assert fill(slot("k", "code"), {"k": {"code": slot("k", "secret"), "secret": "x"}}, "en", "") == slot("k", "secret")
    assert SLOT.fullmatch(slot("return-1042-0a1b2c3d4e5f60718293", "return"))


def test_a_code_is_told_with_what_it_is_worth_itself() -> None:
    """An order has one code: asked for again as something else, it is still the first."""
    said = slot("k", WORTH)
    assert fill(said, {"k": {"percent": 10}}, "en", "") == "10%"
    assert fill(said, {"k": {"amount": {"minor": 500, "currency": "EUR"}}}, "en", "") == "€5.00"
    with pytest.raises(KeyError):
        fill(said, {"k": {"code": "X"}}, "en", "")
