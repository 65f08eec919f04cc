"""Synthetic photos with the article that they show, as the recogniser meets them: what was bought, and what else the catalogue holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.photos import photo
from agent.vision import pictures
from agent.vision.features import Extractor
from agent.vision.likeness import Likeness
from agent.vision.matching import SIDE, Sight, match, sight
from agent.vision.pixels import Pixels, open_pixels
from agent.vision.recognise import POINTED, Shelf, compare
from eval.recognition.views import CAREFUL, CARELESS, empty, view

#: Shares of the photos that show an article of the order, and another one; the rest shows none that has a picture.
ORDER, OTHER = 0.7, 0.2
BOUGHT = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What the photo was compared with; `right` is the row of what it shows, None when that is not among them."""

    found: tuple[Likeness, ...]
    skus: tuple[str, ...]
    right: int | None
    ordered: bool
    careless: bool


class Trials:
    """The demo catalogue, read once."""

    def __init__(self, models: Path) -> None:
        self._extractor = Extractor(models)
        self._all = tuple(product.sku for product in products())
        self._pictured = tuple(pictures.read(self._extractor, sku, photo(sku)) for sku in self._all)
        self._sights: dict[str, Sight] = {sku: sight(open_pixels(photo(sku), SIDE)) for sku in self._all}

    def run(self, count: int, seed: int) -> Iterator[Trial]:
        rng = np.random.default_rng(seed)
        for number in range(count):
            careless = bool(number % 2)
            yield self._one(rng, careless)

    def _one(self, rng: np.random.Generator, careless: bool) -> Trial:
        effort = CARELESS if careless else CAREFUL
        kind = rng.random()
        bought = [str(sku) for sku in rng.choice(self._all, BOUGHT, replace=False)]
        others = [sku for sku in self._all if sku not in bought]
        shown: str | None = bought[0] if kind < ORDER else str(rng.choice(others))
        hidden: set[str] = set()
        if kind >= ORDER + OTHER:  # half of them an article without a picture, half no article at all
            hidden, shown = ({shown}, shown) if rng.random() < 0.5 else (hidden, None)
        pixels = view(shown, rng, effort) if shown else empty(rng, effort)
        return self._compared(pixels, None if hidden else shown, bought, hidden, careless)

    def _compared(self, pixels: Pixels, shown: str | None, bought: Sequence[str], hidden: set[str], careless: bool) -> Trial:
        shelf = Shelf([each for each in self._pictured if each.sku not in hidden])
        candidates = shelf.candidates(self._extractor.vector(pixels), bought)
        found = compare(candidates, pixels, bought)
        here = sight(pixels)
        for row in sorted(range(len(found)), key=lambda row: found[row].apart / 10 - 10 * found[row].cosine - 3 * found[row].ordered)[
            :POINTED
        ]:
            found[row] = replace(found[row], match=match(here, self._sights[candidates[row][0].sku]))
        skus = tuple(each.sku for each, _ in candidates)
        right = skus.index(shown) if shown in skus else None
        return Trial(tuple(found), skus, right, shown in bought, careless)
