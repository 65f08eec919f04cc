"""Which turns the model judges: half of them wrong by our own scorer, so that both verdicts have something to agree on."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from eval.judge_run import Judged
from eval.scorers import Played, Verdict

#: The scorer whose verdicts are the labels.
LABEL = "WrongResolution"

#: A turn and what our scorer says of it.
Labelled = tuple[Played, Verdict]


def sample(judged: Sequence[Judged], most: int) -> list[Labelled]:
    """At most `most` turns that the scorer judged; the same ones whatever the order of the cases."""
    told = [(played, verdict) for played, verdicts in judged if (verdict := verdicts[LABEL]) is not None]
    wrong, right = (_drawn([item for item in told if item[1].wrong is kind]) for kind in (True, False))
    half = min(len(wrong), max(most // 2, most - len(right)))
    return [*wrong[:half], *right[: most - half]]


def _drawn(turns: Sequence[Labelled]) -> list[Labelled]:
    """By hash of the case; a conversation's second turn comes after every other's first, for turns of one are alike."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, Labelled]] = []
    for item in sorted(turns, key=lambda item: (_hash(item[0].case.id), item[0].index)):
        ranked.append((seen[item[0].case.id], item))
        seen[item[0].case.id] += 1
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _hash(case: str) -> str:
    return hashlib.sha256(case.encode()).hexdigest()
