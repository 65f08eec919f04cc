"""A score from 0 to 1 as a bar, with the published figure as a mark where there is one."""

from markupsafe import Markup

from eval.report.charts.svg import Scale, diamond, element, line, picture

WIDTH = 140


def share_bar(name: str, value: float, other: float | None = None) -> Markup:
    x = Scale(1.0, 1, WIDTH - 6)
    shapes = [
        element("rect", x=1, y=5, width=WIDTH - 7, height=8, rx=2, class_="track"),
        element("rect", x=1, y=5, width=x(value) - 1, height=8, rx=2, class_="fill"),
    ]
    told = f"{value:.1%}"
    if other is not None:
        shapes += [line(x(other), 2, x(other), 16, "other"), diamond(x(other), 9, 4, "other-mark")]
        told += f", published {other:.1%}"
    return picture(WIDTH, 18, name, told, *shapes, kind="share-bar")
