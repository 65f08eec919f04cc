"""Synthetic views of a demo article: cut out of its picture, turned, lit, put before another ground, blurred, noisy, and as a JPEG again."""

import io
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from agent.commerce.demo.photos import SIDE, photo
from agent.vision.pixels import Pixels, open_pixels

Floats = npt.NDArray[np.float32]
WIDTH, HEIGHT = 1024, 768
#: How far, in any of RGB, a pixel may be from the picture's own ground and yet belong to it.
_GROUND = 6.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a view differs from the picture; a share of 1 is a careless customer's photo."""

    turn: float = 1.0
    light: float = 1.0
    spoil: float = 1.0


CAREFUL, CARELESS = Effort(0.4, 0.4, 0.4), Effort()


def view(sku: str, rng: np.random.Generator, effort: Effort = CARELESS) -> Pixels:
    """One photo of the article, 1024 x 768; the same for the same generator."""
    article, mask = _cut_out(sku)
    scene = ground(rng)
    matrix = _pose(rng, effort.turn)
    warped = cv2.warpPerspective(article, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    soft = cv2.warpPerspective(mask, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)[..., np.newaxis] / np.float32(255)
    shown = (scene * (1 - soft) + warped * soft).astype(np.float32)
    return spoilt(lit(shown, rng, effort.light), rng, effort.spoil)


def empty(rng: np.random.Generator, effort: Effort = CARELESS) -> Pixels:
    """A photo of no article at all."""
    return spoilt(lit(ground(rng), rng, effort.light), rng, effort.spoil)


@lru_cache(maxsize=64)
def _cut_out(sku: str) -> tuple[Floats, npt.NDArray[np.uint8]]:
    """(RGB, mask of 255 where the article is)."""
    picture = open_pixels(photo(sku)).astype(np.float32)
    table = picture[:8].mean((0, 1))
    apart = np.full(picture.shape[:2], 255, np.uint8)
    for shade in (1.0, 0.9):  # also in the shadow
        apart[np.abs(picture - table * shade).max(2) < _GROUND] = 0
    apart = cv2.morphologyEx(apart, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)).astype(np.uint8)
    outlines, _ = cv2.findContours(apart, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    mask = np.zeros(apart.shape, np.uint8)
    cv2.drawContours(mask, [line for line in outlines if cv2.contourArea(line) > 400], -1, 255, cv2.FILLED)
    return picture, mask


def _pose(rng: np.random.Generator, effort: float) -> Floats:
    """The article somewhere in the frame, seen from a little aside."""
    side, size = float(SIDE), rng.uniform(0.95 - 0.35 * effort, 1.15) * HEIGHT
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    seen = (corners / side - 0.5) * size
    seen *= 1 + rng.uniform(-0.12, 0.12, seen.shape) * effort
    angle = np.radians(rng.normal(0, 14 * effort))
    turned = seen @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = turned + (WIDTH / 2, HEIGHT / 2) + rng.uniform(-0.16, 0.16, 2) * effort * (WIDTH, HEIGHT)
    return np.asarray(cv2.getPerspectiveTransform(corners, moved.astype(np.float32)), np.float32)


def ground(rng: np.random.Generator) -> Floats:
    """A table, a cloth, a floor, or a cluttered room."""
    base = rng.uniform(40, 235, 3) * 0.5 + rng.uniform(60, 220) * 0.5
    scene = np.full((HEIGHT, WIDTH, 3), base, np.float32)
    kind = rng.integers(4)
    if kind == 1:  # boards
        grain = cv2.GaussianBlur(rng.normal(0, 60, (HEIGHT, 24)).astype(np.float32), (3, 3), 0)
        scene += cv2.resize(grain, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)[..., np.newaxis]
        for at in range(int(rng.integers(60, 140)), HEIGHT, int(rng.integers(90, 180))):
            scene[at : at + 3] *= 0.6
    elif kind == 2:  # woven cloth
        rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        pitch = rng.uniform(3, 9)
        scene += (12 * np.sin(rows / pitch) * np.sin(columns / pitch))[..., np.newaxis]
    elif kind == 3:  # things lying about
        for _ in range(int(rng.integers(6, 18))):
            x, y, w, h = (int(value) for value in rng.integers((0, 0, 40, 30), (WIDTH, HEIGHT, 420, 320)))
            scene[y : y + h, x : x + w] = rng.uniform(20, 240, 3)
    return cv2.GaussianBlur(scene, (0, 0), rng.uniform(0.6, 3)) + rng.normal(0, 3, scene.shape).astype(np.float32)


def lit(scene: Floats, rng: np.random.Generator, effort: float) -> Floats:
    """Brighter or darker, warmer or colder, and from one side."""
    gain = np.exp(rng.normal(0, 0.22 * effort)) * np.exp(rng.normal(0, 0.06 * effort, 3))
    slope = np.linspace(1 - 0.25 * effort, 1 + 0.25 * effort, WIDTH, dtype=np.float32)[:: int(rng.choice((-1, 1)))]
    gamma = np.exp(rng.normal(0, 0.15 * effort))
    bright = np.clip(scene * gain * slope[np.newaxis, :, np.newaxis], 0, 255) / 255
    return np.asarray(bright**gamma * 255, np.float32)


def spoilt(scene: Floats, rng: np.random.Generator, effort: float) -> Pixels:
    """Out of focus, noisy, and compressed."""
    blurred = cv2.GaussianBlur(scene, (0, 0), 0.3 + rng.uniform(0, 1.6) * effort)
    noisy = blurred + rng.normal(0, rng.uniform(1, 9) * effort, scene.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=int(rng.integers(50, 92)))
    return open_pixels(out.getvalue(), WIDTH)
