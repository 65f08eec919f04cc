"""What every chart is drawn with: elements whose text is escaped, and scales from figures to places."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from markupsafe import Markup

#: Candidate ticks of shares.
TICKS: Final = (0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0)


def element(name: str, *children: str, **attributes: object) -> Markup:
    """`class_` and `stroke_width` are written as `class` and `stroke-width`. Children that are no Markup are escaped."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value)) for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, Markup("").join(children))


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def picture(width: int, height: int, title: str, description: str, *shapes: str, kind: str) -> Markup:
    """The colours come from the page's style sheet, by class."""
    told = (element("title", title), element("desc", description))
    # The width is a wish: the style sheet lets a picture shrink with its column.
    return element("svg", *told, *shapes, class_=f"chart {kind}", viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "label") -> Markup:
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=kind)


def path(points: list[tuple[float, float]], kind: str) -> Markup:
    return element("path", d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), class_=kind)


def diamond(x: float, y: float, size: float, kind: str) -> Markup:
    return element("path", d=f"M{x:.1f} {y - size:.1f}l{size} {size}l-{size} {size}l-{size} -{size}z", class_=kind)


@dataclass(frozen=True, slots=True)
class Scale:
    """Puts figures from 0 to `top` on the way from `start` to `end`. `root` gives small shares more room."""

    top: float
    start: float
    end: float
    root: bool = False

    def __call__(self, value: float) -> float:
        share = min(max(value / self.top, 0.0), 1.0)
        return self.start + (self.end - self.start) * (sqrt(share) if self.root else share)

    def ticks(self, apart: float) -> list[float]:
        """Round shares from 0 to the top, at least `apart` from each other on the paper."""
        kept: list[float] = []
        for tick in (tick for tick in (*TICKS, self.top) if tick <= self.top):
            if not kept or (tick > kept[-1] and abs(self(tick) - self(kept[-1])) >= apart):
                kept.append(tick)
        # The end of the scale is always named; its neighbour makes room.
        if kept[-1] != self.top:
            kept = [tick for tick in kept if tick == 0 or abs(self(self.top) - self(tick)) >= apart] + [self.top]
        return kept


def ceiling(value: float) -> float:
    """The next round share at or above."""
    return next((top for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if value <= top), 1.0)


def tick_label(value: float) -> str:
    return f"{value:.1%}" if 0 < value < 0.01 else f"{value:.0%}"
