"""Reliability: how often the agent was right against how sure it was. On the diagonal, sure means what it says."""

from markupsafe import Markup

from eval.report.charts.svg import Scale, element, line, picture, text, tick_label
from eval.report.figures import Figures

WIDTH, HEIGHT = 360, 380
LEFT, RIGHT, TOP, BOTTOM = 54, 352, 14, 272
#: The strip below, with how many turns each bin holds.
FLOOR, CEILING = 350, 306

across = Scale(1.0, LEFT, RIGHT)
upwards = Scale(1.0, BOTTOM, TOP)


def reliability(bins: list[Figures]) -> Markup:
    """`bins` as in the report: how sure (mean), right of n, with the Wilson interval."""
    shapes = [*_frame(), element("line", x1=LEFT, y1=BOTTOM, x2=RIGHT, y2=TOP, class_="diagonal")]
    shapes.append(text(across(0.12) + 6, upwards(0.06), "dashes: sure = right"))
    for item in bins:
        shapes += _bin(item)
    total, most = sum(item["n"] for item in bins), max((item["n"] for item in bins), default=1)
    shapes += [bar for item in bins for bar in _held(item, most)]
    shapes += [line(LEFT, FLOOR, RIGHT, FLOOR, "axis"), text(LEFT, FLOOR + 14, f"how many turns were this sure (n = {total:,})")]
    told = "; ".join(f"sure {item['sure']:.0%}, right {item['rate']:.0%} of {item['n']}" for item in bins)
    return picture(WIDTH, HEIGHT, "Calibration of what the agent resolved", told or "Nothing was resolved.", *shapes, kind="reliability")


def _frame() -> list[Markup]:
    shapes: list[Markup] = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        shapes += [
            line(LEFT, upwards(tick), RIGHT, upwards(tick), "grid"),
            text(LEFT - 6, upwards(tick) + 4, tick_label(tick), anchor="end"),
        ]
        shapes += [
            line(across(tick), TOP, across(tick), BOTTOM, "grid"),
            text(across(tick), BOTTOM + 14, tick_label(tick), anchor="middle"),
        ]
    label = element("text", "right", x=12, y=(TOP + BOTTOM) / 2, text_anchor="middle", class_="label", transform="rotate(-90 12 143)")
    return [*shapes, label, text((LEFT + RIGHT) / 2, BOTTOM + 29, "how sure", anchor="middle")]


def _bin(item: Figures) -> list[Markup]:
    x, (low, high) = across(item["sure"]), item["wilson"]
    few = " few" if item["few"] else ""
    whisker = line(x, upwards(low), x, upwards(high), f"whisker{few}")
    return [whisker, element("circle", cx=x, cy=upwards(item["rate"]), r=5, class_=f"dot{few}")]


def _held(item: Figures, most: int) -> list[Markup]:
    low, high = across(item["low"]) + 1, across(item["high"]) - 1
    height = max((FLOOR - CEILING - 8) * item["n"] / most, 1.0)
    return [element("rect", x=low, y=FLOOR - height, width=high - low, height=height, class_="held")]
