"""How sure the agent must be, per remedy, before it acts alone. A remedy without a threshold is handed over."""

import json
from dataclasses import dataclass
from importlib.resources import files

from agent.domain.decision import RemedyKind


@dataclass(frozen=True, slots=True)
class Threshold:
    """`bound`: upper bound of the wrong-resolution rate at 95% confidence on `n` cases at this threshold."""

    minimum: float
    n: int
    bound: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`basis` is "certified" (from the labelled calibration split) or "provisional" (demo only).

    `data` is the digest of the cases it was measured on, `measured` the day (ISO); both empty when written by hand.
    """

    basis: str
    by_remedy: dict[RemedyKind, Threshold]
    data: str = ""
    measured: str = ""

    def minimum(self, kind: RemedyKind, *, demo: bool) -> float | None:
        """The least confidence for this remedy; None means: always hand over."""
        if self.basis != "certified" and not demo:
            return None
        found = self.by_remedy.get(kind)
        return found.minimum if found else None


def load(text: str | None = None) -> Thresholds:
    """From the JSON file beside this module, or from `text`.

    Raises:
        ValueError: when a remedy or a field is unknown.
    """
    raw = json.loads(text or files("agent.policy").joinpath("thresholds.json").read_text(encoding="utf-8"))
    unknown = raw.keys() - {"basis", "remedies", "data", "measured"}
    if unknown:
        raise ValueError(f"thresholds.json: unknown {', '.join(sorted(unknown))}. Write it with: python -m eval calibrate")
    try:
        by_remedy = {RemedyKind(kind): Threshold(**entry) for kind, entry in raw["remedies"].items()}
    except TypeError as error:
        raise ValueError(f"thresholds.json: a remedy has minimum, n and bound, and nothing else ({error})") from error
    return Thresholds(raw["basis"], by_remedy, raw.get("data", ""), raw.get("measured", ""))
