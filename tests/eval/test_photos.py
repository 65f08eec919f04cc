"""The photo suite: photos of one product never on both sides, drawn photos the same for the same seed, figures that say they are synthetic."""

from __future__ import annotations

import numpy as np
import pytest

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.damage.snap import DRAWN, HAPPENS, jpeg, snap
from agent.domain.diagnosis import Defect, Severity
from agent.errors import BadInput
from agent.vision.fitting import Example
from agent.vision.pixels import open_pixels
from eval.commands.photos import as_json, passed, pooled
from eval.photos.drawn import collect
from eval.photos.measure import Figures, folds, measure
from eval.stats import Share


def test_the_same_seed_is_the_same_photo_and_another_one_is_not():
    one = snap("SPK-300", Defect.CRACK, 1)
    assert (one == snap("SPK-300", Defect.CRACK, 1)).all()
    assert (one != snap("SPK-300", Defect.CRACK, 2)).any()
    assert one.shape[0] == one.shape[1] and open_pixels(jpeg(one)).shape == one.shape


@pytest.mark.parametrize("defect", sorted(DRAWN))
def test_every_damage_can_be_drawn_on_every_shape(defect):
    """One product of each shape; drawing never fails for want of a place."""
    for product in products()[::5]:
        assert snap(product.sku, defect, 3, Severity.UNUSABLE).std() > 5


def test_what_nobody_can_draw_is_refused_by_name():
    with pytest.raises(BadInput, match="wrong_size cannot be drawn"):
        snap("SPK-300", Defect.WRONG_SIZE, 1)
    with pytest.raises(BadInput, match="NOPE"):
        snap("NOPE", Defect.CRACK, 1)


def test_a_product_is_in_one_fold():
    skus = [f"S{n % 9}" for n in range(60)]
    found = folds(skus)
    assert sorted(np.concatenate(found).tolist()) == list(range(60))
    assert all(not {skus[at] for at in one} & {skus[at] for at in other} for one in found for other in found if one is not other)


def examples(mark: float) -> list[Example]:
    rng = np.random.default_rng(2)
    made = []
    for sku in range(7):
        for place, defect in enumerate((Defect.STAIN, Defect.NONE)):
            for _ in range(8):
                vector = rng.normal(0, 0.1, 30)
                vector[sku] += 1
                vector[20 + place] += mark
                made.append(Example(f"S{sku}", defect, None, (vector / np.linalg.norm(vector)).astype(np.float32)))
    return made


def test_what_can_be_seen_is_told_rightly_and_what_cannot_is_not_told():
    seen, blind = measure("audio", examples(1.0)), measure("audio", examples(0.0))
    assert seen.right.value == 1 and seen.told.value > 0.9 and seen.missed.hits == 0 and min(seen.auroc.values()) > 0.99
    assert blind.told.value < 0.2


class Mean:
    """Features that cost nothing."""

    fingerprint = "mean"

    def __init__(self):
        self.looked = 0

    def vector(self, pixels):
        self.looked += 1
        return pixels[::64, ::64].astype(np.float32).ravel()[:64]


def test_photos_are_drawn_once(tmp_path, monkeypatch):
    monkeypatch.setattr("eval.photos.drawn.products", lambda: products()[:1])
    extractor = Mean()
    found = collect(extractor, 1, tmp_path, lambda done, total: None)
    looked = extractor.looked
    assert len(found["audio"]) == len(HAPPENS["audio"]) + 2 and looked == 2 * len(found["audio"])
    assert len(collect(extractor, 1, tmp_path, lambda done, total: None)["audio"]) == len(found["audio"]) and extractor.looked == looked


def test_the_figures_say_that_the_photos_are_synthetic_and_hold_their_bounds():
    good = Figures(
        category="audio", n=100, told=Share(60, 100), right=Share(58, 60), missed=Share(0, 50), guess=Share(80, 100), ece=0.05, auroc={}
    )
    assert as_json([good])["photos"] == "synthetic" and passed([good])
    assert not passed([Figures(**{name: getattr(good, name) for name in Figures.__slots__} | {"right": Share(40, 60)})])
    assert pooled([Share(1, 2), Share(3, 4)]) == Share(4, 6)
