"""Is a quantised model as good as its original? Pure judgement of the vectors of both on the probes."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.encoder.errors import GateFailed
from knowledge.encoder.probes import PASSAGES, QUESTIONS

Floats = npt.NDArray[np.float32]

MEAN_COSINE: Final = 0.99
LEAST_COSINE: Final = 0.97
LOST_HITS: Final = 2
"""Questions of 40 that int8 may lose against fp32; saturated int8 loses more."""
LEAST_HITS: Final = 0.7
"""Share of questions in ten languages whose passage the original must find: a monolingual model does not."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """One model's vectors of the probes: rows in the order of `questions()` and `passages()`."""

    queries: Floats
    passages: Floats

    def hits(self) -> int:
        """Questions whose own passage comes first."""
        topics = list(PASSAGES)
        first: list[int] = np.argmax(self.queries @ self.passages.T, axis=1).tolist()
        return sum(topics[row] == topic for row, topic in zip(first, answers(), strict=True))


def questions() -> list[str]:
    """All questions, language by language."""
    return [question for topics in QUESTIONS.values() for question in topics.values()]


def answers() -> list[str]:
    """The topic of each question."""
    return [topic for topics in QUESTIONS.values() for topic in topics]


def passages() -> list[str]:
    """All passages."""
    return list(PASSAGES.values())


def judge(original: Vectors, quantised: Vectors) -> float:
    """Mean cosine of the two models' vectors; GateFailed when they are not near enough or rank worse."""
    pairs = [(original.queries, quantised.queries), (original.passages, quantised.passages)]
    cosines = np.concatenate([np.sum(a * b, axis=1) for a, b in pairs])
    mean, least = float(cosines.mean()), float(cosines.min())
    if not (mean >= MEAN_COSINE and least >= LEAST_COSINE):  # so put that NaN fails
        raise GateFailed(
            f"cosine to the original is {mean:.3f} on average and {least:.3f} at worst; {MEAN_COSINE} and {LEAST_COSINE} are needed"
        )
    before, after, total = original.hits(), quantised.hits(), len(answers())
    if before < LEAST_HITS * total:
        raise GateFailed(f"the original itself finds only {before} of {total} passages asked for in {len(QUESTIONS)} languages")
    if before - after > LOST_HITS:
        raise GateFailed(f"it finds {after} of {total} passages, the original {before}")
    return mean
