"""Fits a category's classifier on its labelled examples and checks it by product: seconds, with scikit-learn, which diagnosing does not need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agent.domain.diagnosis import Defect, Severity
from agent.errors import BadInput
from agent.vision import held_out, severity
from agent.vision.classifier import Floats, packed, probabilities
from agent.vision.features import Vector
from agent.vision.severity import Scale

#: Inverse regularisation: on synthetic photos 10 and 100 differ by less than .02 in accuracy.
STRENGTH: Final = 30.0
FOLDS: Final = 5
#: Logit of a class that a fold has no example of.
_NEVER: Final = -20.0
#: Called with what is done and how much there is to do.
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled photo: `vector` as agent.vision.diagnose sees it."""

    sku: str
    defect: Defect
    severity: Severity | None
    vector: Vector


@dataclass(frozen=True, slots=True)
class Fit:
    """`weights` as they are stored; `classes` those that may be told; `report` what the editor is shown."""

    weights: bytes
    classes: tuple[Defect, ...]
    report: dict[str, Any]


def _silent(done: int, total: int) -> None: ...


def fit(examples: Sequence[Example], told: Told = _silent) -> Fit:
    """Raises BadInput when there is nothing to tell apart: one class, or one product."""
    labels = tuple(defect for defect in Defect if any(one.defect is defect for one in examples))
    skus = [one.sku for one in examples]
    if len(labels) < 2 or len(set(skus)) < 2:
        raise BadInput(
            "There is nothing to tell apart yet. Add examples of two defects or more ('none' is one) and of two products or more."
        )
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # the cores belong to those who wait for a reply
        return _fit(examples, labels, skus, told)


def _fit(examples: Sequence[Example], labels: tuple[Defect, ...], skus: Sequence[str], told: Told) -> Fit:
    vectors, basis = _narrowed(np.stack([one.vector for one in examples]).astype(np.float32))
    truth = np.array([labels.index(one.defect) for one in examples])
    logits = _held_out(vectors, truth, np.array(skus), len(labels), told)
    learnable = logits[np.arange(len(truth)), truth] > _NEVER
    temperature = _temperature(logits[learnable], truth[learnable])
    shares = probabilities(logits / temperature)
    standings = held_out.check(labels, truth, shares, skus, learnable=learnable)
    weights, bias = _fitted(vectors, truth, len(labels))
    scale, degrees = _severity(examples, vectors)
    widened = Scale(scale.weights @ basis, scale.bias) if scale else None
    told(1, 1)
    return Fit(
        packed(labels, weights @ basis / temperature, bias / temperature, widened),
        tuple(one.defect for one in standings if one.enabled),
        {
            "n": len(examples),
            "skus": len(set(skus)),
            "classes": held_out.as_json(standings),
            "labels": [label.value for label in labels],
            "confusion": held_out.confusion(labels, truth, shares),
            "accuracy": round(float((shares.argmax(axis=1) == truth).mean()), 3),
            "ece": round(held_out.calibration_error(truth, shares), 3),
            "temperature": round(temperature, 3),
            "severity": degrees,
        },
    )


def _narrowed(vectors: Floats) -> tuple[Floats, Floats]:
    """(n, rank) and a basis (rank, dim) that gives the vectors back.

    No example says anything beyond the space that all of them span, and the regression there is the same: with 182 examples of 2,560
    figures it takes a fraction of the time.
    """
    left, stretch, basis = np.linalg.svd(vectors, full_matrices=False)
    kept = stretch > stretch[0] * 1e-5
    return left[:, kept] * stretch[kept], basis[kept]


def _held_out(vectors: Floats, truth: npt.NDArray[np.intp], skus: npt.NDArray[np.str_], classes: int, told: Told) -> Floats:
    """What each example gets from a classifier that has never seen its product: (n, classes)."""
    from sklearn.model_selection import GroupKFold

    count = min(FOLDS, len(set(skus.tolist())))
    logits = np.zeros((len(truth), classes), np.float32)
    for done, (seen, held) in enumerate(GroupKFold(count).split(vectors, truth, skus)):
        told(done, count + 1)
        weights, bias = _fitted(vectors[seen], truth[seen], classes)
        logits[held] = vectors[held] @ weights.T + bias
    told(count, count + 1)
    return logits


def _fitted(vectors: Floats, truth: npt.NDArray[np.intp], classes: int) -> tuple[Floats, Floats]:
    """Weights (classes, dim) and bias (classes,)."""
    from sklearn.linear_model import LogisticRegression

    weights, bias = np.zeros((classes, vectors.shape[1]), np.float32), np.full(classes, _NEVER, np.float32)
    known = np.unique(truth)
    if len(known) == 1:
        bias[known] = 0
        return weights, bias
    model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced").fit(vectors, truth)
    rows, offsets = model.coef_, model.intercept_
    if len(known) == 2:  # one row of weights; the other side is its mirror
        rows, offsets = np.vstack([-rows, rows]) / 2, np.concatenate([-offsets, offsets]) / 2
    weights[known], bias[known] = rows, offsets
    return weights, bias


def _temperature(logits: Floats, truth: npt.NDArray[np.intp]) -> float:
    """One figure on the held-out examples, so that a probability means what it says."""

    def loss(temperature: float) -> float:
        shares = probabilities(logits / temperature)
        return float(-np.log(shares[np.arange(len(truth)), truth] + 1e-12).mean())

    return min((float(t) for t in np.geomspace(0.2, 8.0, 60)), key=loss)


def _severity(examples: Sequence[Example], vectors: Floats) -> tuple[Scale | None, dict[str, Any]]:
    known = [(at, one.severity, one.sku) for at, one in enumerate(examples) if one.severity and one.defect is not Defect.NONE]
    places = [at for at, _, _ in known]
    return severity.fit(vectors[places], [degree for _, degree, _ in known], [sku for _, _, sku in known])
