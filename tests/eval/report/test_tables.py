"""Matrices, slices and marked replies: what is shown follows from the figures."""

from typing import Any

import pytest

from eval.report import figures
from eval.report.page import sliced
from eval.report.page.matrix import matrix
from eval.report.page.talk import marked
from eval.report.page.words import language_tag, measured, percent, plain, probability


def test_the_most_misread_come_first_and_what_never_occurs_is_left_out() -> None:
    found = figures.matrix(["a", "a", "b", "b", "b", "c"], ["a", "a", "a", "a", "b", "c"], ["a", "b", "c", "never"])
    shown = matrix("intent", found, ranked=True)
    assert [(row.label, row.right, row.n) for row in shown.rows] == [("B", 1, 3), ("A", 2, 2), ("C", 1, 1)]
    assert shown.columns == ("B", "A", "C")
    assert [(cell.count, cell.right, cell.share) for cell in shown.rows[0].cells] == [(1, True, 0.333), (2, False, 0.667), (0, False, 0.0)]
    assert [(item.truth, item.reading, item.count, item.n) for item in shown.confusions] == [("B", "A", 2, 3)]


def test_a_reading_of_nothing_has_a_name() -> None:
    assert "(none)" in matrix("intent", figures.matrix(["a"], [""]), ranked=True).columns


def row(value: str, hits: int, n: int, p: float | None) -> dict[str, Any]:
    return {"dimension": "turn", "value": value, "scorer": "MissedIntent", **figures.share(hits, n), "p": p, "p_corrected": p}


REPORT: dict[str, Any] = {
    "scorers": [{"name": "MissedIntent", **figures.share(30, 300)}],
    "slices": [row("1", 20, 50, 0.001), row("2", 5, 50, 0.2), row("10", 1, 100, 0.01), row("3", 9, 10, None)],
}


def test_only_what_is_more_than_chance_is_marked() -> None:
    table = sliced.tables(REPORT)[0]
    assert [(value, cells[0] and cells[0].mark) for value, cells in table.rows] == [("1", "worse"), ("2", ""), ("3", ""), ("10", "better")]
    assert [item.value for item in sliced.standing_out(REPORT)] == ["1"]


def test_a_fear_over_two_dimensions_is_a_grid_with_holes() -> None:
    rows = [{"language": "de", "channel": "web", **figures.share(1, 30)}, {"language": "en", "channel": "sms", **figures.share(0, 0)}]
    found = sliced.crossed({"crossed": {"left": "language", "right": "channel", "scorer": "WrongResolution", "rows": rows}})
    assert found
    assert (found.columns, [value for value, _ in found.rows]) == (("web",), ["de"])
    assert sliced.crossed({}) is None


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("pay 14,650 now", ["650"], "pay 14,<mark>650</mark> now"),
        ("on 08 May, no. 4711", ["8", "1"], "on <mark>08</mark> May, no. 4711"),
        ("رقم ٢٧١٤٢", ["27142"], "رقم <mark>٢٧١٤٢</mark>"),
        ("see https://x.example/?a=1&b", ["https://x.example/?a=1&b"], "see <mark>https://x.example/?a=1&amp;b</mark>"),
        ("<b>", ["<b>"], "<mark>&lt;b&gt;</mark>"),
        ("nothing & no one", [], "nothing &amp; no one"),
    ],
)
def test_pieces_at_fault_are_marked_whole(text: str, spans: list[str], shown: str) -> None:
    assert marked(text, spans) == shown


def test_percent_never_rounds_to_nothing_or_all() -> None:
    assert [percent(value) for value in (0, 0.0001, 0.0125, 0.9999, 1)] == ["0.0%", "<0.1%", "1.2%", ">99.9%", "100.0%"]


def test_figures_say_their_n() -> None:
    assert measured(figures.share(20, 1454)) == "20 of 1,454 (1.4%)"
    assert measured(figures.share(0, 0)) == "not measured (n = 0)"
    assert [probability(p) for p in (None, 0.0001, 0.0312)] == ["not tested", "< 0.001", "0.031"]


def test_names_are_words() -> None:
    assert [plain(name) for name in ("WrongResolution", "resend_tracking", "")] == ["Wrong resolution", "Resend tracking", "(none)"]
    assert [language_tag(value) for value in ("ja", "zh-Hant", "xx", '"><b>')] == ["ja", "zh-Hant", "", ""]
