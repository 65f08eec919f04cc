"""Intervals against figures worked out elsewhere."""

from __future__ import annotations

import pytest

from eval.interval import Share, upper_bound


def test_wilson() -> None:
    assert Share(5, 50).interval == pytest.approx((0.0435, 0.2136), abs=1e-3)


def test_nothing_measured_knows_nothing() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)
    assert upper_bound(0, 0) == 1.0


def test_no_error_in_299_is_just_under_one_percent() -> None:
    assert upper_bound(0, 298) > 0.01 > upper_bound(0, 299)


def test_all_wrong() -> None:
    assert upper_bound(7, 7) == 1.0
