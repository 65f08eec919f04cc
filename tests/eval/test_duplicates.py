"""Texts that are there twice are found whatever ids they name; short ones and other languages are left alone."""

from __future__ import annotations

import pytest

from eval.case import Case
from eval.duplicates import fold, shared_authors, twins, twins_of


def case(name: str, *texts: str, language: str = "en", author: str = "a1") -> Case:
    turns = [{"text": text} for text in texts]
    return Case.model_validate({"id": name, "author": author, "scenario": "s", "language": language, "turns": turns})


WHERE = "Where on earth is my parcel 20041? It was promised for Monday. ruth.calloway.20041@example.com"


def test_ids_and_addresses_make_no_other_text() -> None:
    other = WHERE.replace("20041?", "#30552 ?").replace("ruth.calloway.20041", "x")
    assert fold(other) == fold(WHERE)
    (found,) = twins([("dev", case("one", "hello", WHERE)), ("sealed", case("two", other.upper()))])
    assert (found.likeness, found.left, found.right) == (100, "dev/one turn 2", "sealed/two turn 1")
    assert "Write one of them anew" in str(found)


def test_a_changed_word_is_nearly_the_same_and_another_sentence_is_not() -> None:
    near, far = WHERE.replace("Monday", "Sunday"), "Please cancel my order 20041, I have bought it elsewhere."
    found = twins([("dev", case("one", WHERE)), ("dev", case("two", near)), ("dev", case("three", far))])
    assert [(item.left, item.right) for item in found] == [("dev/one turn 1", "dev/two turn 1")]
    assert 92 <= found[0].likeness < 100


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (case("one", "where is it, 20041"), case("two", "where is it, 20042")),
        (case("one", WHERE), case("two", WHERE, language="de")),
        (case("one", WHERE, WHERE), case("two", "Something else altogether, please.")),
    ],
    ids=["short", "another language", "the customer says it again"],
)
def test_these_are_no_duplicates(left: Case, right: Case) -> None:
    assert twins([("dev", left), ("sealed", right)]) == []


def test_a_new_case_is_compared_with_those_that_are_there() -> None:
    known = [("dev", case("one", WHERE)), ("sealed", case("two", "A question about washing wool at thirty degrees"))]
    assert [item.right for item in twins_of(case("new", WHERE.lower()), "calibration", known)] == ["dev/one turn 1"]
    assert twins_of(case("new", "Do you have gift cards, and how do I pay with them?"), "dev", known) == []


def test_an_author_of_two_splits_is_found() -> None:
    placed = [("dev", case("one", WHERE)), ("sealed", case("two", WHERE)), ("sealed", case("three", WHERE, author="a2"))]
    assert shared_authors(placed) == {"a1": {"dev", "sealed"}}
