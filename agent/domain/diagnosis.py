"""What a photo shows, as far as anybody may claim."""

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.triage import Entity


class Verdict(StrEnum):
    DEFECT = "defect"
    NO_DEFECT = "no_defect"
    CANNOT_TELL = "cannot_tell"


class Defect(StrEnum):
    """The closed list of what can be wrong; `NONE` is a finding of its own: the article looks as it should."""

    CRACK = "crack"
    SCRATCH = "scratch"
    DENT = "dent"
    STAIN = "stain"
    TEAR = "tear"
    TORN_PACKAGING = "torn_packaging"
    MISSING_PART = "missing_part"
    WRONG_ITEM = "wrong_item"
    WRONG_COLOUR = "wrong_colour"
    WRONG_SIZE = "wrong_size"
    NONE = "none"


class Severity(StrEnum):
    MINOR = "minor"  # to be seen, not in the way
    MAJOR = "major"  # in the way of using it
    UNUSABLE = "unusable"


class Unclear(StrEnum):
    """Why nothing can be told; the first five a customer can mend with another photo."""

    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TOO_SMALL = "too_small"
    NO_PRODUCT = "no_product"  # none of the articles in question is to be recognised
    UNSURE = "unsure"
    NOT_TRAINED = "not_trained"  # nobody has shown us enough of this product category
    NO_MODEL = "no_model"
    UNREADABLE = "unreadable"


class Source(StrEnum):
    """Among what an article was recognised."""

    ORDER = "order"  # the customer's own orders
    CATALOGUE = "catalogue"
    LABEL = "label"  # text in the photo names it
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One photo's reading; confidences are calibrated, 0..1. It never triggers a refund alone.

    `seen` are order numbers, SKUs, tracking numbers and the like that stand in the picture: words of a stranger, as those of the chat.
    """

    photo: str
    verdict: Verdict = Verdict.CANNOT_TELL
    sku: str | None = None
    recognised: float = 0.0  # how sure the article is
    among: Source = Source.NONE
    defect: Defect | None = None
    severity: Severity | None = None
    confidence: float = 0.0  # how sure the defect is
    reason: Unclear | None = Unclear.NO_MODEL  # why nothing can be told; None when something is
    seen: tuple[Entity, ...] = ()
    batch: str | None = None  # production batch that the label in the picture names; staff only
    eye: str = "none"  # who looked: name and version of the model
    share: tuple[tuple[str, float], ...] = ()  # what else it might be: defect -> probability
