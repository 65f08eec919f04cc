"""The parcel an article came in: a cardboard box with its label, whole or torn open."""

import numpy as np

from agent.commerce.demo.damage.canvas import Canvas, Image, blob, drawn, noise, walk


def carton(label: Image, rng: np.random.Generator, force: float) -> Canvas:
    """A box as large as the article's picture, which is printed small on it."""
    import cv2

    side = len(label)
    kraft = np.array([176, 138, 96], np.float32) * rng.uniform(0.88, 1.1)
    image = np.ones((side, side, 3), np.float32) * kraft
    image += (noise(rng, image.shape, 3) * 3 + noise(rng, (side, 6), 2)[:, :1] * 4)[..., None]
    top, bottom, left, right = (round(share * side) for share in (rng.uniform(0.16, 0.3), 0.86, 0.12, 0.88))
    mask = np.zeros((side, side), np.float32)
    mask[top:bottom, left:right] = 1
    fold = round(top + 0.18 * (bottom - top))
    image[top:fold] *= 1.09
    tape = slice(round(0.46 * side), round(0.54 * side))
    image[top:bottom, tape] = image[top:bottom, tape] * 0.45 + np.array([214, 196, 160], np.float32) * 0.55
    small = round(0.24 * side)
    x, y = round(rng.uniform(0.16, 0.58) * side), round(fold + 0.1 * side)
    image[y : y + small, x : x + small] = cv2.resize(label, (small, small), interpolation=cv2.INTER_AREA)
    return Canvas(np.clip(image, 0, 255), mask, force, rng)


def torn(c: Canvas) -> None:
    """A ragged hole with the dark inside, loose flaps of lighter paper, and creases."""
    at, radius = c.spot(rim=bool(c.rng.integers(2))), c.size * (0.12 + 0.16 * c.force)
    flap = blob(c.rng, c.image.shape, at, radius * 1.35, 0.6)
    c.paint(flap * 0.85, (222, 196, 158))
    c.paint(blob(c.rng, c.image.shape, at, radius, 0.55), (40, 30, 24))
    creases = [walk(c.rng, at, c.rng.uniform(0, 6.3), c.size * c.rng.uniform(0.3, 0.6), 0.12) for _ in range(3 + round(4 * c.force))]
    c.paint(drawn(c.image.shape, [crease + 2 for crease in creases], c.size / 140) * 0.5, (235, 214, 180))
    c.paint(drawn(c.image.shape, creases, c.size / 110) * 0.75, (84, 60, 38))
