"""Editors hear of stale dates and of figures that a translation changed."""

from __future__ import annotations

import time
from datetime import date

import pytest

from knowledge.article import Article
from knowledge.checks import numbers, warnings

TODAY = date(2026, 6, 1)


def article(language: str, body: str, **fields: object) -> Article:
    return Article.model_validate({"id": "a", "title": "T", "language": language, "body": body, **fields})


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("EUR 4.90", "4,90 EUR"),
        ("EUR 2,000", "2.000 EUR"),
        ("EUR 2,000", "2 000 €"),
        ("EUR 2,000", "2’000"),
        ("30 days", "٣٠ يوما"),
        ("open 08:00-20:00", "8-20 Uhr"),
        ("3-6 days", "3 à 6 jours"),
        ("5.50", "5,5"),
        ("15 November", "11 月 15 日"),
    ],
)
def test_one_number_written_two_ways_is_one_number(ours: str, theirs: str) -> None:
    assert numbers(ours) == numbers(theirs)


def test_a_wall_of_digits_takes_no_quadratic_time() -> None:
    started = time.process_time()
    numbers("1" * 200_000)
    assert time.process_time() - started < 2


def test_a_changed_figure_is_named() -> None:
    said = warnings([article("en", "Within 30 days for EUR 6.90."), article("de", "Binnen 14 Tagen für 6,90 EUR.")], TODAY)
    assert said == ("de/a: numbers differ from en: lacks 30; adds 14",)


def test_dates_audiences_and_missing_sources_are_named() -> None:
    old = article("en", "x", review_on="2026-05-01", valid_to="2026-05-31")
    said = warnings([old, article("de", "x", audience="internal")], TODAY)
    assert [line.split(": ")[1].split(" ")[0] for line in said] == ["audience", "valid_to", "has", "its"]
    assert "its source, en/a, is missing" in warnings([article("fr", "x")], TODAY)[0]
