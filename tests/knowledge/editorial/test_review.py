"""Who may publish what, as a table."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.editorial.review import Person, may_publish, needs_second_reader

PLAIN: dict[str, Any] = {"audience": "customer", "second_reader": False}
MARKED = PLAIN | {"second_reader": True}
INTERNAL = PLAIN | {"audience": "internal"}


@pytest.mark.parametrize(
    ("published", "draft", "always", "needed"),
    [
        ([], PLAIN, False, False),
        ([], {}, False, False),
        ([], MARKED, False, True),
        ([PLAIN], MARKED, False, True),
        ([MARKED], PLAIN, False, True),  # taking the mark off needs the second reader too
        ([PLAIN, MARKED], PLAIN, False, True),  # a translation of a marked article
        ([], PLAIN, True, True),
        ([], {}, True, True),  # an article is for customers unless it says otherwise
        ([], INTERNAL, True, False),
        ([INTERNAL], PLAIN, True, True),
        ([PLAIN], INTERNAL, True, True),  # taking something away from customers
        ([INTERNAL], INTERNAL | {"second_reader": True}, True, True),
    ],
)
def test_a_second_reader_is_needed(published: list[dict[str, Any]], draft: dict[str, Any], always: bool, needed: bool) -> None:
    assert bool(needs_second_reader(published, draft, always)) is needed


@pytest.mark.parametrize(
    ("who", "reviews", "state", "needs", "allowed"),
    [
        ("ada", False, "draft", "", True),
        ("ada", False, "review", "", True),
        ("eve", False, "draft", "", True),
        ("ada", False, "review", "why", False),  # edited it, no reviewer
        ("ada", True, "review", "why", False),  # edited it: being a reviewer does not help
        ("eve", False, "review", "why", False),  # no reviewer
        ("eve", True, "draft", "why", False),  # its editors are not done
        ("eve", True, "review", "why", True),
    ],
)
def test_who_may_publish(who: str, reviews: bool, state: str, needs: str, allowed: bool) -> None:
    refusal = may_publish(Person(who, reviews), ["bob", "ada"], state, needs)
    assert (refusal is None) is allowed
    assert refusal is None or refusal.startswith("why")
