"""Which article a photo shows: among those that the customer bought first, then in the whole catalogue."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.diagnosis import Source
from agent.errors import NotFound
from agent.vision import pictures
from agent.vision.features import Extracts, Vector
from agent.vision.likeness import Likeness, shares
from agent.vision.matching import SIDE, Sight, match, sight
from agent.vision.palette import apart, colours
from agent.vision.pictures import Pictured
from agent.vision.pixels import Pixels, open_pixels

#: Articles of the whole catalogue that are compared closely, beside the ordered ones.
NEAREST: Final = 8
#: Ordered articles that are compared; a customer with more has bought the rest long ago.
ORDERED: Final = 12
#: Articles whose points are compared, and how sure the first must be that this is not worth while.
POINTED: Final = 2
DECIDED: Final = 0.95
#: Below this, it is nothing that we know.
LEAST: Final = 0.5
#: Seconds for which the catalogue is not asked whether it has changed; and sights that are held, a quarter of a megabyte each.
FRESH: Final = 20.0
SIGHTS: Final = 48


@dataclass(frozen=True, slots=True)
class Recognised:
    """`confidence` is calibrated on synthetic views, 0..1."""

    sku: str
    confidence: float
    among: Source


class Shelf:
    """The catalogue's pictures, as rows to compare a photo with."""

    def __init__(self, pictured: Sequence[Pictured]) -> None:
        self._pictured = tuple(pictured)
        self._vectors = np.stack([each.vector for each in pictured]) if pictured else np.zeros((0, 1), np.float32)

    def candidates(self, vector: Vector, skus: Sequence[str]) -> list[tuple[Pictured, float]]:
        """(picture, cosine): the best picture of each ordered article and of the nearest others, nearest first."""
        if not self._pictured:
            return []
        cosines = self._vectors @ vector
        mine, others = dict.fromkeys(skus[:ORDERED]), 0
        best: dict[str, tuple[Pictured, float]] = {}
        for row in np.argsort(-cosines, kind="stable"):
            each = self._pictured[row]
            if each.sku in best or (each.sku not in mine and others == NEAREST):
                continue
            best[each.sku] = each, float(cosines[row])
            others += each.sku not in mine
        return list(best.values())


def compare(candidates: Sequence[tuple[Pictured, float]], pixels: Pixels, skus: Sequence[str]) -> list[Likeness]:
    """By features and colours: cheap. CPU work of 10 ms."""
    seen = colours(pixels)
    return [Likeness(cosine, apart(seen, each.palette), each.sku in skus) for each, cosine in candidates]


def promising(found: Sequence[Likeness]) -> list[int]:
    """Whose points are worth comparing; none when one article is sure already."""
    parts = shares(found)
    if not parts or max(parts) >= DECIDED:
        return []
    return sorted(range(len(parts)), key=lambda row: -parts[row])[:POINTED]


def judged(candidates: Sequence[tuple[Pictured, float]], found: Sequence[Likeness]) -> Recognised | None:
    parts = shares(found)
    row = max(range(len(parts)), key=lambda row: parts[row], default=-1)
    if row < 0 or parts[row] < LEAST:
        return None
    among = Source.ORDER if found[row].ordered else Source.CATALOGUE
    return Recognised(candidates[row][0].sku, round(parts[row], 3), among)


class Looking:
    """The way from a shelf to a verdict; where shelf and pictures come from is told by whoever makes it."""

    def __init__(self, shelf: Callable[[], Awaitable[Shelf]], picture: Callable[[Pictured], Awaitable[bytes]]) -> None:
        self._shelf, self._picture = shelf, picture
        self._sights: OrderedDict[str, Sight] = OrderedDict()

    async def recognise(self, pixels: Pixels, vector: Vector, skus: Sequence[str]) -> Recognised | None:
        """None: none of the articles that have pictures. `skus` are of the customer's own orders. Raises NotReady."""
        shelf = await self._shelf()
        candidates = await asyncio.to_thread(shelf.candidates, vector, skus)  # a large catalogue would hold the event loop for 20 ms
        found = await asyncio.to_thread(compare, candidates, pixels, skus)
        rows = promising(found)
        if rows:
            here = await asyncio.to_thread(sight, pixels)
            for row in rows:
                there = await self._sight(candidates[row][0])
                if there is not None:
                    found[row] = replace(found[row], match=await asyncio.to_thread(match, here, there))
                if max(shares(found)) >= DECIDED:
                    break
        return judged(candidates, found)

    async def _sight(self, of: Pictured) -> Sight | None:
        """None: the picture was removed meanwhile."""
        if of.id not in self._sights:
            try:
                data = await self._picture(of)
            except NotFound:
                return None
            self._sights[of.id] = await asyncio.to_thread(lambda: sight(open_pixels(data, SIDE)))
            if len(self._sights) > SIGHTS:
                self._sights.popitem(last=False)
        self._sights.move_to_end(of.id)
        return self._sights[of.id]


class Recogniser(Looking):
    """On the catalogue pictures of the database; what editors add or remove counts within FRESH seconds."""

    def __init__(self, engine: AsyncEngine, extractor: Extracts) -> None:
        super().__init__(self._current, lambda of: pictures.picture(engine, of.sku, of.id))
        self._engine, self._extractor = engine, extractor
        self._lock = asyncio.Lock()
        self._loaded = Shelf(())
        self._state: tuple[int, Any] | None = None
        self._until = 0.0

    async def _current(self) -> Shelf:
        async with self._lock:
            if time.monotonic() >= self._until:
                state = await pictures.state(self._engine)
                if state != self._state:
                    self._loaded = await asyncio.to_thread(Shelf, await pictures.held(self._engine, self._extractor))
                    self._state = state
                self._until = time.monotonic() + FRESH
        return self._loaded


class MemoryRecogniser(Looking):
    """The twin: pictures (JPEG) by SKU, no database."""

    def __init__(self, extractor: Extracts, catalogue: Mapping[str, bytes]) -> None:
        super().__init__(self._read, self._data)
        self._extractor, self._catalogue = extractor, dict(catalogue)
        self._loaded: Shelf | None = None

    async def _read(self) -> Shelf:
        if self._loaded is None:
            read = [pictures.read(self._extractor, sku, data) for sku, data in self._catalogue.items()]
            self._loaded = Shelf(read)
        return self._loaded

    async def _data(self, of: Pictured) -> bytes:
        return self._catalogue[of.sku]
