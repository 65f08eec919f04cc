"""Figures of a text as values: the same one however it is written, in ten languages."""

from datetime import date, datetime

import pytest

from agent.domain.languages import SUPPORTED
from agent.domain.money import Money
from agent.phrasing import Phrases, day, moment, money, percent
from agent.policy.checks.figures import figures
from agent.policy.checks.lexicon import lexicon
from agent.writing.offering import span
from agent.writing.slots import slot

LANGUAGES = sorted(SUPPORTED)
PHRASES = Phrases()


def read(text: str, language: str = "en") -> list[str]:
    return [str(found.figure) for found in figures(text, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_code_writes_is_read_back(language: str) -> None:
    for month in range(1, 13):
        assert read(day(date(2026, month, 12), language), language) == [f"date 2026-{month:02}-12"]
    assert read(moment(datetime(2026, 5, 16, 9, 40), language), language) == ["date 05-16", "time 09:40"]
    assert read(percent(10, language), language) == ["percent 10"]
    for minor, code, value in (
        (129950, "EUR", "1299.5"),
        (7990, "USD", "79.9"),
        (129900, "JPY", "129900"),
        (99, "CNY", "0.99"),
        (15100, "SAR", "151"),
    ):
        assert read(money(Money(minor, code), language), language) == [f"money {value} {code}"]
    for days in ((5, 10), (3, 3)):
        said = read(span(PHRASES, days, language), language)
        assert said == [f"duration {number} workday" for number in dict.fromkeys(days)]


WRITTEN = [
    ("en", "1,299.00 EUR, EUR 1.299,00, 1 299 €, 1299 euros, €1299", ["money 1299 EUR"] * 5),
    ("de", "1.299,00 €, 1'299 EUR, 1299 Euro", ["money 1299 EUR"] * 3),
    ("zh", "3万元，１２元，￥12", ["money 30000 CNY", "money 12 CNY", "money 12 CNY"]),
    ("ja", "1千円、￥1,000", ["money 1000 JPY", "money 1000 JPY"]),
    ("ar", "٥٠ يورو و١٬٢٩٩٫٥٠ €", ["money 50 EUR", "money 1299.5 EUR"]),
    ("en", "12 May, May 12th, 12/05/2026, 2026-05-12", ["date 05-12", "date 05-12", "date 2026-05-12", "date 2026-05-12"]),
    ("de", "12.05.2026, 12.5., am 12. Mai", ["date 2026-05-12", "date 05-12", "date 05-12"]),
    ("fr", "le 1er juin, lundi, demain", ["date 06-01", "date weekday1", "date +1"]),
    ("es", "el 12 de mayo de 2026, por la mañana, mañana", ["date 2026-05-12", "date morning", "date +1"]),
    ("ru", "в среду, 12 мая 2026 года", ["date weekday3", "date 2026-05-12"]),
    ("en", "8 am, 20:00, 8:30 p.m.", ["time 08:00", "time 20:00", "time 20:30"]),
    ("en", "five to ten business days, two weeks, a month, 2 years", ["duration 5 workday", "duration 10 workday", "duration 14 day", "duration 1 month", "duration 24 month"]),
    ("de", "acht Tage, einem Monat; geben Sie acht", ["duration 8 day", "duration 1 month"]),
    ("ru", "от пяти до десяти рабочих дней, в течение недели", ["duration 5 workday", "duration 10 workday", "duration 7 day"]),
    ("ar", "من ٥ إلى ١٠ أيام عمل، يومان، أسبوعين", ["duration 5 workday", "duration 10 workday", "duration 2 day", "duration 14 day"]),
    ("zh", "二十四小时，九折，百分之十，两个包裹", ["duration 24 hour", "percent 10", "percent 10", "number 2"]),
    ("ja", "十五分間、三つ", ["duration 15 minute", "number 3"]),
    ("it", "due pacchi; sei gentile", ["number 2"]),
    ("en", "#1042, BL123456789NL, EAR-130, DRIFT-10X, +49 30 1234567", ["id 1042", "id BL123456789NL", "id EAR-130", "id DRIFT-10X", "id 49301234567"]),
    ("en", "https://Track.example/BL1. www.shop.example/x; Care@Shop.example", ["link track.example/BL1", "link www.shop.example/x", "email care@shop.example"]),
    ("ja", "ご注文 #1042 の追跡番号BL123456789NL", ["id 1042", "id BL123456789NL"]),
    ("en", "We try 5 times; all 3 top 20 cards; CO₂", ["number 5", "number 3", "number 20"]),
    ("en", f"Your code is {slot('coupon-1042-0a', 'code')}.", []),
    ("en", "\u206812\u2069\u00a0May\u202f2026", ["date 2026-05-12"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), WRITTEN, ids=[text[:30] for _, text, _ in WRITTEN])
def test_figures_are_read_however_they_are_written(language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    "text", ["", "Hello, how can I help you?", "1.1.1.1.1.1." * 200, "9" * 4000, "١" * 500, "#" * 500, "12 May " * 300]
)
def test_any_text_is_read(text: str) -> None:
    for language in (*LANGUAGES, "pl", "xx"):
        figures(text, language)


def test_a_language_without_a_list_has_its_months_and_money() -> None:
    assert read("12 maja 2026, 79,90 zł", "pl") == ["date 2026-05-12", "money 79.9 PLN"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_lists(language: str) -> None:
    english, own = lexicon("en").data, lexicon(language).data
    assert own.keys() == english.keys()
    assert own["topics"].keys() == english["topics"].keys()
    assert own["units"].keys() == english["units"].keys()
    assert all(len(sides) == 2 and all(sides) for sides in own["antonyms"].values())
