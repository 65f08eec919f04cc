"""A photo of a demo article as a customer might send it, drawn anew from its catalogue picture: same seed, same photo."""

from collections.abc import Mapping

import numpy as np

from agent.commerce.demo.catalogue import looks
from agent.commerce.demo.damage.canvas import Canvas, Image, article
from agent.commerce.demo.damage.carton import carton, torn
from agent.commerce.demo.damage.marks import DRAW
from agent.commerce.demo.damage.views import View, any_view, seen
from agent.commerce.demo.photos import photo
from agent.domain.diagnosis import Defect, Severity
from agent.errors import BadInput
from agent.vision.pixels import Pixels, open_pixels

FORCE: Mapping[Severity, tuple[float, float]] = {Severity.MINOR: (0.05, 0.3), Severity.MAJOR: (0.4, 0.65), Severity.UNUSABLE: (0.75, 1.0)}
#: What can happen to the articles of a category.
HAPPENS: Mapping[str, tuple[Defect, ...]] = {
    "audio": (Defect.CRACK, Defect.SCRATCH, Defect.DENT, Defect.MISSING_PART, Defect.TORN_PACKAGING),
    "textiles": (Defect.STAIN, Defect.TEAR, Defect.TORN_PACKAGING),
    "beauty": (Defect.CRACK, Defect.STAIN, Defect.DENT, Defect.MISSING_PART, Defect.TORN_PACKAGING),
    "fashion": (Defect.STAIN, Defect.TEAR, Defect.SCRATCH, Defect.TORN_PACKAGING),
}
#: How many undamaged photos show the parcel: else any carton would pass for a torn one.
WHOLE_CARTONS = 0.35
#: Raise it when the same seed gives another photo: what was measured on the old ones is then measured anew.
DRAWING = 2
DRAWN = frozenset({*DRAW, Defect.TORN_PACKAGING, Defect.NONE})


def snap(sku: str, defect: Defect, seed: int, severity: Severity | None = None, view: View | None = None) -> Pixels:
    """Square, RGB. Raises BadInput for an unknown article or a damage that nobody can draw."""
    if sku not in looks():
        raise BadInput(f"The demo shop has no article {sku}. There are: {', '.join(looks())}.")
    if defect not in DRAWN:
        raise BadInput(f"{defect.value} cannot be drawn. Choose one of: {', '.join(sorted(DRAWN))}.")
    rng = np.random.default_rng([seed, *sku.encode(), *defect.value.encode()])
    low, high = FORCE[severity] if severity else (0.05, 1.0)
    canvas = _canvas(open_pixels(photo(sku)).astype(np.float32), defect, rng, float(rng.uniform(low, high)))
    if defect is Defect.TORN_PACKAGING:
        torn(canvas)
    elif defect is not Defect.NONE:
        DRAW[defect](canvas)
    return np.round(seen(canvas.image, canvas.mask, view or any_view(rng), rng)).astype(np.uint8)


def _canvas(picture: Image, defect: Defect, rng: np.random.Generator, force: float) -> Canvas:
    boxed = defect is Defect.TORN_PACKAGING or (defect is Defect.NONE and rng.random() < WHOLE_CARTONS)
    return carton(picture, rng, force) if boxed else Canvas(picture, article(picture), force, rng)


def jpeg(pixels: Pixels, quality: int = 86) -> bytes:
    import io

    from PIL import Image as Files

    out = io.BytesIO()
    Files.fromarray(pixels).save(out, "JPEG", quality=quality)
    return out.getvalue()
