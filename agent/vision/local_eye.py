"""The offline eye: is the photo clear, which article is it, what is wrong with it, and what does its label say."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from agent.domain.commerce import Line, Product
from agent.domain.diagnosis import Defect, Diagnosis, Source, Unclear
from agent.domain.message import Photo
from agent.domain.triage import Entity, EntityKind
from agent.errors import PhotoRejected
from agent.ports import Catalogue, Photos
from agent.vision.diagnose import Judged, closely, judged, kind, verdict, with_judgement, wrong
from agent.vision.features import Extracts, Vector
from agent.vision.pixels import Pixels, open_pixels
from agent.vision.quality import unclear
from agent.vision.store import Classifiers

#: How sure an article is that stands on a label in the photo and on the customer's own order: anybody can print a label.
BY_LABEL = 0.8


class Recognised(Protocol):
    """Which article a photo shows."""

    @property
    def sku(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def among(self) -> Source: ...


class Recognises(Protocol):
    async def recognise(self, pixels: Pixels, vector: Vector, skus: Sequence[str]) -> Recognised | None:
        """First among `skus`, then in the whole catalogue."""
        ...


class Label(Protocol):
    """What stands in a photo."""

    @property
    def seen(self) -> tuple[Entity, ...]: ...
    @property
    def batch(self) -> str | None: ...


class ReadsLabels(Protocol):
    async def read(self, pixels: Pixels) -> Label: ...


@dataclass(frozen=True, slots=True)
class LocalEye:
    """No network and no key. CPU work in threads: 100 ms a photo, and up to 1.5 s where a label is read."""

    photos: Photos
    extractor: Extracts
    recogniser: Recognises
    labels: ReadsLabels | None
    classifiers: Classifiers
    catalogue: Catalogue

    @property
    def name(self) -> str:
        return "local"

    async def diagnose(self, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
        """Raises NotReady when the network is not prepared."""
        which = await asyncio.to_thread(kind, self.extractor)  # reads the network's file the first time
        found = Diagnosis(photo=photo.id, eye=f"{self.name} {which}")
        data = await self.photos.data(photo.id)
        if data is None:
            return replace(found, reason=Unclear.UNREADABLE)
        try:
            pixels = await asyncio.to_thread(open_pixels, data)
        except PhotoRejected:
            return replace(found, reason=Unclear.UNREADABLE)
        poor = await asyncio.to_thread(unclear, pixels)
        if poor:
            return replace(found, reason=poor)
        return await self._labelled(await self._told(found, pixels, lines), pixels, lines)

    async def _told(self, found: Diagnosis, pixels: Pixels, lines: Sequence[Line]) -> Diagnosis:
        whole = await asyncio.to_thread(self.extractor.vector, pixels)
        shown = await self.recogniser.recognise(pixels, whole, tuple(dict.fromkeys(line.sku for line in lines)))
        if shown is None:
            return await self._parcel(found, pixels, whole, lines)
        found = replace(found, sku=shown.sku, recognised=round(shown.confidence, 3), among=shown.among)
        products = await self._products([shown.sku, *(line.sku for line in lines)])
        ordered = [products[line.sku] for line in lines if line.sku in products]
        other = wrong(products.get(shown.sku), shown.confidence, shown.among, ordered)
        if other:
            return replace(found, verdict=verdict(other), defect=other, confidence=found.recognised, reason=None)
        return await self._defect(found, pixels, whole, products)

    async def _defect(self, found: Diagnosis, pixels: Pixels, whole: Vector, products: Mapping[str, Product]) -> Diagnosis:
        product = products.get(found.sku or "")
        return with_judgement(found, await self._judged(product.category if product else "", pixels, whole))

    async def _parcel(self, found: Diagnosis, pixels: Pixels, whole: Vector, lines: Sequence[Line]) -> Diagnosis:
        """A parcel that is still closed shows no article; where all that was ordered is of one category, its damage can be told."""
        categories = {line.category for line in lines}
        said = await self._judged(categories.pop(), pixels, whole) if len(categories) == 1 else None
        if said is None or said.defect is not Defect.TORN_PACKAGING:
            return replace(found, reason=Unclear.NO_PRODUCT)
        return with_judgement(found, said)

    async def _judged(self, category: str, pixels: Pixels, whole: Vector) -> Judged:
        classifier = await self.classifiers.of(category, kind(self.extractor)) if category else None
        vector = await asyncio.to_thread(closely, self.extractor, pixels, whole) if classifier else whole
        return judged(classifier, vector)

    async def _products(self, skus: Sequence[str]) -> dict[str, Product]:
        return {product.sku: product for product in await self.catalogue.products(list(dict.fromkeys(skus)))}

    async def _labelled(self, found: Diagnosis, pixels: Pixels, lines: Sequence[Line]) -> Diagnosis:
        """With what stands in the photo, where it shows no article that we know, or a parcel.

        Reading takes .2 to 1.5 s of CPU, against .1 s for all the rest: done for every photo, it would be most of the cost.
        """
        if self.labels is None or (found.sku and found.defect is not Defect.TORN_PACKAGING):
            return found
        label = await self.labels.read(pixels)
        found = replace(found, seen=label.seen, batch=label.batch)
        named = {entity.value for entity in label.seen if entity.kind is EntityKind.SKU}
        own = next((line.sku for line in lines if line.sku in named), None)
        if found.sku or own is None:
            return found
        return replace(found, sku=own, recognised=BY_LABEL, among=Source.LABEL)
