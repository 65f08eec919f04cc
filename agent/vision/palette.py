"""The colours of an article, and how far a photo is from having them: what tells a pair of twins in two colours apart."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from agent.vision.pixels import Pixels, resized

Floats = npt.NDArray[np.float32]

SIDE: Final = 72
#: An article's main colours that count.
MOST: Final = 4
#: LAB units: pixels nearer to the ground than this are no article; colours in one cell are one colour.
_GROUND: Final = 9.0
_CELL: Final = 14.0
#: Light changes brightness far more than hue.
_WEIGHTS: Final = np.array([0.35, 1.0, 1.0], np.float32)
#: Share of a photo's pixels that must have a colour for it to be there.
_THERE: Final = 0.015


@dataclass(frozen=True, slots=True)
class Palette:
    """LAB colours (n, 3) and their shares of the article, most first."""

    colours: Floats
    shares: Floats


def colours(pixels: Pixels) -> Floats:
    """A small copy's pixels (n, 3) in LAB."""
    return _lab(pixels).reshape(-1, 3)


def palette(picture: Pixels) -> Palette:
    """Of a catalogue picture: the article stands before a plain ground, which its edge shows."""
    lab = _lab(picture)
    edge = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    ground = np.median(edge, axis=0)
    apart = np.linalg.norm((lab - ground) * _WEIGHTS, axis=2) > _GROUND
    # A picture that fills its frame, or has no plain ground, counts whole.
    article = lab[apart] if apart.mean() > 0.05 else lab.reshape(-1, 3)
    _, cell, count = np.unique((article / _CELL).round().astype(int), axis=0, return_inverse=True, return_counts=True)
    top = np.argsort(-count, kind="stable")[:MOST]
    means = np.stack([article[cell.ravel() == each].mean(0) for each in top])
    shares = count[top] / count[top].sum()
    return Palette(means.astype(np.float32), shares.astype(np.float32))


def apart(photo: Floats, article: Palette) -> float:
    """How far the photo's nearest pixels are from the article's colours: LAB units, the mean over the colours by their shares."""
    few = max(1, round(len(photo) * _THERE))
    far = np.linalg.norm((photo[:, None] - article.colours[None]) * _WEIGHTS, axis=2)
    nearest = np.partition(far, few - 1, axis=0)[:few].mean(0)
    return float(nearest @ article.shares)


def _lab(pixels: Pixels) -> Floats:
    import cv2

    small = resized(pixels, SIDE).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float32)
