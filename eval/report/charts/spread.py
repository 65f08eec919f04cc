"""How long something takes: a full bar to the median, a hatched one on to the 95th percentile."""

from markupsafe import Markup

from eval.report.charts.svg import Scale, element, line, picture

WIDTH, LEFT, RIGHT = 220, 1, 216


def spread(name: str, p50: float, p95: float, longest: float) -> Markup:
    """Milliseconds, drawn on a scale that ends at `longest`."""
    x = Scale(max(longest, 1e-9), LEFT, RIGHT)
    shapes = (
        line(LEFT, 2, LEFT, 20, "axis"),
        element("rect", x=LEFT, y=6, width=x(p95) - LEFT, height=10, class_="tail"),
        element("rect", x=LEFT, y=6, width=x(p50) - LEFT, height=10, class_="median"),
        line(x(p95), 4, x(p95), 18, "tail-end"),
    )
    return picture(WIDTH, 22, name, f"median {p50:.1f} ms, 95th percentile {p95:.1f} ms", *shapes, kind="spread")


def hatch() -> Markup:
    """The pattern of the hatched bars; once a page."""
    stripe = element("path", d="M0 5l5-5M-1 1l2-2M4 6l2-2", class_="stripe")
    pattern = element("pattern", stripe, id="hatch", width=5, height=5, patternUnits="userSpaceOnUse")
    return element("svg", element("defs", pattern), width=0, height=0, class_="defs", aria_hidden="true")
