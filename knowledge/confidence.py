"""How sure a hit is: cosines are compressed and differ by language, so a small fitted curve makes them 0..1."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.ranking import Signals

FILE = Path(__file__).with_name("confidence.json")
FEATURES = ("cosine", "margin", "coverage", "worded", "common", "shop", "named")

#: What can be unknown of a hit.
USUAL = ("background", "common", "shop")


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over FEATURES; a score of at least `threshold` counts as answerable."""

    intercept: float
    weights: tuple[float, ...]
    usual: Mapping[str, float]
    threshold: float

    def score(self, signals: Signals) -> float:
        value = self.intercept + sum(w * f for w, f in zip(self.weights, features(signals, self.usual), strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def features(signals: Signals, usual: Mapping[str, float]) -> tuple[float, ...]:
    """The numbers behind FEATURES; `usual` stands in for what is unknown: too few articles were met, or the model has no common questions."""
    background, common, shop = (_known(getattr(signals, name), usual[name]) for name in USUAL)
    return (
        signals.cosine,
        signals.cosine - background,
        signals.coverage,
        float(signals.worded),
        common,
        shop,
        float(signals.named),
    )


def _known(value: float, usual: float) -> float:
    return usual if math.isnan(value) else value


@cache
def curve() -> Curve:
    """The curve in use; `python -m knowledge.calibrate` fits it anew."""
    fitted: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    weights = tuple(float(fitted["weights"][name]) for name in FEATURES)
    return Curve(fitted["intercept"], weights, fitted["usual"], fitted["threshold"])
