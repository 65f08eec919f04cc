"""Every product once held out: the classifier is fitted and its classes are switched on without it, then its photos are judged as customers' are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.domain.diagnosis import Defect
from agent.vision import held_out
from agent.vision.classifier import Classifier, unpacked
from agent.vision.diagnose import judged
from agent.vision.fitting import Example, fit
from eval.stats import Share

#: Products held out together.
FOLDS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one category: `told` of all photos, `right` of those told, `missed`: damage called whole, of the damaged ones; AUROC by class."""

    category: str
    n: int
    told: Share
    right: Share
    missed: Share
    guess: Share  # the likeliest class, whether it may be told or not
    ece: float
    auroc: dict[str, float]


def measure(category: str, examples: Sequence[Example]) -> Figures:
    labels = tuple(defect for defect in Defect if any(one.defect is defect for one in examples))
    truth = np.array([labels.index(one.defect) for one in examples])
    shares, said = np.zeros((len(examples), len(labels))), list[Defect | None]([None] * len(examples))
    for held in folds([one.sku for one in examples]):
        classifier = _without(category, examples, held)
        for at in held:
            shares[at] = _row(classifier, examples[at], labels)
            said[at] = judged(classifier, examples[at].vector).defect
    told = [(one.defect, found) for one, found in zip(examples, said, strict=True) if found]
    hurt = [found for one, found in zip(examples, said, strict=True) if one.defect is not Defect.NONE]
    return Figures(
        category=category,
        n=len(examples),
        told=Share(len(told), len(examples)),
        right=Share(sum(found is true for true, found in told), len(told)),
        missed=Share(sum(found is Defect.NONE for found in hurt), len(hurt)),
        guess=Share(int((shares.argmax(axis=1) == truth).sum()), len(truth)),
        ece=held_out.calibration_error(truth, shares),
        auroc={label.value: held_out.auroc(truth == at, shares[:, at]) or 0.0 for at, label in enumerate(labels)},
    )


def folds(skus: Sequence[str]) -> list[npt.NDArray[np.intp]]:
    """Places of each fold's photos; all photos of a product are in one."""
    known = sorted(set(skus))
    of = np.array([known.index(sku) % FOLDS for sku in skus])
    return [found for fold in range(FOLDS) if len(found := np.flatnonzero(of == fold))]


def _without(category: str, examples: Sequence[Example], held: npt.NDArray[np.intp]) -> Classifier:
    left = set(held.tolist())
    fitted = fit([one for at, one in enumerate(examples) if at not in left])
    row = {"id": "", "category": category, "extractor": "", "classes": [one.value for one in fitted.classes], "weights": fitted.weights}
    return unpacked(row)


def _row(classifier: Classifier, example: Example, labels: Sequence[Defect]) -> list[float]:
    found = dict(classifier.shares(example.vector))
    return [found.get(label, 0.0) for label in labels]
