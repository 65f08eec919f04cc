"""Risk against coverage: what share of a remedy's turns is resolved alone at each threshold, and how often that is wrong."""

from markupsafe import Markup

from eval.report.charts.svg import Scale, ceiling, diamond, element, line, path, picture, text, tick_label
from eval.report.figures import Figures

WIDTH, HEIGHT = 330, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 318, 16, 182


def risk_coverage(certificate: Figures, title: str) -> Markup:
    """`certificate` as in `eval.report.assemble.certificates`."""
    curve = [point for point in certificate["curve"] if point["n"]]
    limit, chosen = certificate["limit"], certificate["chosen"]
    x, y = scales(curve, limit)
    shapes = [*_frame(x, y), line(LEFT, y(limit), RIGHT, y(limit), "limit"), *_lines(curve, x, y)]
    shapes.append(text(LEFT + 4, y(limit) - 4, f"limit {tick_label(limit)}", kind="label limit-label"))
    if chosen:
        shapes += _chosen(chosen, x, y)
    return picture(WIDTH, HEIGHT, title, _told(certificate, curve), *shapes, kind="risk")


def scales(curve: list[Figures], limit: float) -> tuple[Scale, Scale]:
    """Coverage across, risk upwards; the risk axis is stretched near zero, where the limit lies."""
    # The bound of a handful of turns is always huge: it must not flatten the rest.
    highest = max(
        [limit * 2, *(point["wrong"] / point["n"] for point in curve), *(sorted(p["bound"] for p in curve)[: len(curve) // 2 + 1])]
    )
    return Scale(1.0, LEFT, RIGHT), Scale(ceiling(highest), BOTTOM, TOP, root=True)


def _frame(x: Scale, y: Scale) -> list[Markup]:
    shapes: list[Markup] = []
    for tick in y.ticks(20):
        shapes += [line(LEFT, y(tick), RIGHT, y(tick), "grid"), text(LEFT - 5, y(tick) + 3.5, tick_label(tick), anchor="end")]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        shapes += [line(x(tick), BOTTOM, x(tick), BOTTOM + 4, "axis"), text(x(tick), BOTTOM + 16, tick_label(tick), anchor="middle")]
    middle = (LEFT + RIGHT) / 2
    return [*shapes, line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis"), text(middle, HEIGHT - 6, "resolved alone (coverage)", anchor="middle")]


def _lines(curve: list[Figures], x: Scale, y: Scale) -> list[Markup]:
    """Risk is measured, the bound is what it may really be."""
    if not curve:
        return [text((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2, "no turn to learn from", anchor="middle")]
    measured = path([(x(p["coverage"]), y(p["wrong"] / p["n"])) for p in curve], "measured")
    # Where the bound is off the paper it is left out: drawn along the edge it would look measured.
    bound = path([(x(p["coverage"]), y(p["bound"])) for p in curve if p["bound"] <= y.top], "bound-line")
    first = curve[0]
    return [bound, measured, diamond(x(first["coverage"]), y(first["wrong"] / first["n"]), 2, "measured-end")]


def _chosen(chosen: Figures, x: Scale, y: Scale) -> list[Markup]:
    at, risk = x(chosen["coverage"]), y(chosen["bound"])
    right = at > (LEFT + RIGHT) / 2
    words = text(at - 5 if right else at + 5, TOP + 4, f"certified at {chosen['minimum']:.2f}", anchor="end" if right else "start")
    return [line(at, BOTTOM, at, TOP - 4, "certified-line"), element("g", diamond(at, risk, 6, "certified"), words)]


def _told(certificate: Figures, curve: list[Figures]) -> str:
    start = f"{certificate['served']} turns, {len(curve)} thresholds tried, limit {certificate['limit']:.1%}. "
    chosen = certificate["chosen"]
    if not chosen:
        return start + "No threshold is certified."
    return start + f"Certified at {chosen['minimum']:.2f}: coverage {chosen['coverage']:.1%}, {chosen['wrong']} wrong of {chosen['n']}."
