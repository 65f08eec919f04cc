"""Agreement counted by hand."""

import json
import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from eval import gates
from eval.judging.agreement import MOST, Told, agreement, kappa, kappa_interval
from eval.judging.opinion import Failed, Opinion, Resolution
from eval.judging.sample import Labelled

Turn = Callable[..., Labelled]


def said(resolution: Resolution, helpful: int = 4, polite: int = 5) -> Opinion:
    return Opinion(reason="because", resolution=resolution, helpful=helpful, polite=polite)


def told(turn: Turn, *groups: tuple[int, bool, Opinion | Failed]) -> Sequence[Told]:
    """(times, wrong by the label, what the model said)"""
    return [(turn(f"case-{number}-{at}", wrong), opinion) for number, (times, wrong, opinion) in enumerate(groups) for at in range(times)]


def test_figures_by_hand(turn: Turn) -> None:
    found = agreement(
        told(
            turn,
            (20, False, said("right")),
            (5, False, said("wrong", helpful=1)),
            (10, True, said("right", polite=3)),
            (15, True, said("wrong", helpful=1)),
            (4, True, said("cannot_tell", helpful=3)),
            (2, True, Failed("Timeout")),
            (1, False, Failed("Empty")),
        )
    )
    assert (found["n"], found["failed"], found["failures"]) == (57, 3, {"Timeout": 2, "Empty": 1})
    assert (found["agreement"]["hits"], found["agreement"]["n"], found["agreement"]["rate"]) == (35, 50, 0.7)
    assert found["agreement"]["wilson"] == pytest.approx([0.5625, 0.8090], abs=1e-4)  # z = 1.96
    assert found["kappa"] == pytest.approx(0.4)  # .70 agree, .50 by chance: (.7 - .5) / (1 - .5)
    low, high = found["kappa_interval"]
    assert 0.1 < low < 0.2 < 0.4 < 0.6 < high < 0.7  # by its standard error .13 it were .15 to .65
    assert found["table"] == {
        "labels": ["right", "wrong"],
        "verdicts": ["right", "wrong", "cannot_tell"],
        "counts": [[20, 5, 0], [10, 15, 4]],
    }
    assert found["helpful"] == pytest.approx((30 * 4 + 20 * 1 + 4 * 3) / 54, abs=0.005)
    assert found["polite"] == pytest.approx((44 * 5 + 10 * 3) / 54, abs=0.005)


def test_a_disagreement_tells_both_sides_and_the_talk(turn: Turn) -> None:
    found = agreement(told(turn, (1, True, said("right")), (1, False, said("right")), (1, True, said("cannot_tell"))))
    (item,) = found["disagreements"]
    assert (item["case"], item["turn"], item["label"], item["verdict"]) == ("case-0-0", 0, "wrong", "right")
    assert (item["reason"], item["why"]) == ("because", "not stated: number:7")
    assert [line["who"] for line in item["talk"]] == ["customer", "agent"]
    many = agreement(told(turn, (MOST + 3, True, said("right"))))
    assert len(many["disagreements"]) == MOST


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([], None),
        ([("right", "right")] * 9, None),  # no telling from chance
        ([("right", "right")] * 9 + [("wrong", "right")], 0.0),  # it always says the same
        ([("right", "right"), ("wrong", "wrong")], 1.0),
        ([("right", "wrong"), ("wrong", "right")], -1.0),
    ],
)
def test_kappa_at_its_ends(pairs: list[tuple[str, str]], value: float | None) -> None:
    assert kappa(pairs) == value
    assert kappa_interval(pairs) is None  # a width of nought would look like certainty


def test_a_small_sample_has_a_wide_interval_without_gaps() -> None:
    bounds = kappa_interval([("right", "right"), ("wrong", "wrong"), ("right", "wrong")])
    assert bounds
    assert not any(map(math.isnan, bounds))
    assert bounds[1] - bounds[0] > 0.9


def test_nothing_judged_is_json_too(turn: Turn) -> None:
    for rows in ([], told(turn, (3, True, Failed("Refused")))):
        found = agreement(rows)
        assert found["kappa"] is found["helpful"] is found["polite"] is None
        assert found["agreement"]["n"] == 0
        json.dumps(found, allow_nan=False)


def test_it_decides_no_gate() -> None:
    assert not [gate.name for gate in gates.load() if gate.figure.startswith("judge")]


def test_grades_and_reason_are_bounded() -> None:
    given: dict[str, Any] = {"resolution": "right", "helpful": 5, "polite": 1}
    assert Opinion(reason="a\n b" + "x" * 900, **given).reason.startswith("a bx")
    assert len(Opinion(reason="x" * 900, **given).reason) == 300
    for grade in (0, 6):
        with pytest.raises(ValueError, match="between 1 and 5"):
            Opinion(reason="", **given | {"polite": grade})
