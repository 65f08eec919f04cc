"""Whether a photo shows anything at all; what a customer can mend with another photo is told apart."""

from typing import Final

import numpy as np
import numpy.typing as npt

from agent.domain.diagnosis import Unclear
from agent.vision.pixels import Pixels, resized

#: Pixels: below, a crack of a hair's width is none; a thumbnail sent by mistake.
SHORTEST, LONGEST = 120, 200
#: Pixels of the longer side at which light and focus are judged.
SIDE: Final = 512
#: Of 255. A photo whose brightest twentieth is darker, or whose darkest twentieth is brighter, shows nothing.
DARK, BRIGHT = 45.0, 230.0
#: Mean brightness outside of which contrast does not help either.
MURKY, GLARING = 18.0, 244.0
#: Sharpest edges (the 99.5th percentile of the Laplacian) as a share of the contrast.
SHARP: Final = 0.07


def unclear(pixels: Pixels) -> Unclear | None:
    """The first thing that is wrong; None: it can be looked at. CPU work of 3 ms.

    The bounds were set on 84 synthetic views of the demo pictures (there are no real photos here) and on the same ones spoilt: sharp views have .10 to
    .38, a blur of 4 pixels in 1,024 leaves .03 to .13, one of 6 or more at most .07. A shake in one direction alone often passes.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < SHORTEST or max(height, width) < LONGEST:
        return Unclear.TOO_SMALL
    grey = _grey(pixels)
    low, high = (float(value) for value in np.percentile(grey[::2, ::2], (5, 95)))
    mean = float(grey.mean())
    if high < DARK or mean < MURKY:
        return Unclear.TOO_DARK
    if low > BRIGHT or mean > GLARING:
        return Unclear.TOO_BRIGHT
    return Unclear.BLURRED if sharpness(grey) < SHARP else None


def sharpness(grey: npt.NDArray[np.uint8]) -> float:
    """The steepest changes in the picture against its whole range: a plain wall around a sharp article does not count as blur."""
    import cv2

    edges = np.abs(cv2.Laplacian(cv2.GaussianBlur(grey, (3, 3), 0), cv2.CV_32F))
    low, high = np.percentile(grey[::2, ::2], (1, 99))
    return float(np.percentile(edges, 99.5) / max(high - low, 12.0))


def _grey(pixels: Pixels) -> npt.NDArray[np.uint8]:
    import cv2

    return np.asarray(cv2.cvtColor(resized(pixels, SIDE), cv2.COLOR_RGB2GRAY), np.uint8)
