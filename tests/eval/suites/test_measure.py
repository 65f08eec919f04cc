"""Figures of the suites and their intervals."""

from __future__ import annotations

import pytest

from eval.suites import measure
from eval.suites.measure import auroc, macro_f1, mean, per_group, share
from eval.suites.show import line


def test_a_share_has_its_wilson_interval_and_a_gate_breaks_above_its_limit() -> None:
    found = share("x", [True, False, False, False], at_most=0.0)
    assert found.value == 0.25 and found.n == 4
    assert found.interval and found.interval[0] > 0.04 and found.interval[1] < 0.7
    assert found.broken and "BROKEN" in line(found)
    assert not share("x", [False] * 4, at_most=0.0).broken


def test_nothing_to_measure_is_said() -> None:
    assert line(share("x", [])) == "x: nothing to measure"


def test_groups_are_counted_apart() -> None:
    found = per_group("x", [("a", True), ("b", False), ("a", True)])
    assert [(item.name, item.value) for item in found] == [("x", 2 / 3), ("x: a", 1.0), ("x: b", 0.0)]
    assert len(per_group("x", [("a", True)])) == 1


def test_macro_f1_averages_over_the_classes_of_the_truth() -> None:
    pairs = [("yes", "yes"), ("yes", "yes"), ("no", "no"), ("no", "perhaps")]
    assert macro_f1("x", pairs).value == pytest.approx((1.0 + 2 / 3) / 2)  # pyright: ignore[reportUnknownMemberType]


def test_auroc_is_one_when_apart_and_a_half_when_alike() -> None:
    assert auroc("x", [0.9, 0.8], [0.1, 0.2]).value == 1.0
    assert auroc("x", [0.5, 0.5], [0.5, 0.5]).value == 0.5


def test_a_bootstrap_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    values = [float(at % 3 == 0) for at in range(60)]
    first, again = mean("x", values), mean("x", values)
    assert first.interval == again.interval
    assert first.interval and first.interval[0] < first.value < first.interval[1]
    assert measure.spread(sum, ([1.0],), paired=False) == (0.0, 1.0)
