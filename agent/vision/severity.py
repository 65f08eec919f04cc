"""How bad a defect is: an ordinal logistic regression over labelled examples, or nothing when there are too few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agent.domain.diagnosis import Severity
from agent.vision.features import Vector

Floats = npt.NDArray[np.floating[Any]]
#: From mild to grave.
ORDER: Final = tuple(Severity)
#: Examples of each degree below which nothing is fitted, and how often the held-out degree must be right.
FEWEST, RIGHT = 10, 0.6
STRENGTH = 30.0


@dataclass(frozen=True, slots=True)
class Scale:
    """One regression a step of the order ("worse than minor?", "worse than major?"): `weights` (steps, dim), `bias` (steps,)."""

    weights: Floats
    bias: Floats

    def degree(self, vector: Vector) -> Severity:
        """The degree whose steps below are likelier passed than not."""
        return ORDER[int(self.passed(vector[np.newaxis])[0])]

    def passed(self, vectors: Floats) -> npt.NDArray[np.intp]:
        """Steps passed, (n,)."""
        return (vectors @ self.weights.T + self.bias > 0).cumprod(axis=1).sum(axis=1)


def fit(vectors: Floats, degrees: Sequence[Severity], groups: Sequence[str]) -> tuple[Scale | None, dict[str, Any]]:
    """The scale and its held-out check by product; None with the reason when it is not to be trusted."""
    truth = np.array([ORDER.index(degree) for degree in degrees])
    counts: Mapping[str, int] = {degree.value: int((truth == at).sum()) for at, degree in enumerate(ORDER)}
    report: dict[str, Any] = {"n": counts, "enabled": False}
    if min(counts.values()) < FEWEST or len(set(groups)) < 2:
        return None, report | {"why": f"needs {FEWEST} examples of each degree, of two products or more"}
    right = _held_out(vectors, truth, np.array(groups))
    report["right"] = round(right, 3)
    if right < RIGHT:
        return None, report | {"why": f"right in {right:.0%} of the held-out examples; needed are {RIGHT:.0%}"}
    return _fitted(vectors, truth), report | {"enabled": True, "why": ""}


def _held_out(vectors: Floats, truth: npt.NDArray[np.intp], groups: npt.NDArray[np.str_]) -> float:
    from sklearn.model_selection import GroupKFold

    said = np.zeros_like(truth)
    folds = GroupKFold(min(5, len(set(groups.tolist()))))
    for seen, held in folds.split(vectors, truth, groups):
        said[held] = _fitted(vectors[seen], truth[seen]).passed(vectors[held])
    return float((said == truth).mean())


def _fitted(vectors: Floats, truth: npt.NDArray[np.intp]) -> Scale:
    steps = [_step(vectors, truth > at) for at in range(len(ORDER) - 1)]
    return Scale(np.stack([weights for weights, _ in steps]).astype(np.float32), np.array([bias for _, bias in steps], np.float32))


def _step(vectors: Floats, worse: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """A fold without examples on one side of the step always answers with the other."""
    from sklearn.linear_model import LogisticRegression

    if worse.all() or not worse.any():
        return np.zeros(vectors.shape[1], np.float32), 1.0 if worse.all() else -1.0
    model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced").fit(vectors, worse)
    return model.coef_[0], float(model.intercept_[0])
