"""How far a measured share may lie from the true one, and whether two runs differ. All of it by scipy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import binomtest, bootstrap, false_discovery_control, fisher_exact

CONFIDENCE = 0.95
RESAMPLES = 2000
#: Below this many turns a slice says next to nothing.
FEW = 20


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`, with its Wilson interval at 95 %."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """(0, 1) when nothing was measured."""
        if not self.n:
            return 0.0, 1.0
        found = binomtest(self.hits, self.n).proportion_ci(CONFIDENCE, "wilson")
        return float(found.low), float(found.high)

    @property
    def few(self) -> bool:
        return self.n < FEW


def upper_bound(wrong: int, n: int, confidence: float = CONFIDENCE) -> float:
    """One-sided exact (Clopper-Pearson) bound: the true rate lies below. 1 when nothing was measured."""
    if not n:
        return 1.0
    return float(binomtest(wrong, n, alternative="less").proportion_ci(confidence, "exact").high)


def clustered(groups: Sequence[tuple[int, int]], seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of a share over (hits, n) of whole conversations: turns of one conversation are not independent."""
    told = [pair for pair in groups if pair[1]]
    if len(told) < 2:
        return 0.0, 1.0
    hits, counts = (np.array(column, float) for column in zip(*told, strict=True))
    if not hits.any() or (hits == counts).all():
        return Share(int(hits.sum()), int(counts.sum())).interval  # nothing to resample: all are alike

    def rate(h: np.ndarray, n: np.ndarray, axis: int = -1) -> np.ndarray:
        return h.sum(axis=axis) / n.sum(axis=axis)

    found = bootstrap(
        (hits, counts), rate, paired=True, n_resamples=RESAMPLES, method="percentile", batch=200, rng=np.random.default_rng(seed)
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def paired(before: Sequence[bool], after: Sequence[bool]) -> float:
    """p of "nothing has changed" for the same turns judged twice (exact McNemar: the sign test of those that differ)."""
    broke = sum(b > a for a, b in zip(before, after, strict=True))
    mended = sum(a > b for a, b in zip(before, after, strict=True))
    return float(binomtest(broke, broke + mended).pvalue) if broke + mended else 1.0


def corrected(p: Sequence[float]) -> list[float]:
    """p-values of many slices, so that one in twenty is not found by looking twenty times (Benjamini-Hochberg)."""
    return [float(value) for value in false_discovery_control(list(p))] if p else []


def differs(share: Share, rest: Share) -> float:
    """p of "this slice is like the rest" (Fisher's exact test: both rates are only known by counting)."""
    if not share.n or not rest.n:
        return 1.0
    table = [[share.hits, share.n - share.hits], [rest.hits, rest.n - rest.hits]]
    found: Any = fisher_exact(table)
    return float(found.pvalue)


def pass_k(successes: int, tries: int, k: int) -> float:
    """The chance that k tries in a row succeed, estimated without bias from `successes` of `tries`. Source: tau-bench (Yao et al. 2024)."""
    from scipy.special import comb

    if not 1 <= k <= tries:
        raise ValueError(f"pass^{k} needs at least {k} tries, there are {tries}. Raise --seeds.")
    return float(comb(successes, k) / comb(tries, k))
