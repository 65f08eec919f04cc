"""The sample: half of it wrong, the same whatever the order, and of as many conversations as there are."""

from collections.abc import Callable
from typing import Any

import pytest

from eval.judging.sample import LABEL, Labelled, sample


@pytest.mark.parametrize(
    ("wrong", "right", "most", "drawn"),
    [
        (50, 50, 10, (5, 5)),
        (2, 50, 10, (2, 8)),  # too few wrong ones: the rest is right
        (50, 3, 10, (7, 3)),
        (0, 50, 10, (0, 10)),
        (3, 2, 60, (3, 2)),
        (5, 5, 1, (0, 1)),
        (0, 0, 10, (0, 0)),
    ],
)
def test_half_is_wrong_where_there_are_so_many(
    judged: Callable[..., Any], wrong: int, right: int, most: int, drawn: tuple[int, int]
) -> None:
    found = [verdict.wrong for _, verdict in sample(judged(wrong, right), most)]
    assert (sum(found), len(found) - sum(found)) == drawn


def test_the_order_of_the_cases_does_not_matter_and_it_is_no_head_of_the_list(judged: Callable[..., Any]) -> None:
    turns = judged(0, 40)
    found = [played.case.id for played, _ in sample(turns, 10)]
    assert found == [played.case.id for played, _ in sample(turns[::-1], 10)]
    assert sorted(found) != sorted(played.case.id for played, _ in turns[:10])


def test_turns_that_the_scorer_did_not_judge_are_left_out(judged: Callable[..., Any]) -> None:
    turns = [(played, verdicts if played.case.id == "case-1" else {LABEL: None}) for played, verdicts in judged(0, 3)]
    assert [played.case.id for played, _ in sample(turns, 10)] == ["case-1"]


def test_other_conversations_come_before_a_second_turn(turn: Callable[..., Labelled]) -> None:
    turns = [turn("a-1"), turn("a-1", index=1), turn("b-1"), turn("c-1")]
    judged: Any = [(played, {LABEL: verdict}) for played, verdict in turns]
    assert {played.case.id for played, _ in sample(judged, 3)} == {"a-1", "b-1", "c-1"}
    assert sample(judged, 4)[-1][0].index == 1
