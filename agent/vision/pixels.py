"""The pixels of a stored photo, as everything that looks at it takes them."""

import io
from math import ceil

import numpy as np
import numpy.typing as npt

from agent.errors import PhotoRejected

#: Height, width, RGB.
Pixels = npt.NDArray[np.uint8]


def open_pixels(data: bytes, side: int = 1024) -> Pixels:
    """Our own stored copy, its longer side `side` at most. CPU work of 15 ms: call it in a thread.

    Raises:
        PhotoRejected: the copy is damaged, or none of ours.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
            share = side / max(opened.size)
            if share < 1:  # decoded at half or a quarter of its size where that is enough
                opened.draft("RGB", (ceil(opened.width * share), ceil(opened.height * share)))
            return resized(np.asarray(opened.convert("RGB")), side)
    except (OSError, ValueError, SyntaxError) as error:
        raise PhotoRejected from error


def resized(pixels: Pixels, side: int) -> Pixels:
    """No longer than `side`; averaged, so that fine patterns do not turn into others. Never enlarged."""
    import cv2

    height, width = pixels.shape[:2]
    share = side / max(height, width)
    if share >= 1:
        return pixels
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
