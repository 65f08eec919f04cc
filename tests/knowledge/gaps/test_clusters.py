"""Questions in groups, on vectors made by hand."""

from __future__ import annotations

import numpy as np

from knowledge.gaps.clusters import Groups, met, middle, nearest
from knowledge.gaps.vectors import packed, unit, unpacked


def at(degrees: float) -> np.ndarray:
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


def test_a_question_joins_what_means_the_same_and_else_opens_a_group() -> None:
    groups = Groups(2)
    assert groups.place(at(0)) is None
    groups.add(at(0))
    groups.add(at(90))
    assert [groups.place(at(20)), groups.place(at(80)), groups.place(at(200))] == [0, 1, None]


def test_a_large_group_moves_less_than_a_small_one() -> None:
    groups = Groups(2)
    groups.add(at(0), size=20)
    groups.place(at(60))
    assert nearest(at(0), groups.centres)[1] > 0.99  # pyright: ignore[reportOptionalSubscript]


def test_groups_that_met_are_merged_into_the_earlier_one_and_none_twice() -> None:
    centres = np.stack([at(0), at(40), at(170), at(60)])
    assert met(centres, [1]) == [(1, 3)]
    assert met(centres, [2]) == []
    assert met(centres, [0, 1, 3]) == [(1, 3)]


def test_the_question_that_stands_for_a_group_is_the_one_in_the_middle() -> None:
    centre, which = middle(np.stack([at(0), at(30), at(50)]))
    assert which == 1
    assert np.isclose(np.linalg.norm(centre), 1)


def test_nothing_is_near_where_nothing_is() -> None:
    assert nearest(at(0), Groups(2).centres) is None


def test_vectors_come_back_as_they_were_stored() -> None:
    assert np.allclose(unpacked([packed(at(30))])[0], at(30), atol=1e-3)
    assert not unit(np.zeros((1, 2), np.float32)).any()
