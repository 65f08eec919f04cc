"""Whether two pictures show the same thing: points in common that one turn of a plane explains, and the colours between them."""

import threading
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from agent.vision.pixels import Pixels, resized

Floats = npt.NDArray[np.float32]

#: Pixels of a picture's longer side when points are looked for, and how many points are kept.
SIDE: Final = 384
MOST: Final = 500
#: Flat product pictures have faint corners; the usual 0.04 finds a fifth of them.
CONTRAST: Final = 0.01
#: A point's best partner must be so much nearer than its second best.
RATIO: Final = 0.8
#: Pixels that a point may lie beside where the turn puts it.
SLACK: Final = 5.0
#: Fewer pairs than this explain nothing.
FEWEST: Final = 6
#: Colours are compared on copies that are so many times smaller.
_COARSE: Final = 4
_LOCAL = threading.local()


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture ready to be compared: where its points are (n, 2), what they look like (n, 128), and its colours (LAB, a quarter of the size)."""

    points: Floats
    looks: Floats
    colours: Floats


@dataclass(frozen=True, slots=True)
class Match:
    """`inliers` pairs agree; `hue` and `shade` are how far the colours between them differ (LAB units), 0 without a match."""

    inliers: int = 0
    share: float = 0.0  # of all pairs
    hue: float = 0.0
    shade: float = 0.0


def sight(pixels: Pixels) -> Sight:
    """CPU work of 30 ms: call it in a thread."""
    import cv2

    small = resized(pixels, SIDE)
    found, looks = _detector().detectAndCompute(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), None)
    points = np.array([point.pt for point in found], np.float32).reshape(-1, 2)
    colours = cv2.cvtColor(resized(small, SIDE // _COARSE).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    looks = np.zeros((0, 128), np.float32) if looks is None else looks
    return Sight(points, np.asarray(looks, np.float32), np.asarray(colours, np.float32))


def _detector() -> Any:
    """One a thread: it keeps its work space."""
    import cv2

    if not hasattr(_LOCAL, "detector"):
        cv2.setNumThreads(1)
        _LOCAL.detector = cast("Any", cv2).SIFT_create(nfeatures=MOST, contrastThreshold=CONTRAST)
    return _LOCAL.detector


def match(photo: Sight, article: Sight) -> Match:
    """How much of the article's catalogue picture is found in the photo."""
    import cv2

    pairs = _pairs(article.looks, photo.looks)
    if len(pairs) < FEWEST:
        return Match()
    here, there = article.points[pairs[:, 0]], photo.points[pairs[:, 1]]
    plane, marks = cast("tuple[Floats | None, Floats]", cv2.findHomography(here, there, cv2.RANSAC, SLACK, maxIters=500, confidence=0.99))
    kept = marks.ravel().astype(bool)
    if plane is None or kept.sum() < FEWEST or not _possible(plane, here[kept]):
        return Match()
    hue, shade = _colours(photo, article, plane, here[kept])
    return Match(int(kept.sum()), float(kept.mean()), hue, shade)


def _pairs(article: Floats, photo: Floats) -> npt.NDArray[np.int64]:
    """(row of article, row of photo): nearest, clearly nearer than the next, and no point of the photo twice."""
    import cv2

    if len(article) < 2 or len(photo) < 2:
        return np.zeros((0, 2), np.int64)
    found = cv2.BFMatcher(cv2.NORM_L2).knnMatch(article, photo, k=2)
    clear = [(first.queryIdx, first.trainIdx) for first, second in found if first.distance < RATIO * second.distance]
    pairs = np.array(clear, np.int64).reshape(-1, 2)
    return pairs[np.unique(pairs[:, 1], return_index=True)[1]]


def _possible(plane: Floats, points: Floats) -> bool:
    """A thing seen from another side: not mirrored, not folded, not shrunk to nothing."""
    import cv2

    low, high = points.min(0), points.max(0)
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]], np.float32)
    seen = cv2.perspectiveTransform(corners[None], plane)[0]
    sides = np.roll(seen, -1, axis=0) - seen
    turns = np.roll(sides, -1, axis=0)
    crossed = sides[:, 0] * turns[:, 1] - sides[:, 1] * turns[:, 0]
    before, after = float(np.prod(high - low)), abs(float(cv2.contourArea(seen)))
    return bool((crossed > 0).all()) and before > 0 and 0.01 < after / before < 30


def _colours(photo: Sight, article: Sight, plane: Floats, points: Floats) -> tuple[float, float]:
    """Median difference of colour, and of brightness, over the area that the points enclose."""
    import cv2

    area = np.zeros(article.colours.shape[:2], np.uint8)
    cv2.fillConvexPoly(area, (cv2.convexHull(points) / _COARSE).astype(np.int32), 1)
    rows, columns = np.nonzero(area)
    here = np.stack([columns, rows], axis=1).astype(np.float32)
    there = (cv2.perspectiveTransform((here * _COARSE)[None], plane)[0] / _COARSE).round().astype(int)
    height, width = photo.colours.shape[:2]
    inside = (there >= 0).all(1) & (there[:, 0] < width) & (there[:, 1] < height)
    if not inside.any():
        return 0.0, 0.0
    ours, theirs = article.colours[rows[inside], columns[inside]], photo.colours[there[inside, 1], there[inside, 0]]
    far = np.abs(ours - theirs)
    return float(np.median(np.hypot(far[:, 1], far[:, 2]))), float(np.median(far[:, 0]))
