"""May a class be told? Judged on products that the classifier did not learn from, with bounds instead of bare shares. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agent.domain.diagnosis import Defect

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a class needs to be switched on; shares are lower bounds (one-sided, 90 %) of the held-out check."""

    examples: int = 10
    skus: int = 2
    confidence: float = 0.6  # a probability from which a class is told at all
    precision: float = 0.7  # of what is told, so much is true
    recall: float = 0.3  # of what is there, so much is told


LIMITS: Final = Limits()
_Z = 1.2816  # one-sided 90 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One class in the check: `told` times named with enough confidence, `right` of them truly."""

    defect: Defect
    n: int
    skus: int
    told: int
    right: int
    auroc: float | None
    precision: float
    precision_low: float
    recall: float
    recall_low: float
    enabled: bool
    why: str


def lower_bound(hits: int, n: int) -> float:
    """Wilson's, one-sided at 90 %; 0 when nothing was counted."""
    if not n:
        return 0.0
    share, z2 = hits / n, _Z * _Z
    spread = _Z * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return float(max(0.0, (share + z2 / (2 * n) - spread) / (1 + z2 / n)))


def check(
    labels: Sequence[Defect],
    truth: npt.NDArray[np.intp],
    shares: Floats,
    skus: Sequence[str],
    limits: Limits = LIMITS,
    learnable: npt.NDArray[np.bool_] | None = None,
) -> tuple[Standing, ...]:
    """`truth` (n,) and `shares` (n, classes) of held-out examples; `skus` (n,) what they show.

    `learnable` (n,): False where no other product shows the class, so that it could not be learned; what is said of those counts for nothing.
    """
    best, sure = shares.argmax(axis=1), shares.max(axis=1) >= limits.confidence
    sure &= True if learnable is None else learnable
    products = np.array(skus)
    return tuple(_standing(label, truth == at, (best == at) & sure, shares[:, at], products, limits) for at, label in enumerate(labels))


def _standing(
    label: Defect, is_it: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_], share: Floats, skus: npt.NDArray[np.str_], limits: Limits
) -> Standing:
    n, told, right = int(is_it.sum()), int(said.sum()), int((is_it & said).sum())
    shown = len(set(skus[is_it].tolist()))
    bounds = lower_bound(right, told), lower_bound(right, n)
    why = _why_not(n, shown, *bounds, limits)
    return Standing(
        defect=label,
        n=n,
        skus=shown,
        told=told,
        right=right,
        auroc=auroc(is_it, share),
        precision=right / told if told else 0.0,
        precision_low=bounds[0],
        recall=right / n if n else 0.0,
        recall_low=bounds[1],
        enabled=not why,
        why=why,
    )


def _why_not(n: int, skus: int, precision: float, recall: float, limits: Limits) -> str:
    if n < limits.examples:
        return f"{limits.examples - n} more examples are needed ({n} of {limits.examples})"
    if skus < limits.skus:
        return f"examples of {limits.skus} products are needed, these are of {skus}"
    if precision < limits.precision:
        return f"not sure enough where it is named: at least {precision:.0%} are right, needed are {limits.precision:.0%}"
    if recall < limits.recall:
        return f"too seldom found: at least in {recall:.0%}, needed are {limits.recall:.0%}"
    return ""


def auroc(is_it: npt.NDArray[np.bool_], share: Floats) -> float | None:
    """How often one of the class gets more than one that is not; None when either is missing."""
    inside, outside = share[is_it], share[~is_it]
    if not len(inside) or not len(outside):
        return None
    higher = (inside[:, np.newaxis] > outside).mean() + 0.5 * (inside[:, np.newaxis] == outside).mean()
    return float(higher)


def calibration_error(truth: npt.NDArray[np.intp], shares: Floats, bins: int = 10) -> float:
    """Expected distance between how sure it was and how often it was right (ECE, equal-width bins)."""
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    places = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(float(sure[here].mean() - right[here].mean())) * here.mean() for at in range(bins) if (here := places == at).any()]
    return float(sum(gaps))


def confusion(labels: Sequence[Defect], truth: npt.NDArray[np.intp], shares: Floats) -> list[list[int]]:
    """Rows: what it is; columns: what was likeliest."""
    table = np.zeros((len(labels), len(labels)), int)
    np.add.at(table, (truth, shares.argmax(axis=1)), 1)
    return table.tolist()


def as_json(standings: Sequence[Standing]) -> list[dict[str, Any]]:
    """Rounded, as it is stored and shown."""
    return [{key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(one).items()} for one in standings]
