"""A share with its intervals on one line: band = Wilson, thin line = clustered bootstrap, tick = exact bound, dashes = limit."""

from dataclasses import dataclass

from markupsafe import Markup

from eval.report.charts.svg import Scale, diamond, element, line, picture, text, tick_label

WIDTH, LEFT, RIGHT = 220, 6, 214
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`told` is the same in words, for who cannot see it."""

    title: str
    told: str
    value: float
    band: Pair
    clustered: Pair | None = None
    bound: float | None = None
    limit: float | None = None
    few: bool = False


def scale(top: float, *, root: bool = False) -> Scale:
    return Scale(top, LEFT, RIGHT, root)


def interval(drawn: Line, x: Scale, *, labelled: bool = False) -> Markup:
    """One row of a table, or with `labelled` a picture that stands alone and names its own scale."""
    shapes = [line(LEFT, 13, RIGHT, 13, "axis"), *(line(x(tick), 4, x(tick), 22, "grid") for tick in x.ticks(30))]
    shapes.append(_bar(x, drawn.band, drawn.few))
    if drawn.clustered:
        shapes += _whiskers(x, drawn.clustered)
    if drawn.bound is not None:
        shapes.append(line(x(drawn.bound), 5, x(drawn.bound), 21, "bound"))
    shapes.append(diamond(x(drawn.value), 13, 4.5, "point"))
    if drawn.limit is not None:
        shapes += _limit(x(drawn.limit))
    if labelled:
        shapes += axis_labels(x, 37)
    return picture(WIDTH, 40 if labelled else 26, drawn.title, drawn.told, *shapes, kind="interval")


def axis(top: float, *, root: bool = False) -> Markup:
    """The scale that stands over a column of intervals."""
    x = scale(top, root=root)
    marks = [line(x(tick), 14, x(tick), 18, "axis") for tick in x.ticks(30)]
    return picture(WIDTH, 18, "Scale", f"From 0% to {tick_label(top)}", *axis_labels(x, 11), *marks, kind="interval")


def axis_labels(x: Scale, y: float) -> list[Markup]:
    ticks = x.ticks(30)
    return [text(x(tick), y, tick_label(tick), anchor=_anchor(tick, x.top)) for tick in ticks]


def _anchor(tick: float, top: float) -> str:
    return "start" if tick == 0 else "end" if tick == top else "middle"


def _bar(x: Scale, band: Pair, few: bool) -> Markup:
    low, high = x(band[0]), x(band[1])
    return element("rect", x=low, y=9, width=max(high - low, 1.5), height=8, rx=2, class_="band few" if few else "band")


def _whiskers(x: Scale, pair: Pair) -> list[Markup]:
    low, high = map(x, pair)
    return [line(low, 20, high, 20, "clustered"), line(low, 17.5, low, 22.5, "clustered"), line(high, 17.5, high, 22.5, "clustered")]


def _limit(x: float) -> list[Markup]:
    return [line(x, 1, x, 25, "limit"), element("path", d=f"M{x - 3.5:.1f} 0h7l-3.5 5z", class_="limit-mark")]
