"""The offline eye with parts that say what a test wants: each way a photo can go, and what is read of its label."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from PIL import Image

from agent.domain import entities
from agent.domain.commerce import Line, Product
from agent.domain.diagnosis import Defect, Source, Unclear, Verdict
from agent.domain.message import Photo
from agent.domain.money import Money
from agent.vision.classifier import Classifier
from agent.vision.diagnose import kind
from agent.vision.eyes import Eyes
from agent.vision.features import Extractor
from agent.vision.local_eye import BY_LABEL, LocalEye
from agent.vision.store import KeptClassifiers

PHOTO = Photo(id="p1", width=320, height=240)
SKUS = ("EAR-110", "EAR-120")
LINES = [Line(sku=SKUS[0], title="x", category="audio", quantity=1, price=Money(100, "EUR"))]


def picture(brightness: float = 1.0) -> bytes:
    out = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (240, 320, 3)) * brightness
    Image.fromarray(noise.astype(np.uint8)).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Parts:
    """Photos, extractor, recogniser, labels and catalogue in one."""

    fingerprint: str = "fake"
    stored: bytes | None = field(default_factory=picture)
    shown: Seen | None = None
    text: str = ""
    batch: str | None = None
    read_labels: int = 0

    async def data(self, photo: str) -> bytes | None:
        return self.stored

    def vector(self, pixels) -> np.ndarray:
        return np.ones(2, np.float32)

    async def recognise(self, pixels, vector, skus):
        return self.shown

    async def read(self, pixels):
        self.read_labels += 1
        return Read(entities.find(self.text), self.batch)

    async def products(self, skus):
        return tuple(Product(sku=sku, title=sku, category="audio", price=Money(1, "EUR"), text="") for sku in SKUS if sku in skus)

    async def match(self, text, limit=3):
        return ()


@dataclass(frozen=True)
class Seen:
    sku: str
    confidence: float
    among: Source


@dataclass(frozen=True)
class Read:
    seen: tuple
    batch: str | None


def reader(parts: Parts, sure: float = 5.0, enabled=(Defect.CRACK, Defect.NONE)) -> KeptClassifiers:
    weights = np.array([[sure] * 4, [0.0] * 4], np.float32)
    labels = (Defect.CRACK, Defect.NONE)
    made = Classifier("c", "audio", kind(parts), labels, frozenset(enabled), weights, np.zeros(2, np.float32))
    return KeptClassifiers({"audio": made})


async def look(parts: Parts, classifiers: KeptClassifiers | None = None, lines=LINES):
    eye = LocalEye(parts, parts, parts, parts, classifiers if classifiers is not None else reader(parts), parts)
    return await eye.diagnose(PHOTO, lines)


ORDERED = Seen(SKUS[0], 0.96, Source.ORDER)


async def test_an_ordered_article_with_a_defect_that_was_learned():
    parts = Parts(shown=ORDERED)
    found = await look(parts)
    assert (found.verdict, found.defect, found.sku, found.among) == (Verdict.DEFECT, Defect.CRACK, SKUS[0], Source.ORDER)
    assert found.eye.startswith("local fake") and found.confidence > 0.9
    assert parts.read_labels == 0  # nothing more is needed, and it takes a second


async def test_without_a_classifier_for_these_features_the_article_is_told_and_the_defect_is_not():
    parts = Parts(shown=ORDERED)
    other = KeptClassifiers({"audio": replace(reader(parts)["audio"], extractor="another network")})
    for classifiers in (KeptClassifiers(), other):
        found = await look(parts, classifiers)
        assert (found.verdict, found.reason, found.sku) == (Verdict.CANNOT_TELL, Unclear.NOT_TRAINED, SKUS[0])


@pytest.mark.parametrize(
    ("stored", "reason"),
    [(None, Unclear.UNREADABLE), (b"broken", Unclear.UNREADABLE), (picture(0.02), Unclear.TOO_DARK)],
)
async def test_a_photo_that_shows_nothing_says_why(stored, reason):
    found = await look(Parts(stored=stored, shown=ORDERED))
    assert (found.verdict, found.reason, found.sku) == (Verdict.CANNOT_TELL, reason, None)


async def test_an_article_that_was_surely_not_ordered_is_the_wrong_one():
    found = await look(Parts(shown=Seen(SKUS[1], 0.95, Source.CATALOGUE)))
    assert (found.defect, found.confidence, found.severity) == (Defect.WRONG_ITEM, 0.95, None)
    doubt = await look(Parts(shown=Seen(SKUS[1], 0.7, Source.CATALOGUE)))
    assert doubt.defect is not Defect.WRONG_ITEM
    nobody = await look(Parts(shown=Seen(SKUS[1], 0.95, Source.CATALOGUE)), lines=[])
    assert nobody.defect is not Defect.WRONG_ITEM


async def test_a_label_names_an_ordered_article_and_its_batch_but_no_other():
    found = await look(Parts(text="EAR-110 order #1042", batch="VQ-26A"))
    assert (found.sku, found.among, found.recognised, found.batch) == (SKUS[0], Source.LABEL, BY_LABEL, "VQ-26A")
    assert {entity.value for entity in found.seen} >= {"EAR-110", "1042"}
    foreign = await look(Parts(text="EAR-120"))
    assert (foreign.sku, foreign.reason) == (None, Unclear.NO_PRODUCT)


async def test_a_label_is_read_only_where_the_photo_shows_no_article_or_a_parcel():
    for shown, labels, times in ((ORDERED, KeptClassifiers(), 0), (None, KeptClassifiers(), 1)):
        parts = Parts(shown=shown, text="#1042")
        await look(parts, labels)
        assert parts.read_labels == times


async def test_a_closed_parcel_shows_no_article_yet_its_damage_can_be_told():
    parts = Parts()
    torn = KeptClassifiers(
        {"audio": replace(reader(parts)["audio"], labels=(Defect.TORN_PACKAGING, Defect.NONE), enabled=frozenset(Defect))}
    )
    found = await look(parts, torn)
    assert (found.defect, found.sku, parts.read_labels) == (Defect.TORN_PACKAGING, None, 1)
    mixed = [*LINES, replace(LINES[0], category="textiles")]
    assert (await look(parts, torn, mixed)).reason is Unclear.NO_PRODUCT
    assert (await look(parts)).reason is Unclear.NO_PRODUCT  # a crack of nobody knows what


async def test_a_network_that_is_not_prepared_costs_the_diagnosis_and_not_the_turn(tmp_path):
    parts = Parts()
    unprepared = LocalEye(parts, Extractor(tmp_path), parts, parts, KeptClassifiers(), parts)
    found = await Eyes((unprepared,)).diagnose(PHOTO, LINES)
    assert (found.verdict, found.sku, found.eye) == (Verdict.CANNOT_TELL, None, "local")
