"""How a phone sees an article: on some ground, from some side, in some light, through a small lens."""

from dataclasses import dataclass

import numpy as np

from agent.commerce.demo.damage.canvas import Image, Mask, noise

_GROUNDS = ((196, 170, 138), (226, 224, 220), (120, 104, 90), (168, 176, 184), (92, 98, 106), (214, 204, 186), (150, 160, 140))


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking. Angles in radians; `light` is a factor; `grain` in grey levels; `blur` in pixels of a picture of 640."""

    turn: float
    lean: float
    zoom: float
    light: float
    warmth: float
    grain: float
    blur: float
    quality: int


def any_view(rng: np.random.Generator) -> View:
    """As people hold their phones."""
    return View(
        turn=float(rng.normal(0, 0.14)),
        lean=float(rng.uniform(0, 0.16)),
        zoom=float(rng.uniform(0.82, 1.12)),
        light=float(rng.uniform(0.78, 1.15)),
        warmth=float(rng.normal(0, 0.05)),
        grain=float(rng.uniform(1, 5)),
        blur=float(rng.uniform(0.2, 0.9)),
        quality=int(rng.integers(72, 94)),
    )


def ground(rng: np.random.Generator, side: int) -> Image:
    """A table, a floor or a cloth."""
    colour = np.array(_GROUNDS[rng.integers(len(_GROUNDS))], np.float32) * rng.uniform(0.85, 1.1)
    image = np.ones((side, side, 3), np.float32) * colour
    grain = noise(rng, (side, side), side / rng.uniform(4, 60)) * rng.uniform(2, 9)
    if rng.random() < 0.5:  # boards or threads run one way
        grain = grain + noise(rng, (side, 4), 2)[:, :1] * rng.uniform(2, 8)
    return np.clip(image + grain[..., None], 0, 255)


def seen(image: Image, mask: Mask, view: View, rng: np.random.Generator) -> Image:
    """The article on a ground, as the phone's file has it (0..255, the same sides)."""
    import cv2

    side = len(image)
    way = _homography(view, side, rng)
    article = np.asarray(cv2.warpPerspective(image, way, (side, side), flags=cv2.INTER_LINEAR), np.float32)
    cover = np.asarray(cv2.warpPerspective(mask, way, (side, side), flags=cv2.INTER_LINEAR), np.float32)[..., None]
    below = ground(rng, side)
    small = cv2.GaussianBlur(cv2.resize(cover[..., 0], (80, 80), interpolation=cv2.INTER_AREA), (0, 0), 2)
    shadow = np.roll(np.asarray(cv2.resize(small, (side, side)), np.float32), (side // 60, side // 90), (0, 1))[..., None]
    placed = below * (1 - 0.35 * shadow) * (1 - cover) + article * cover
    return _lit(placed, view, rng)


def _homography(view: View, side: int, rng: np.random.Generator) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    import cv2

    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64)
    cos, sin = np.cos(view.turn), np.sin(view.turn)
    turned = corners @ np.array([[cos, sin], [-sin, cos]]) * view.zoom
    turned *= 1 - rng.uniform(0, view.lean, (4, 1))
    target = (turned + rng.uniform(-0.06, 0.06, 2) + 1) * side / 2
    found = cv2.getPerspectiveTransform(((corners + 1) * side / 2).astype(np.float32), target.astype(np.float32))
    return np.asarray(found, np.float64)


def _lit(image: Image, view: View, rng: np.random.Generator) -> Image:
    import cv2

    side = len(image)
    angle = rng.uniform(0, 2 * np.pi)
    ys, xs = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j].astype(np.float32)
    fall = 1 + 0.16 * (xs * np.cos(angle) + ys * np.sin(angle))
    tone = np.array([1 + view.warmth, 1, 1 - view.warmth], np.float32)
    lit = cv2.GaussianBlur(image * fall[..., None] * tone * view.light, (0, 0), max(0.05, view.blur * side / 640))
    return np.clip(np.asarray(lit, np.float32) + rng.standard_normal(image.shape, np.float32) * view.grain, 0, 255)
