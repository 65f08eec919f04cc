"""Classifiers fitted on made vectors: what can be told apart is let through, what only repeats its product is not."""

from __future__ import annotations

import numpy as np
import pytest

from agent.domain.diagnosis import Defect, Severity
from agent.errors import BadInput
from agent.vision.classifier import unpacked
from agent.vision.diagnose import judged
from agent.vision.fitting import Example, fit

DIM = 40
KINDS = (Defect.CRACK, Defect.STAIN, Defect.NONE)


def shown(rng: np.random.Generator, sku: int, defect: Defect, severity: Severity | None = None, strength: float = 1.0) -> Example:
    vector = rng.normal(0, 0.12, DIM)
    vector[sku] += 1.0  # what the article looks like
    vector[20 + KINDS.index(defect)] += strength
    if severity:
        vector[30] += 0.8 * list(Severity).index(severity)
    return Example(f"SKU-{sku}", defect, severity, (vector / np.linalg.norm(vector)).astype(np.float32))


def collection(strength: float = 1.0, each: int = 4) -> list[Example]:
    rng = np.random.default_rng(5)
    degrees = list(Severity)
    return [
        shown(rng, sku, defect, degrees[n % 3] if defect is not Defect.NONE else None, strength)
        for sku in range(6)
        for defect in KINDS
        for n in range(each)
    ]


def stored(fitted) -> dict:
    classes = [defect.value for defect in fitted.classes]
    return {"id": "1", "category": "audio", "extractor": "x", "classes": classes, "weights": fitted.weights}


def test_what_can_be_told_apart_is_told_of_a_product_never_seen():
    fitted = fit(collection())
    assert set(fitted.classes) == set(KINDS)
    read = unpacked(stored(fitted))
    rng = np.random.default_rng(9)
    found = [judged(read, shown(rng, 15, defect, None).vector).defect for defect in KINDS for _ in range(5)]
    assert found == [defect for defect in KINDS for _ in range(5)]


def test_what_only_looks_like_its_product_is_not_let_through():
    """The defect leaves no mark of its own: right on products it has seen, worthless on others."""
    rng = np.random.default_rng(5)
    by_sku = [Example(f"SKU-{n % 6}", KINDS[n % 6 % 3], None, shown(rng, n % 6, Defect.NONE, None, 0.0).vector) for n in range(72)]
    fitted = fit(by_sku)
    assert fitted.classes == ()
    assert all(one["why"] for one in fitted.report["classes"])


def test_severity_is_told_where_examples_teach_it():
    fitted = fit(collection(each=6))
    assert fitted.report["severity"]["enabled"], fitted.report["severity"]
    rng = np.random.default_rng(3)
    read = unpacked(stored(fitted))
    assert judged(read, shown(rng, 11, Defect.CRACK, Severity.UNUSABLE).vector).severity is Severity.UNUSABLE
    assert judged(read, shown(rng, 11, Defect.CRACK, Severity.MINOR).vector).severity is Severity.MINOR


def test_few_degrees_are_no_scale():
    report = fit([one for one in collection() if one.severity is not Severity.MAJOR]).report["severity"]
    assert not report["enabled"] and "10 examples of each degree" in report["why"]


def test_held_out_figures_and_progress_are_told():
    told: list[tuple[int, int]] = []
    report = fit(collection(), lambda done, total: told.append((done, total))).report
    assert told[0][0] == 0 and told[-1] == (1, 1)
    assert report["accuracy"] > 0.9 and report["ece"] < 0.2
    assert [sum(row) for row in report["confusion"]] == [24, 24, 24]


@pytest.mark.parametrize("kept", [lambda one: one.sku == "SKU-0", lambda one: one.defect is Defect.NONE, lambda one: False])
def test_one_product_or_one_class_is_nothing_to_tell_apart(kept):
    with pytest.raises(BadInput, match="nothing to tell apart"):
        fit([one for one in collection() if kept(one)])


def test_a_class_of_one_product_alone_does_not_stop_the_fit():
    rng = np.random.default_rng(1)
    lonely = [shown(rng, 0, Defect.STAIN) for _ in range(12)]
    fitted = fit([one for one in collection() if one.defect is not Defect.STAIN] + lonely)
    assert Defect.STAIN not in fitted.classes and Defect.CRACK in fitted.classes
