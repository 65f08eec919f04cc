"""What can be looked at and what cannot: sharp synthetic views pass, the same ones darkened, burnt out, blurred or tiny are told apart."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.photos import photo
from agent.domain.diagnosis import Unclear
from agent.vision.pixels import Pixels, open_pixels, resized
from agent.vision.quality import unclear
from eval.recognition.views import CARELESS, view

SKUS = [product.sku for product in products()][::2]


@pytest.fixture(scope="module")
def views() -> list[Pixels]:
    return [view(sku, np.random.default_rng((3, number)), CARELESS) for number, sku in enumerate(SKUS)]


def dark(pixels: Pixels) -> Pixels:
    return (pixels * 0.12).astype(np.uint8)


def burnt(pixels: Pixels) -> Pixels:
    return np.clip(pixels * 3.0 + 190, 0, 255).astype(np.uint8)


def blurred(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 9), np.uint8)


def tiny(pixels: Pixels) -> Pixels:
    return resized(pixels, 140)


def test_careless_but_sharp_photos_pass(views: list[Pixels]) -> None:
    assert [unclear(pixels) for pixels in views] == [None] * len(views)


def test_the_catalogue_pictures_pass() -> None:
    assert {unclear(open_pixels(photo(sku))) for sku in SKUS} == {None}


@pytest.mark.parametrize(
    ("spoil", "told", "least"),
    [(dark, Unclear.TOO_DARK, 1.0), (burnt, Unclear.TOO_BRIGHT, 1.0), (blurred, Unclear.BLURRED, 1.0), (tiny, Unclear.TOO_SMALL, 1.0)],
)
def test_spoilt_photos_are_told_apart(views: list[Pixels], spoil: Callable[[Pixels], Pixels], told: Unclear, least: float) -> None:
    found = [unclear(spoil(pixels)) for pixels in views]
    assert found.count(told) / len(found) >= least


def test_a_real_photograph_passes_at_any_size_and_not_out_of_focus() -> None:
    from sklearn.datasets import load_sample_image

    temple = np.asarray(load_sample_image("china.jpg"), np.uint8)
    assert unclear(temple) is None
    assert unclear(resized(temple, 320)) is None
    assert unclear(blurred(temple)) is Unclear.BLURRED


@pytest.mark.parametrize("value", [0, 255])
def test_a_blank_photo_shows_nothing(value: int) -> None:
    assert unclear(np.full((600, 800, 3), value, np.uint8)) in (Unclear.TOO_DARK, Unclear.TOO_BRIGHT)


def test_a_blank_wall_is_no_sharp_photo() -> None:
    assert unclear(np.full((600, 800, 3), 128, np.uint8)) is Unclear.BLURRED
