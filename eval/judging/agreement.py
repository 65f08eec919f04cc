"""How far the model's verdicts agree with the labels. A failed call is counted, and is never a verdict."""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import Any

import numpy as np
from scipy.stats import bootstrap
from sklearn.metrics import cohen_kappa_score

from eval.judging.opinion import RESOLUTIONS, Failed, Opinion
from eval.judging.sample import Labelled
from eval.report.figures import Figures, share
from eval.report.transcript import transcript

LABELS = ("right", "wrong")
RESAMPLES = 500
#: Turns on which label and model differ that are shown in full.
MOST = 25

Told = tuple[Labelled, Opinion | Failed]


def agreement(told: Sequence[Told]) -> Figures:
    """`n` turns were asked about. Agreement and kappa rest on those that the model calls right or wrong; `table` has all answers."""
    said = [(labelled, opinion) for labelled, opinion in told if isinstance(opinion, Opinion)]
    failures = Counter(opinion.why for _, opinion in told if isinstance(opinion, Failed))
    pairs = [(label(labelled), opinion.resolution) for labelled, opinion in said]
    decided = [(truth, verdict) for truth, verdict in pairs if verdict in LABELS]
    apart = [(labelled, opinion) for labelled, opinion in said if opinion.resolution not in {"cannot_tell", label(labelled)}]
    return {
        "n": len(told),
        "failed": failures.total(),
        "failures": dict(failures.most_common()),
        "agreement": share(sum(truth == verdict for truth, verdict in decided), len(decided)),
        "kappa": kappa(decided),
        "kappa_interval": kappa_interval(decided),
        "table": table(pairs),
        "helpful": _mean([opinion.helpful for _, opinion in said]),
        "polite": _mean([opinion.polite for _, opinion in said]),
        "disagreements": [_disagreement(labelled, opinion) for labelled, opinion in apart[:MOST]],
    }


def label(labelled: Labelled) -> str:
    return "wrong" if labelled[1].wrong else "right"


def table(pairs: Sequence[tuple[str, str]]) -> Figures:
    """A row is the label, a column the model's verdict."""
    counts = Counter(pairs)
    return {
        "labels": list(LABELS),
        "verdicts": list(RESOLUTIONS),
        "counts": [[counts[row, column] for column in RESOLUTIONS] for row in LABELS],
    }


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None when there is no telling agreement from chance: label and model say one and the same of every turn."""
    if len({side for pair in pairs for side in pair}) < 2:
        return None
    return round(_kappa(*zip(*pairs, strict=True)), 4)


def kappa_interval(pairs: Sequence[tuple[str, str]], seed: int = 0) -> list[float] | None:
    """95 % bootstrap interval; None where every resample were alike: one side never varies, or all agree, or all differ."""
    columns = [np.array(column) for column in zip(*pairs, strict=True)]
    if not pairs or len({truth == verdict for truth, verdict in pairs}) == 1 or any(len(np.unique(column)) == 1 for column in columns):
        return None

    def statistic(*drawn: Any) -> float:
        # A resample without any variety shows no agreement beyond chance.
        return _kappa(*drawn) if len(np.unique(drawn)) > 1 else 0.0

    found = bootstrap(
        columns, statistic, paired=True, vectorized=False, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(seed)
    )
    return [round(float(found.confidence_interval.low), 4), round(float(found.confidence_interval.high), 4)]


def _kappa(truth: Any, verdict: Any) -> float:
    return float(cohen_kappa_score(truth, verdict, labels=list(LABELS)))


def _mean(grades: Sequence[int]) -> float | None:
    return round(fmean(grades), 2) if grades else None


def _disagreement(labelled: Labelled, opinion: Opinion) -> Figures:
    """`why` is what our scorer found; empty when it found nothing wrong."""
    shown = transcript(labelled[0], "", labelled[1].why)
    del shown["scorer"]
    return shown | {"label": label(labelled), "verdict": opinion.resolution, "reason": opinion.reason}
