"""Charts put a figure where its scale says, and escape what they are told."""

import re
from itertools import pairwise
from typing import Any

import pytest

from eval.report.charts import interval, risk_coverage
from eval.report.charts.reliability import across, reliability, upwards
from eval.report.charts.share_bar import share_bar
from eval.report.charts.spread import spread
from eval.report.charts.svg import Scale, ceiling

Figures = dict[str, Any]


def place(svg: str, shape: str, *names: str) -> tuple[float, ...]:
    """The first element whose tag and class are so, as figures of these attributes."""
    found = re.search(rf'<[^>]*class="{shape}"[^>]*>', svg)
    assert found, shape
    return tuple(float(value) for name in names if (value := re.search(rf'\b{name}="([-\d.]+)"', found[0])[1]))  # pyright: ignore[reportOptionalSubscript]


def test_scales_keep_to_the_paper() -> None:
    straight, root = Scale(0.5, 10, 110), Scale(0.5, 10, 110, root=True)
    assert [straight(value) for value in (-1, 0, 0.25, 0.5, 2)] == [10, 10, 60, 110, 110]
    assert root(0.125) == 60
    assert [ceiling(value) for value in (0.0, 0.011, 0.3, 0.7, 1.0)] == [0.01, 0.02, 0.3, 0.8, 1.0]


@pytest.mark.parametrize("top", [0.01, 0.05, 0.3, 0.8, 1.0])
def test_ticks_do_not_touch_and_end_with_the_scale(top: float) -> None:
    x = Scale(top, 0, 208, root=True)
    ticks = x.ticks(30)
    assert (ticks[0], ticks[-1]) == (0.0, top)
    assert all(x(b) - x(a) >= 30 for a, b in pairwise(ticks))


def test_an_interval_is_drawn_where_it_lies() -> None:
    drawn = interval.Line(title="Leak", told="told", value=0.2, band=(0.1, 0.4), clustered=(0.05, 0.45), bound=0.42, limit=0.3)
    svg = interval.interval(drawn, interval.scale(0.5))
    x = interval.scale(0.5)
    left, width = place(svg, "band", "x", "width")
    assert (left, left + width) == pytest.approx((x(0.1), x(0.4)), abs=0.02)
    assert place(svg, "clustered", "x1", "x2") == pytest.approx((x(0.05), x(0.45)), abs=0.02)
    assert place(svg, "bound", "x1", "x2") == pytest.approx((x(0.42), x(0.42)), abs=0.02)
    assert place(svg, "limit", "x1") == pytest.approx((x(0.3),), abs=0.02)
    assert f'd="M{x(0.2):.1f} ' in svg


def test_charts_escape_their_words() -> None:
    drawn = interval.Line(title="<b>&", told='"><script>', value=0.2, band=(0.1, 0.4))
    svg = interval.interval(drawn, interval.scale(0.5)) + share_bar("<i>", 0.5)
    assert "<title>&lt;b&gt;&amp;</title>" in svg
    assert "<script" not in svg and "<i>" not in svg


def certificate(chosen: Figures | None) -> Figures:
    curve = [
        {"minimum": 0.9, "n": 0, "wrong": 0, "coverage": 0.0, "bound": 1.0},
        {"minimum": 0.8, "n": 400, "wrong": 1, "coverage": 0.4, "bound": 0.0118},
        {"minimum": 0.7, "n": 800, "wrong": 2, "coverage": 0.8, "bound": 0.0078},
        {"minimum": 0.6, "n": 1000, "wrong": 40, "coverage": 1.0, "bound": 0.052},
    ]
    return {"kind": "answer", "limit": 0.01, "served": 1000, "curve": curve, "chosen": chosen and curve[2]}


def test_the_certified_point_and_the_limit_are_at_their_places() -> None:
    item = certificate({"any": 1})
    svg = risk_coverage.risk_coverage(item, "Answer")
    x, y = risk_coverage.scales(item["curve"][1:], 0.01)
    assert place(svg, "limit", "y1", "y2") == pytest.approx((y(0.01), y(0.01)), abs=0.01)
    assert place(svg, "certified-line", "x1") == pytest.approx((x(0.8),), abs=0.01)
    assert f"M{x(0.8):.1f} {y(0.0078) - 6:.1f}" in svg
    assert y(0.0078) > y(0.01), "a certified bound lies under the limit line"
    assert "Certified at 0.70: coverage 80.0%, 2 wrong of 800" in svg


def test_without_a_certified_point_there_is_no_diamond_to_hope_for() -> None:
    svg = risk_coverage.risk_coverage(certificate(None), "Answer")
    assert 'class="certified' not in svg
    assert "No threshold is certified" in svg


def test_reliability_puts_a_bin_at_sure_and_right() -> None:
    bins = [{"low": 0.7, "high": 0.8, "sure": 0.75, "hits": 30, "n": 60, "rate": 0.5, "wilson": [0.4, 0.6], "few": False}]
    svg = reliability(bins)
    assert place(svg, "dot", "cx", "cy") == pytest.approx((across(0.75), upwards(0.5)), abs=0.01)
    assert place(svg, "whisker", "y1", "y2") == pytest.approx((upwards(0.4), upwards(0.6)), abs=0.01)
    assert "n = 60" in svg


def test_few_turns_are_hollow() -> None:
    bins = [{"low": 0.7, "high": 0.8, "sure": 0.75, "hits": 1, "n": 2, "rate": 0.5, "wilson": [0.1, 0.9], "few": True}]
    assert 'class="dot few"' in reliability(bins)


def test_bars_are_as_long_as_their_figures() -> None:
    svg = spread("triage", 25.0, 50.0, 100.0)
    median, tail = place(svg, "median", "width")[0], place(svg, "tail", "width")[0]
    assert tail == pytest.approx(2 * median, abs=0.02)
    half, whole = (place(share_bar("F1", value), "fill", "width")[0] for value in (0.5, 1.0))
    assert whole == pytest.approx(2 * half, abs=0.02)
