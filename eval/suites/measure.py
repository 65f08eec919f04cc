"""How the suites count: shares of rows, figures of scikit-learn and ir-measures, each with its interval."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from scipy.stats import bootstrap
from sklearn.metrics import f1_score, roc_auc_score

from eval.stats import Share
from eval.suites.suite import Interval, Measure, Published

RESAMPLES = 300

Columns = Sequence[Sequence[Any]]


def share(name: str, hits: Iterable[bool], *, published: Published | None = None, at_most: float | None = None) -> Measure:
    told = list(hits)
    found = Share(sum(told), len(told))
    return Measure(name=name, value=found.value, share=found, interval=found.interval, published=published, at_most=at_most)


def per_group(name: str, hits: Sequence[tuple[str, bool]]) -> list[Measure]:
    """One measure in all, and one a group where there are several."""
    groups = sorted({group for group, _ in hits})
    own = [share(f"{name}: {group}", (hit for of, hit in hits if of == group)) for group in groups]
    return [share(name, (hit for _, hit in hits)), *(own if len(groups) > 1 else [])]


def macro_f1(name: str, pairs: Sequence[tuple[str, str]], *, published: Published | None = None) -> Measure:
    """`pairs` are (truth, read); averaged over the classes that are in the truth."""
    labels = sorted({truth for truth, _ in pairs})
    every = sorted({label for pair in pairs for label in pair})
    truth, got = ([every.index(pair[at]) for pair in pairs] for at in (0, 1))
    wanted = [every.index(label) for label in labels]

    none: Any = 0.0  # what a class that is never read scores

    def score(true: Sequence[int], read: Sequence[int]) -> float:
        return float(f1_score(true, read, labels=wanted, average="macro", zero_division=none))

    return Measure(name=name, value=score(truth, got), interval=spread(score, (truth, got), paired=True), published=published)


def auroc(name: str, higher: Sequence[float], lower: Sequence[float]) -> Measure:
    """How often a row that should score higher does, against one that should score lower."""

    def score(high: Sequence[float], low: Sequence[float]) -> float:
        return float(roc_auc_score([1] * len(high) + [0] * len(low), [*high, *low]))

    return Measure(name=name, value=score(higher, lower), interval=spread(score, (higher, lower), paired=False))


def mean(name: str, values: Sequence[float]) -> Measure:
    def score(found: Sequence[float]) -> float:
        return float(np.mean(found))

    return Measure(name=name, value=score(values), interval=spread(score, (values,), paired=False))


def spread(score: Callable[..., float], columns: Columns, *, paired: bool) -> Interval:
    """95 % bootstrap interval; (0, 1) where there is too little to resample."""
    if min(len(column) for column in columns) < 2:
        return 0.0, 1.0
    arrays = [np.asarray(column) for column in columns]
    found = bootstrap(
        arrays, score, paired=paired, vectorized=False, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(0)
    ).confidence_interval
    return float(found.low), float(found.high)
