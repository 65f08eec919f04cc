"""The few strokes all catalogue pictures are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paint:
    """A product's colours: its own, a darker and a lighter one, and the accent."""

    main: str
    dark: str
    light: str
    accent: str


def tint(colour: str, by: float) -> str:
    """Mixed with white (`by` above 0) or with black (below); `colour` is #rrggbb."""
    target = 255 if by > 0 else 0
    parts = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{round(part + (target - part) * abs(by)):02x}" for part in parts)


def rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{fill}"/>'


def circle(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"/>'


def path(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def stroke(d: str, colour: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    look = f'stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"{dashes}'
    return f'<path d="{d}" fill="none" {look}/>'


def mirrored(half: str) -> str:
    """The left half, and again as the right one."""
    return f'{half}<g transform="translate(400 0) scale(-1 1)">{half}</g>'
