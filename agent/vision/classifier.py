"""A fitted reader of defects for one product category: weights as they are stored, read with numpy alone. Never a pickle."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.domain.diagnosis import Defect, Severity
from agent.errors import PortsideError
from agent.vision.features import Vector
from agent.vision.severity import Scale

Floats = npt.NDArray[np.floating[Any]]


class BadWeights(PortsideError):
    """A stored photo classifier cannot be read. Fit its category again on /desk/photos."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Multinomial logistic regression: `weights` (classes, dim), `bias` (classes,); the temperature is divided in already.

    `enabled` are the classes that passed their held-out check; what else is likeliest counts as not to be told.
    """

    id: str
    category: str
    extractor: str
    labels: tuple[Defect, ...]
    enabled: frozenset[Defect]
    weights: Floats
    bias: Floats
    scale: Scale | None = None

    def shares(self, vector: Vector) -> tuple[tuple[Defect, float], ...]:
        """Every class with its probability, the likeliest first."""
        found = probabilities(vector[np.newaxis] @ self.weights.T + self.bias)[0]
        return tuple((self.labels[at], float(found[at])) for at in np.argsort(-found))

    def severity(self, vector: Vector) -> Severity | None:
        return self.scale.degree(vector) if self.scale else None


def probabilities(logits: Floats) -> Floats:
    """Rows sum to 1."""
    exponent = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponent / exponent.sum(axis=1, keepdims=True)


def packed(labels: tuple[Defect, ...], weights: Floats, bias: Floats, scale: Scale | None) -> bytes:
    """An npz."""
    arrays: dict[str, npt.NDArray[Any]] = {"labels": np.array([label.value for label in labels]), "weights": weights, "bias": bias}
    if scale:
        arrays |= {"scale_weights": scale.weights, "scale_bias": scale.bias}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **{name: _narrow(array) for name, array in arrays.items()})
    return out.getvalue()


def unpacked(row: Mapping[str, Any]) -> Classifier:
    """A row of `photo_classifier`. Raises BadWeights when its bytes are damaged."""
    try:
        with np.load(io.BytesIO(row["weights"]), allow_pickle=False) as stored:
            parts = {name: stored[name] for name in stored.files}
        scale = Scale(parts["scale_weights"], parts["scale_bias"]) if "scale_weights" in parts else None
        labels = tuple(Defect(str(label)) for label in parts["labels"])
        enabled = frozenset(Defect(name) for name in row["classes"])
        return Classifier(row["id"], row["category"], row["extractor"], labels, enabled, parts["weights"], parts["bias"], scale)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BadWeights from error


def _narrow(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return array.astype(np.float32) if array.dtype.kind == "f" else array
