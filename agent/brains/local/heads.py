"""Two linear heads over embeddings: intent and sentiment. Fitted with scikit-learn, served with numpy alone."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from agent.domain.entities import plain
from agent.domain.intents import Intent
from agent.domain.languages import Language
from agent.domain.triage import Sentiment

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Multinomial logistic regression: `weights` (classes, dim), `bias` (classes,), temperature already divided in."""

    labels: tuple[str, ...]
    weights: Vectors
    bias: Vectors

    def probabilities(self, vectors: Vectors) -> Vectors:
        """(n, dim) -> (n, classes), rows sum to 1."""
        logits = vectors @ self.weights.T + self.bias
        logits -= logits.max(axis=1, keepdims=True)
        exponent = np.exp(logits)
        return (exponent / exponent.sum(axis=1, keepdims=True)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Heads:
    intent: Head
    sentiment: Head


def examples(kind: str, allowed: set[str]) -> list[tuple[str, str]]:
    """(text, label) of all languages. Raises ValueError naming file and label when a label is not in the closed list."""
    rows: list[tuple[str, str]] = []
    for language in Language:
        name = f"data/{kind}/{language.value}.yaml"
        table: dict[str, list[str]] = yaml.safe_load(files("agent.brains.local").joinpath(name).read_text(encoding="utf-8"))
        for label, texts in table.items():
            if label not in allowed:
                raise ValueError(f"{name}: unknown label {label!r}; allowed are {', '.join(sorted(allowed))}")
            rows += [(plain(str(text)), label) for text in texts]
    return rows


def fingerprint(embedder: str) -> str:
    """Changes when an example or the embedding model does."""
    digest = hashlib.sha256(f"{embedder}:4".encode())
    for kind in ("intents", "sentiment"):
        for language in Language:
            digest.update(files("agent.brains.local").joinpath(f"data/{kind}/{language.value}.yaml").read_bytes())
    return digest.hexdigest()[:16]


def path(models: Path, embedder: str) -> Path:
    return models / f"heads-{fingerprint(embedder)}.npz"


def fit(embed: Callable[[list[str]], Vectors], target: Path) -> None:
    """Fit both heads (seconds) and replace `target` atomically. `embed` gives unit vectors (n, dim)."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, kind, labels, strength in (
        ("intent", "intents", {intent.value for intent in Intent}, 20.0),
        ("sentiment", "sentiment", {label.value for label in Sentiment}, 1.0),
    ):
        rows = examples(kind, labels)
        head = fit_head(embed([text for text, _ in rows]), [label for _, label in rows], strength)
        arrays |= {f"{name}_labels": np.array(head.labels), f"{name}_weights": head.weights, f"{name}_bias": head.bias}
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".tmp.npz")
    np.savez(partial, allow_pickle=False, **arrays)
    os.replace(partial, target)


def fit_head(vectors: Vectors, labels: list[str], strength: float) -> Head:
    """Logistic regression, with one temperature from a held-out fifth so that a probability means what it says."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split

    seen, held, seen_labels, held_labels = train_test_split(vectors, labels, test_size=0.2, stratify=labels, random_state=7)
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3, class_weight="balanced", warm_start=True)
    model.fit(seen, seen_labels)
    temperature = _temperature(np.asarray(model.decision_function(held)), np.searchsorted(model.classes_, held_labels))
    model.fit(vectors, labels)  # starts from the weights it has
    return Head(
        tuple(str(label) for label in model.classes_),
        np.asarray(model.coef_ / temperature, np.float32),
        np.asarray(model.intercept_ / temperature, np.float32),
    )


def _temperature(logits: npt.NDArray[np.float64], truth: npt.NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        return float(-(scaled[np.arange(len(truth)), truth] - np.log(np.exp(scaled).sum(axis=1))).mean())

    return min((float(t) for t in np.geomspace(0.2, 3.0, 40)), key=loss)


def load(target: Path) -> Heads:
    """Raises FileNotFoundError when the heads were not fitted for these examples and this model."""
    with np.load(target) as stored:
        return Heads(
            *(Head(tuple(map(str, stored[f"{n}_labels"])), stored[f"{n}_weights"], stored[f"{n}_bias"]) for n in ("intent", "sentiment"))
        )
