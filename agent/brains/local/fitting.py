"""Fits the heads on the example files: seconds, with scikit-learn, which serving does not need."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.brains.local.heads import PLAIN, Head, Reader, Vectors, arrays, examples
from agent.brains.local.ngrams import SIZE, Grams, grams, rarity, weighed

#: Inverse regularisation of each head.
STRENGTH = {"intent": 20.0, "sentiment": 1.0, "alarm": 20.0}


def fit(embed: Callable[[list[str]], Vectors], target: Path) -> None:
    """Fit all heads and replace `target` atomically. `embed` gives unit vectors (n, dim)."""
    wishes, moods, alarms = examples("intents"), examples("sentiment"), examples("alarms")
    # Every ordinary message is an example of no alarm.
    sets = {"intent": wishes, "sentiment": moods, "alarm": alarms + [(text, PLAIN) for text, _ in wishes]}
    texts = sorted({text for rows in sets.values() for text, _ in rows})
    vectors = dict(zip(texts, embed(texts), strict=True))
    made: dict[str, npt.NDArray[Any]] = {}
    for name, rows in sets.items():
        labels = [label for _, label in rows]
        made |= arrays(name, fit_head(np.stack([vectors[text] for text, _ in rows]), [grams(text) for text, _ in rows], labels, name))
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".tmp.npz")
    np.savez_compressed(partial, allow_pickle=False, **made)
    os.replace(partial, target)


def fit_head(vectors: Vectors, texts: Sequence[Grams], labels: list[str], name: str) -> Head:
    """All readers of one closed list."""
    from scipy.sparse import csr_matrix, hstack

    rare = rarity(texts)
    used = np.flatnonzero(rare)  # the fit is as dear as its columns are many
    meaning, letters = csr_matrix(vectors), _table(texts, rare)[:, used]
    dim, truth = vectors.shape[1], np.array(labels)
    both = _fit(hstack([meaning, letters]).tocsr(), truth, name)
    one, other = _fit(meaning, truth, name), _fit(letters, truth, name)
    readers = (
        Reader(both.weights[:, :dim], _spread(both.weights[:, dim:], used), both.bias),
        Reader(one.weights, _NONE, one.bias),
        Reader(np.empty((0, 0), np.float32), _spread(other.weights, used), other.bias),
    )
    return Head(tuple(sorted(set(labels))), readers, rare)


_NONE = np.empty((0, 0), np.float16)


@dataclass(frozen=True, slots=True)
class _Fitted:
    weights: Vectors
    bias: Vectors


def _fit(features: Any, truth: npt.NDArray[np.str_], name: str) -> _Fitted:
    """Logistic regression, with one temperature from a held-out fifth so that a probability means what it says."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split

    features = features.astype(np.float32)
    seen, held = train_test_split(np.arange(len(truth)), test_size=0.2, stratify=truth, random_state=7)
    model = LogisticRegression(C=STRENGTH[name], max_iter=120, tol=1e-3, class_weight="balanced", warm_start=True)
    model.fit(features[seen], truth[seen])
    temperature = _temperature(_scores(model, features[held]), np.searchsorted(model.classes_, truth[held]))
    model.fit(features, truth)  # starts from the weights it has
    weights, bias = _both_sides(model)
    return _Fitted(np.asarray(weights / temperature, np.float32), np.asarray(bias / temperature, np.float32))


def _spread(weights: Vectors, used: npt.NDArray[np.intp]) -> npt.NDArray[np.float16]:
    """Weights of the used columns at their places in the whole table."""
    table = np.zeros((SIZE, len(weights)), np.float16)
    table[used] = weights.T
    return table


def _table(texts: Sequence[Grams], rare: Vectors) -> Any:
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(one.places) for one in texts)])
    values = np.concatenate([weighed(one, rare) for one in texts])
    return csr_matrix((values, np.concatenate([one.places for one in texts]), ends), shape=(len(texts), SIZE), dtype=np.float32)


def _both_sides(model: Any) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A head of two classes has one row of weights; the other side is its mirror."""
    if len(model.classes_) > 2:
        return model.coef_, model.intercept_
    return np.vstack([-model.coef_, model.coef_]) / 2, np.concatenate([-model.intercept_, model.intercept_]) / 2


def _scores(model: Any, features: Any) -> npt.NDArray[np.float64]:
    found = np.asarray(model.decision_function(features))
    return found if found.ndim == 2 else np.stack([-found / 2, found / 2], axis=1)


def _temperature(logits: npt.NDArray[np.float64], truth: npt.NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        return float(-(scaled[np.arange(len(truth)), truth] - np.log(np.exp(scaled).sum(axis=1))).mean())

    return min((float(t) for t in np.geomspace(0.2, 3.0, 40)), key=loss)
