"""The damages themselves, each drawn onto an article's canvas."""

from collections.abc import Callable

import numpy as np

from agent.commerce.demo.damage.canvas import Canvas, Points, blob, drawn, walk
from agent.domain.diagnosis import Defect


def crack(c: Canvas) -> None:
    """A dark broken line with branches, and a bright edge beside it."""
    start, angle = c.spot(), c.rng.uniform(0, 2 * np.pi)
    length = c.size * (0.45 + 0.7 * c.force)
    lines: list[Points] = []
    for way in (angle, angle + np.pi + c.rng.normal(0, 0.3)):
        main = walk(c.rng, start, way, length / 2, 0.35)
        lines.append(main)
        for at in c.rng.choice(np.arange(3, len(main) - 1), size=1 + round(3 * c.force), replace=False):
            lines.append(walk(c.rng, tuple(main[at]), way + c.rng.choice([-1, 1]) * c.rng.uniform(0.5, 1.1), length / 4, 0.4, 8))
    width = c.size / 90 * (0.8 + 1.2 * c.force)
    c.paint(drawn(c.image.shape, [line + width for line in lines], width) * 0.55, (250, 250, 248))
    c.paint(drawn(c.image.shape, lines, width) * 0.95, (18, 16, 16))


def scratch(c: Canvas) -> None:
    """Thin bright lines, nearly parallel."""
    angle, start = c.rng.uniform(0, np.pi), c.spot()
    lines: list[Points] = []
    for _ in range(2 + round(7 * c.force)):
        shift = c.rng.normal(0, c.size * 0.06, 2)
        length = c.size * c.rng.uniform(0.25, 0.5) * (0.7 + 0.6 * c.force)
        lines.append(walk(c.rng, (start[0] + shift[0], start[1] + shift[1]), angle + c.rng.normal(0, 0.08), length, 0.03))
    tone = 235.0 if c.image[c.mask > 0.5].mean() < 150 else 90.0
    c.paint(drawn(c.image.shape, lines, c.size / 170 * (0.7 + c.force)) * (0.65 + 0.3 * c.force), (tone, tone, tone))


def dent(c: Canvas) -> None:
    """The surface bent inwards: what is on it is pulled together, lit on one side and dark on the other."""
    import cv2

    (x, y), radius = c.spot(), c.size * (0.12 + 0.16 * c.force)
    ys, xs = np.mgrid[0 : c.image.shape[0], 0 : c.image.shape[1]].astype(np.float32)
    dx, dy = (xs - x) / radius, (ys - y) / (radius * c.rng.uniform(0.6, 1.0))
    hollow = np.exp(-(dx**2 + dy**2))
    pull = 0.45 * hollow
    bent = cv2.remap(c.image, xs + dx * radius * pull, ys + dy * radius * pull, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    c.image = np.asarray(bent, np.float32)
    light = c.rng.uniform(0, 2 * np.pi)
    slope = (dx * np.cos(light) + dy * np.sin(light)) * hollow * 1.6
    shade = slope * (70 + 90 * c.force) - hollow * 18
    c.image = np.clip(c.image + (shade * c.mask)[..., None], 0, 255)


_SPILLS = ((92, 58, 30), (60, 50, 44), (120, 28, 34), (96, 88, 30), (40, 52, 70))


def stain(c: Canvas) -> None:
    """Something spilt: an uneven patch, darker at its rim, with a few drops beside it."""
    import cv2

    at, radius = c.spot(), c.size * (0.10 + 0.20 * c.force)
    patch = blob(c.rng, c.image.shape, at, radius)
    for _ in range(2 + round(4 * c.force)):
        drop = at[0] + c.rng.normal(0, 1.5 * radius), at[1] + c.rng.normal(0, 1.5 * radius)
        patch = np.maximum(patch, blob(c.rng, c.image.shape, drop, radius * c.rng.uniform(0.1, 0.3)))
    soft = np.asarray(cv2.GaussianBlur(patch, (0, 0), max(1.0, radius / 12)), np.float32)
    rim = np.clip(soft - np.asarray(cv2.GaussianBlur(patch, (0, 0), max(2.0, radius / 4)), np.float32), 0, 1)
    colour = np.array(_SPILLS[c.rng.integers(len(_SPILLS))], np.float32)
    c.paint(np.clip(soft * (0.4 + 0.35 * c.force) + rim * 0.5, 0, 0.95), colour)


def tear(c: Canvas) -> None:
    """An open rip from the outline inwards, with threads along it."""
    import cv2

    rim, middle = np.array(c.spot(rim=True)), np.array(c.spot())
    ahead = (middle - rim) / (np.linalg.norm(middle - rim) + 1e-6)
    length, width = c.size * (0.3 + 0.4 * c.force), c.size * (0.04 + 0.09 * c.force)
    spine = walk(c.rng, (float(rim[0] - ahead[0] * 6), float(rim[1] - ahead[1] * 6)), float(np.arctan2(ahead[1], ahead[0])), length, 0.18)
    side = np.array([-ahead[1], ahead[0]])
    gape = width * np.linspace(1, 0, len(spine)) * c.rng.uniform(0.6, 1.2, len(spine))
    left, right = spine + side * gape[:, None], spine - side * gape[:, None]
    hole = np.zeros(c.mask.shape, np.uint8)
    cv2.fillPoly(hole, [np.round(np.vstack([left, right[::-1]]) * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    opened = hole.astype(np.float32) / 255
    c.paint(opened * 0.9, (34, 30, 28))
    threads = [
        walk(c.rng, tuple(edge[at]), c.rng.uniform(0, 6.3), width * 1.2, 0.5, 5) for edge in (left, right) for at in range(1, len(edge))
    ]
    c.paint(drawn(c.image.shape, [left, right], c.size / 80) * 0.8, (240, 236, 228))
    c.paint(drawn(c.image.shape, threads, c.size / 150) * 0.9, (236, 230, 220))


def missing_part(c: Canvas) -> None:
    """A piece broken off at the outline: there the ground shows."""
    at = c.spot(rim=True)
    gone = blob(c.rng, c.image.shape, at, c.size * (0.16 + 0.2 * c.force), 0.18)
    c.mask = c.mask * (1 - gone)


DRAW: dict[Defect, Callable[[Canvas], None]] = {
    Defect.CRACK: crack,
    Defect.SCRATCH: scratch,
    Defect.DENT: dent,
    Defect.STAIN: stain,
    Defect.TEAR: tear,
    Defect.MISSING_PART: missing_part,
}
