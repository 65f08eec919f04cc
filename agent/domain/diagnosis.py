"""What a photo shows, as far as anybody may claim."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    DEFECT = "defect"
    NO_DEFECT = "no_defect"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One photo's reading; `confidence` 0..1. It never triggers a refund alone."""

    photo: str
    verdict: Verdict = Verdict.CANNOT_TELL
    sku: str | None = None
    defect: str | None = None
    severity: str | None = None
    confidence: float = 0.0
    reason: str = "no_model"
