"""Two articles with one answer are named; those for different markets, times, products or readers are not."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from knowledge.duplicates import comparable, duplicates
from knowledge.entry import Entry

ANSWER = "Standard shipping is free for every order of EUR 50 or more."


def entry(article: str, text: str = ANSWER, language: str = "en", **more: Any) -> Entry:
    return Entry(f"{article}/{language}", article, language, "Title", "", text, **more)


def found(*entries: Entry, vectors: dict[str, Any] | None = None, new: set[str] | None = None) -> tuple[str, ...]:
    fresh = {e.id for e in entries} if new is None else new
    return duplicates(comparable(entries, fresh), fresh, vectors or {})


def test_the_same_words_in_two_articles() -> None:
    again = entry("b", "  standard shipping is FREE, for every order of EUR 50 or more!")
    assert found(entry("a"), again) == ("en/a and en/b give the same answer: keep it in one of them",)


def test_other_words_with_nearly_the_same_vector() -> None:
    near = {"a/en": np.asarray([1, 0, 0], np.float32), "b/en": np.asarray([0.995, 0.0998, 0], np.float32)}
    far = near | {"b/en": np.asarray([0.9, 0.436, 0], np.float32)}
    other = entry("b", "You pay nothing for delivery from fifty euros on, whatever you order.")
    assert len(found(entry("a"), other, vectors=near)) == 1
    assert found(entry("a"), other, vectors=far) == ()


@pytest.mark.parametrize(
    "more",
    [
        {"language": "de"},
        {"audience": "operator"},
        {"products": ("LL-1",)},
        {"text": "Yes."},
    ],
)
def test_what_is_no_duplicate(more: dict[str, Any]) -> None:
    assert found(entry("a"), entry("b", **more)) == ()


def test_markets_and_times_that_do_not_meet() -> None:
    assert found(entry("a", markets=("DE",)), entry("b", markets=("US",))) == ()
    assert len(found(entry("a", markets=("DE",)), entry("b"))) == 1
    assert found(entry("a", valid_to=date(2026, 1, 31)), entry("b", valid_from=date(2026, 2, 1))) == ()


def test_only_new_passages_are_compared() -> None:
    assert found(entry("a"), entry("b"), new=set()) == ()
    assert len(found(entry("a"), entry("b"), new={"b/en"})) == 1
