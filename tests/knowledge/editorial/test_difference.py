"""Differences name what changed, lose nothing, and stay fast on hostile texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.editorial.difference import Part, fields, lines

TEXTS = st.lists(st.sampled_from(["", "a", "b", "You have 14 days.", "You have 30 days.", "退货期为14天。"]), max_size=12).map("\n".join)


def test_a_reworded_line_shows_its_words() -> None:
    same, gone, come = lines("# Returns\nYou have 14 days.", "# Returns\nYou have 30 days.")
    assert (same.kind, gone.kind, come.kind) == ("same", "removed", "added")
    assert gone.parts == (Part("You have ", False), Part("14", True), Part(" days.", False))
    assert come.parts == (Part("You have ", False), Part("30", True), Part(" days.", False))


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    _, come = lines("退货期为14天。", "退货期为30天。")
    assert [part.text for part in come.parts if part.changed] == ["30"]


def test_a_line_with_little_in_common_is_replaced_whole() -> None:
    gone, come = lines("You have 14 days.", "Batteries travel by land only!")
    assert gone.parts == () and come.parts == ()


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    found = lines(before, after)
    assert [line.text for line in found if line.kind != "added"] == before.splitlines()
    assert [line.text for line in found if line.kind != "removed"] == after.splitlines()
    assert all("".join(part.text for part in line.parts) == line.text for line in found if line.parts)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n" * 50_000, "b\na\n" * 40_000),
        ("a " * 60_000, "a b " * 40_000),
        ("ab\n" * 1900, "b\n" * 1900),
        ("a\nb\n" * 990, "a\nc\n" * 990),
        ("\n".join(f"{line} " + "a b " * 120 for line in range(90)), "\n".join(f"{line}. " + "a c " * 120 for line in range(90))),
    ],
)
def test_hostile_texts_take_no_time(before: str, after: str) -> None:
    started = time.process_time()
    lines(before, after)
    assert time.process_time() - started < 5


def test_fields_that_are_empty_or_absent_are_the_same() -> None:
    before = {"title": "A", "owner": "", "markets": [], "review_on": None}
    assert fields(before, {"title": "B"}) == [{"field": "title", "before": "A", "after": "B"}]
    assert fields({}, {"markets": ["DE"]}) == [{"field": "markets", "before": None, "after": ["DE"]}]
