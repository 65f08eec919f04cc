"""A model that lost quality is refused, loudly and with a cure."""

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.encoder import gate
from knowledge.encoder.errors import GateFailed
from knowledge.encoder.gate import Vectors, judge
from knowledge.encoder.probes import PASSAGES, QUESTIONS

DIM = 64
RANDOM = np.random.default_rng(7)


def normalised(vectors: npt.NDArray[np.floating]) -> gate.Floats:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def good() -> Vectors:
    """Every question lies beside its passage."""
    passages = normalised(RANDOM.normal(size=(len(PASSAGES), DIM)).astype(np.float32))
    rows = [list(PASSAGES).index(topic) for topic in gate.answers()]
    noise = RANDOM.normal(size=(len(rows), DIM)).astype(np.float32)
    return Vectors(normalised(passages[rows] + 0.05 * noise), passages)


def test_probes_ask_the_same_in_ten_languages() -> None:
    assert len(QUESTIONS) == 10
    assert all(set(topics) <= set(PASSAGES) and len(topics) == 4 for topics in QUESTIONS.values())
    assert len(set(gate.questions())) == 40


def test_an_equal_model_passes() -> None:
    original = good()
    assert original.hits() == 40
    assert judge(original, original) == pytest.approx(1.0)


def test_vectors_that_moved_are_refused() -> None:
    original = good()
    noise = RANDOM.normal(size=original.queries.shape).astype(np.float32)
    with pytest.raises(GateFailed, match=r"cosine .* EMBEDDING_MODEL|EMBEDDING_MODEL.*cosine"):
        judge(original, Vectors(normalised(original.queries + 0.05 * noise), original.passages))


def test_one_vector_that_moved_is_enough() -> None:
    original = good()
    queries = original.queries.copy()
    queries[3] = -queries[3]
    with pytest.raises(GateFailed, match="at worst"):
        judge(original, Vectors(queries, original.passages))


def test_vectors_that_are_no_numbers_are_refused() -> None:
    original = good()
    with pytest.raises(GateFailed):
        judge(original, Vectors(np.full_like(original.queries, np.nan), original.passages))


def test_an_original_that_knows_one_language_is_refused() -> None:
    original = good()
    queries = original.queries.copy()
    queries[4:] = np.roll(queries[4:], 1, axis=0)
    moved = Vectors(queries, original.passages)
    with pytest.raises(GateFailed, match="the original itself"):
        judge(moved, moved)


def test_near_vectors_that_rank_worse_are_refused() -> None:
    # Two passages so near that a tiny step changes which is first: cosines stay high, hits are lost.
    step = np.zeros(DIM, np.float32)
    step[1] = 0.05
    first = np.eye(DIM, dtype=np.float32)[:1]
    passages = normalised(np.concatenate([first, first + step, np.eye(DIM, dtype=np.float32)[2 : len(PASSAGES)]]))
    rows = [list(PASSAGES).index(topic) for topic in gate.answers()]
    original = Vectors(passages[rows], passages)
    quantised = Vectors(passages[[1 if row == 0 else row for row in rows]], passages)
    with pytest.raises(GateFailed, match="it finds 30 of 40 passages, the original 40"):
        judge(original, quantised)
