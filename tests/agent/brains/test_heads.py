"""The linear heads: a fit that separates, probabilities that are probabilities, files that read back, labels that are known."""

from pathlib import Path

import numpy as np
import pytest

from agent.brains.local import fitting, heads
from agent.brains.local.fitting import fit_head
from agent.brains.local.heads import ALARMS, Head, Reader
from agent.brains.local.ngrams import SIZE, Grams, grams
from agent.domain.intents import Intent
from agent.domain.triage import Sentiment

Toy = tuple[np.ndarray, list[Grams], list[str]]


@pytest.fixture(scope="module")
def toy() -> Toy:
    """Three clouds of unit vectors, their texts all alike."""
    rng = np.random.default_rng(7)
    centres = np.eye(3, 8, dtype=np.float32) * 3
    labels = [name for name in ("a", "b", "c") for _ in range(30)]
    vectors = np.repeat(centres, 30, axis=0) + rng.normal(0, 0.3, (90, 8)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), [grams("same")] * 90, labels


def test_a_fit_separates_and_its_rows_are_probabilities(toy: Toy) -> None:
    vectors, texts, labels = toy
    head = fit_head(vectors, texts, labels, "intent")
    rows = head.probabilities(vectors, texts)
    assert head.labels == ("a", "b", "c")
    assert rows.shape == (90, 3)
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-5)
    assert [head.labels[best] for best in rows.argmax(axis=1)] == labels


def test_the_same_data_give_the_same_fit(toy: Toy) -> None:
    first, again = fit_head(*toy, "intent"), fit_head(*toy, "intent")
    for one, other in zip(first.readers, again.readers, strict=True):
        np.testing.assert_array_equal(one.weights, other.weights)
        np.testing.assert_array_equal(one.grams, other.grams)


def test_words_tell_apart_what_vectors_cannot() -> None:
    """A negation hardly moves an embedding."""
    texts = [grams(f"{verb} it {n}") for verb in ("cancel", "do not cancel") for n in range(30)]
    labels = ["cancel"] * 30 + ["keep"] * 30
    vectors = np.ones((60, 4), np.float32) / 2
    head = fit_head(vectors, texts, labels, "intent")
    rows = head.probabilities(vectors[:2], [grams("please cancel it"), grams("please do not cancel it")])
    assert [head.labels[best] for best in rows.argmax(axis=1)] == ["cancel", "keep"]


def test_huge_logits_do_not_overflow() -> None:
    table, rarity = np.zeros((SIZE, 2), np.float16), np.ones(SIZE, np.float32)
    head = Head(("a", "b"), (Reader(np.array([[1e4], [-1e4]], np.float32), table, np.zeros(2, np.float32)),), rarity)
    np.testing.assert_allclose(head.probabilities(np.array([[1.0]], np.float32), [grams("")]), [[1, 0]])


def test_grams_are_folded_bounded_and_the_same_every_time() -> None:
    np.testing.assert_array_equal(grams("ÉTÉ").places, grams("ete").places)
    assert len(grams("x " * 100_000).places) < 10
    assert len(grams("").places) == 0


def test_fit_and_load_round_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {
        "intents": [(f"{intent} {n}", intent.value) for intent in (Intent.GREETING, Intent.PRAISE, Intent.STOCK) for n in range(10)],
        "sentiment": [(f"{mood} {n}", mood.value) for mood in Sentiment for n in range(10)],
        "alarms": [(f"{alarm} {n}", alarm) for alarm in ALARMS for n in range(10)],
    }
    monkeypatch.setattr(fitting, "examples", lambda kind: rows[kind])
    made: dict[str, np.ndarray] = {}

    def embed(texts: list[str]) -> np.ndarray:
        for text in texts:
            noise = np.random.default_rng(len(made)).normal(0, 0.1, 12)
            axis = sorted({row.split(" ")[0] for kind in rows.values() for row, _ in kind}).index(text.split(" ")[0])
            made.setdefault(text, np.eye(12)[axis] + noise)
        return np.stack([made[text] for text in texts]).astype(np.float32)

    target = tmp_path / "deep" / "heads.npz"
    fitting.fit(embed, target)
    loaded = heads.load(target)
    assert set(loaded.intent.labels) == {"greeting", "praise", "stock"}
    assert set(loaded.sentiment.labels) == {mood.value for mood in Sentiment}
    assert set(loaded.alarm.labels) == {*ALARMS, "plain"}
    best = loaded.intent.probabilities(embed(["stock 3"]), [grams("stock 3")]).argmax()
    assert loaded.intent.labels[best] == "stock"
    assert [path.name for path in target.parent.iterdir()] == ["heads.npz"]


def test_an_unknown_label_is_named_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(heads.LABELS, "intents", frozenset({"order_status"}))
    with pytest.raises(ValueError, match=r"data/intents/en\.yaml: unknown label .*allowed are order_status"):
        heads.examples("intents")


def test_heads_that_were_not_fitted_are_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        heads.load(heads.path(tmp_path, "model"))


def test_the_file_name_changes_with_the_model(tmp_path: Path) -> None:
    assert heads.path(tmp_path, "one") == heads.path(tmp_path, "one") != heads.path(tmp_path, "two")


@pytest.mark.parametrize("kind", list(heads.LABELS))
def test_every_label_has_examples(kind: str) -> None:
    assert {label for _, label in heads.examples(kind)} == heads.LABELS[kind]
