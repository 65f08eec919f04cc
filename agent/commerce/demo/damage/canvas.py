"""What the drawn damages share: where the article is in its picture, rough lines over it, and blobs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.floating[Any]]  # (height, width, 3), 0..255
Mask = npt.NDArray[np.floating[Any]]  # (height, width), 0..1
Points = npt.NDArray[np.float64]  # (n, 2): x, y
#: How far a pixel may be from the ground's colour and still be ground.
_NEAR = 9.0


@dataclass(slots=True)
class Canvas:
    """One article while it is drawn on: its pixels, the part of them that is the article, and how bad it is to look (0..1)."""

    image: Image
    mask: Mask
    force: float
    rng: np.random.Generator

    @property
    def size(self) -> float:
        """The article's own size in pixels: damages grow with it."""
        return float(np.sqrt(self.mask.sum()))

    def spot(self, rim: bool = False) -> tuple[float, float]:
        """A place on the article; with `rim`, near its outline."""
        import cv2

        inner = (self.mask > 0.5).astype(np.uint8)
        depth = cv2.distanceTransform(inner, cv2.DIST_L2, 3)
        wide = float(depth.max())
        found = np.argwhere((depth > 0) & (depth < 0.25 * wide) if rim else depth > 0.35 * wide)
        y, x = found[self.rng.integers(len(found))]
        return float(x), float(y)

    def paint(self, cover: Mask, colour: tuple[float, float, float] | Image) -> None:
        """Lay `colour` over the article where `cover` says so."""
        weight = (cover * self.mask)[..., None]
        self.image = self.image * (1 - weight) + np.asarray(colour, np.float32) * weight


def article(image: Image) -> Mask:
    """Where the article is in a catalogue picture: all that has not the colour of its plain ground, or of the shadow on it."""
    import cv2

    plain = image[:8].mean(axis=(0, 1))
    grounds = [plain * light for light in (1.0, 0.9)]
    away = np.minimum.reduce([np.maximum.reduce(cv2.split(cv2.absdiff(image, np.full_like(image, ground)))) for ground in grounds])
    found = (away > _NEAR).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(found, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    whole = np.zeros_like(found)
    kept = [each for each in outlines if cv2.contourArea(each) > 0.002 * found.size]
    cv2.drawContours(whole, kept, -1, 1, cv2.FILLED)
    return np.asarray(cv2.GaussianBlur(whole.astype(np.float32), (0, 0), 1.0), np.float32)


def walk(rng: np.random.Generator, start: tuple[float, float], angle: float, length: float, jitter: float, steps: int = 14) -> Points:
    """A line that loses its way a little: (steps + 1, 2)."""
    angles = angle + np.cumsum(rng.normal(0, jitter, steps))
    moves = np.stack([np.cos(angles), np.sin(angles)], axis=1) * (length / steps)
    return np.vstack([[start], np.asarray(start) + np.cumsum(moves, axis=0)])


def drawn(shape: tuple[int, ...], lines: list[Points], width: float) -> Mask:
    """Lines as a cover, smooth at their edges."""
    import cv2

    cover = np.zeros(shape[:2], np.uint8)
    for line in lines:
        fixed = np.round(line * 16).astype(np.int32)
        cv2.polylines(cover, [fixed], False, 255, max(1, round(width)), cv2.LINE_AA, shift=4)
    return cover.astype(np.float32) / 255 * min(1.0, max(width, 0.35))


def blob(rng: np.random.Generator, shape: tuple[int, ...], at: tuple[float, float], radius: float, wild: float = 0.35) -> Mask:
    """A stain-like patch with an uneven outline."""
    import cv2

    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    waves = sum(rng.normal(0, wild / (n + 1)) * np.cos(n * turns + rng.uniform(0, 6.3)) for n in range(1, 6))
    reach = radius * np.clip(1 + np.asarray(waves), 0.25, 2.2)
    outline = np.stack([at[0] + reach * np.cos(turns), at[1] + reach * np.sin(turns)], axis=1)
    cover = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(cover, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    return cover.astype(np.float32) / 255


def noise(rng: np.random.Generator, shape: tuple[int, ...], grain: float) -> Mask:
    """Smooth random ups and downs, about -1..1; `grain` in pixels."""
    import cv2

    coarse = rng.normal(0, 1, (max(2, int(shape[0] / grain)), max(2, int(shape[1] / grain)))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)
