"""What may be said of a defect: only a class that passed its check, only when it is sure; wrong articles by recognition alone."""

from __future__ import annotations

import numpy as np
import pytest

from agent.domain.commerce import Product
from agent.domain.diagnosis import Defect, Severity, Source, Unclear
from agent.domain.money import Money
from agent.vision import held_out
from agent.vision.classifier import BadWeights, Classifier, packed, unpacked
from agent.vision.diagnose import closely, judged, wrong
from agent.vision.severity import Scale


def classifier(enabled=(Defect.CRACK, Defect.NONE), scale=None) -> Classifier:
    labels = (Defect.CRACK, Defect.STAIN, Defect.NONE)
    return Classifier("c1", "audio", "x", labels, frozenset(enabled), np.eye(3, dtype=np.float32) * 5, np.zeros(3, np.float32), scale)


def towards(place: int) -> np.ndarray:
    return np.eye(3, dtype=np.float32)[place]


def product(sku: str, of: str = "", colour: str = "") -> Product:
    options = (("Colour", colour),) if colour else ()
    return Product(sku=sku, title=sku, category="audio", price=Money(1, "EUR"), text="", product=of, options=options)


def test_a_sure_class_that_passed_is_told_with_what_else_it_might_be():
    said = judged(classifier(), np.array([1, 0.4, 0], np.float32))
    assert (said.defect, said.reason) == (Defect.CRACK, None)
    assert said.confidence > 0.9 and said.share[0][0] == "crack"


@pytest.mark.parametrize(
    ("vector", "reason"),
    [(towards(1), Unclear.NOT_TRAINED), (np.zeros(3, np.float32), Unclear.UNSURE)],
)
def test_what_did_not_pass_or_is_not_sure_cannot_be_told(vector, reason):
    assert judged(classifier(), vector).reason is reason
    assert judged(classifier(), vector).defect is None


def test_without_examples_nothing_can_be_told():
    assert judged(None, towards(0)).reason is Unclear.NOT_TRAINED


def test_a_whole_article_has_no_severity():
    worse = Scale(np.ones((2, 3), np.float32), np.zeros(2, np.float32))
    assert judged(classifier(scale=worse), towards(0)).severity is Severity.UNUSABLE
    assert judged(classifier(scale=worse), towards(2)).severity is None


def test_weights_come_back_as_they_were_and_damaged_ones_are_refused():
    scale = Scale(np.ones((2, 3), np.float32), np.zeros(2, np.float32))
    kept = packed((Defect.CRACK, Defect.NONE), np.ones((2, 3)), np.zeros(2), scale)
    row = {"id": "1", "category": "audio", "extractor": "x", "classes": ["crack"], "weights": kept}
    back = unpacked(row)
    assert back.labels == (Defect.CRACK, Defect.NONE) and back.enabled == {Defect.CRACK} and back.scale
    with pytest.raises(BadWeights):
        unpacked(row | {"weights": kept[:100]})
    with pytest.raises(BadWeights):
        unpacked(row | {"weights": _pickled()})


def _pickled() -> bytes:
    """An npz whose array is a pickle, which numpy would run if it were let."""
    import io

    out = io.BytesIO()
    np.savez(out, labels=np.array([{"a": 1}], dtype=object), weights=np.zeros(1), bias=np.zeros(1))
    return out.getvalue()


ORDERED = [product("A-1", "mug", "red")]


@pytest.mark.parametrize(
    ("shown", "sure", "among", "ordered", "found"),
    [
        (product("B-1"), 0.95, Source.CATALOGUE, ORDERED, Defect.WRONG_ITEM),
        (product("A-2", "mug", "blue"), 0.95, Source.CATALOGUE, ORDERED, Defect.WRONG_COLOUR),
        (product("A-3", "mug", "red"), 0.95, Source.CATALOGUE, ORDERED, None),  # another size: nobody can see it
        (product("B-1"), 0.85, Source.CATALOGUE, ORDERED, None),
        (product("A-1"), 0.99, Source.ORDER, ORDERED, None),
        (product("B-1"), 0.99, Source.CATALOGUE, [], None),  # nothing is known to have been ordered
    ],
)
def test_a_wrong_article_is_one_of_the_catalogue_that_was_not_ordered(shown, sure, among, ordered, found):
    assert wrong(shown, sure, among, ordered) is found


def test_a_class_is_let_through_only_with_enough_examples_of_several_products_and_good_bounds():
    labels, truth = (Defect.CRACK, Defect.NONE), np.array([0] * 12 + [1] * 12)
    good = np.where(truth[:, None] == np.arange(2), 0.9, 0.1)
    skus = [f"S{n % 3}" for n in range(24)]
    assert all(one.enabled for one in held_out.check(labels, truth, good, skus))
    assert held_out.check(labels, truth, good, ["S0"] * 24)[0].why == "examples of 2 products are needed, these are of 1"
    few = held_out.check(labels, truth[6:], good[6:], skus[6:])[0]
    assert (few.enabled, few.why) == (False, "4 more examples are needed (6 of 10)")
    mixed = np.where(np.arange(24)[:, None] % 2 == np.arange(2), 0.9, 0.1)
    assert "not sure enough" in held_out.check(labels, truth, mixed, skus)[0].why
    shy = np.full((24, 2), 0.5)
    assert not any(one.enabled for one in held_out.check(labels, truth, shy, skus))


def test_ten_of_ten_are_not_taken_for_certainty():
    assert 0.8 < held_out.lower_bound(10, 10) < 0.9
    assert held_out.lower_bound(0, 0) == 0


class Corners:
    """Features that are the brightness of the picture's middle pixel."""

    fingerprint = "corners"

    def vector(self, pixels):
        return np.full(4, pixels[len(pixels) // 2, len(pixels[0]) // 2, 0] / 255, np.float32)


def test_a_photo_is_looked_at_whole_and_in_its_middle():
    assert closely(Corners(), np.full((100, 60, 3), 255, np.uint8)).shape == (8,)
