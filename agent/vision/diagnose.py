"""What may be said of a photo's defect: the likeliest class when it is sure enough and was let through its check, else why not. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from agent.domain.commerce import Product
from agent.domain.diagnosis import Defect, Diagnosis, Severity, Source, Unclear, Verdict
from agent.vision.classifier import Classifier
from agent.vision.features import Extracts, Vector
from agent.vision.held_out import LIMITS
from agent.vision.pixels import Pixels

#: The middle of a photo is looked at again, this share of each side: with it a classifier is right in 5-8 of a hundred synthetic photos
#: more; four further parts of the photo add one or two for twice the time.
MIDDLE: Final = 0.7
#: Changes when `closely` does: vectors of two kinds must never be compared.
RECIPE: Final = "middle1"
#: From here an article that is on none of the customer's orders is called the wrong one.
SURELY_OTHER: Final = 0.9
#: Other probabilities that are worth an operator's look.
WORTH_SAYING: Final = 0.05
COLOURS: Final = frozenset(("colour", "color"))


@dataclass(frozen=True, slots=True)
class Judged:
    """What the classifier says: either `defect` with its confidence, or `reason` why nothing."""

    defect: Defect | None
    confidence: float
    reason: Unclear | None
    severity: Severity | None = None
    share: tuple[tuple[str, float], ...] = ()


def kind(extractor: Extracts) -> str:
    """The fingerprint of what `closely` gives."""
    return f"{extractor.fingerprint}-{RECIPE}"


def closely(extractor: Extracts, pixels: Pixels, whole: Vector | None = None) -> Vector:
    """The whole photo's features beside those of its middle, length 1: (2 * 1280,). `whole` when it is known already."""
    height, width = pixels.shape[:2]
    top, left = round(height * (1 - MIDDLE) / 2), round(width * (1 - MIDDLE) / 2)
    middle = np.ascontiguousarray(pixels[top : height - top, left : width - left])
    both = [extractor.vector(pixels) if whole is None else whole, extractor.vector(middle)]
    return np.concatenate(both).astype(np.float32) / np.float32(np.sqrt(2))


def judged(classifier: Classifier | None, vector: Vector, threshold: float = LIMITS.confidence) -> Judged:
    if classifier is None:
        return Judged(None, 0.0, Unclear.NOT_TRAINED)
    shares = classifier.shares(vector)
    defect, sure = shares[0]
    said = tuple((label.value, round(share, 3)) for label, share in shares if share >= WORTH_SAYING)
    if defect not in classifier.enabled:
        return Judged(None, sure, Unclear.NOT_TRAINED, share=said)
    if sure < threshold:
        return Judged(None, sure, Unclear.UNSURE, share=said)
    severity = None if defect is Defect.NONE else classifier.severity(vector)
    return Judged(defect, sure, None, severity, said)


def with_judgement(found: Diagnosis, said: Judged) -> Diagnosis:
    return replace(
        found,
        verdict=verdict(said.defect),
        defect=said.defect,
        severity=said.severity,
        confidence=round(said.confidence, 3) if said.defect else 0.0,
        reason=said.reason,
        share=said.share,
    )


def verdict(defect: Defect | None) -> Verdict:
    if defect is None:
        return Verdict.CANNOT_TELL
    return Verdict.NO_DEFECT if defect is Defect.NONE else Verdict.DEFECT


def wrong(shown: Product | None, recognised: float, among: Source, ordered: Sequence[Product]) -> Defect | None:
    """WRONG_ITEM or WRONG_COLOUR by recognition alone: an article of the catalogue that was not ordered, as sure as can be.

    No classifier can learn it: the photo is of a whole, fine article. Sizes cannot be seen.
    """
    if shown is None or not ordered or among is not Source.CATALOGUE or recognised < SURELY_OTHER:
        return None
    same = [product for product in ordered if product.product and product.product == shown.product]
    if not same:
        return Defect.WRONG_ITEM
    return None if any(_colour(product) == _colour(shown) for product in same) else Defect.WRONG_COLOUR


def _colour(product: Product) -> str:
    return next((value.casefold() for name, value in product.options if name.casefold() in COLOURS), "")
