"""Labelled photos in the database: taken in, relabelled, read anew for another network; the newest classifier counts without a restart."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import func, select

from agent.domain.diagnosis import Defect, Severity, Unclear
from agent.errors import BadInput, PhotoRejected
from agent.policy.photos import MENDABLE
from agent.store.photo_tables import photo_classifier, photo_example, product_picture
from agent.vision import examples, store
from agent.vision.diagnose import closely, judged, kind
from agent.vision.fitting import Fit
from agent.vision.pixels import open_pixels
from agent.vision.store import Label, StoredClassifiers


class Colours:
    """Three figures: how red, green and blue the picture is."""

    def __init__(self, fingerprint: str = "colours") -> None:
        self.fingerprint, self.looked = fingerprint, 0

    def vector(self, pixels):
        self.looked += 1
        found = pixels.reshape(-1, 3).mean(axis=0).astype(np.float32)
        return found / (np.linalg.norm(found) + 1e-6)


@pytest.fixture
async def engine(engine):
    async with engine.begin() as connection:
        for table in (photo_example, photo_classifier, product_picture):
            await connection.run_sync(table.create)
    return engine


def coloured(colour: tuple[int, int, int], seed: int) -> bytes:
    rng = np.random.default_rng(seed)
    out = io.BytesIO()
    pixels = np.clip(np.array(colour) + rng.integers(-25, 25, (240, 240, 3)), 0, 255).astype(np.uint8)
    exif = Image.Exif()
    exif[0x010E] = "a secret"
    Image.fromarray(pixels).save(out, "JPEG", exif=exif)
    return out.getvalue()


def label(sku: str, defect: Defect, severity: Severity | None = None) -> Label:
    return Label(sku=sku, category="audio", defect=defect, severity=severity)


RED, BLUE = (200, 40, 40), (40, 40, 200)


async def taught(engine, extractor, each: int = 10) -> None:
    for sku in ("A-1", "A-2"):
        for at, (defect, colour) in enumerate(((Defect.STAIN, RED), (Defect.NONE, BLUE))):
            for number in range(each):
                seed = 1000 * at + number + (500 if sku == "A-2" else 0)
                await examples.add(engine, extractor, coloured(colour, seed), label(sku, defect, Severity.MINOR), "ed")


async def rows(engine, table) -> list:
    async with engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(select(table))).mappings()]


async def test_an_example_is_a_clean_copy_and_the_same_photo_again_takes_the_new_label(engine):
    data = coloured(RED, 1)
    made, fresh = await examples.add(engine, Colours(), data, label("A-1", Defect.STAIN, Severity.MAJOR), "ed")
    again, renewed = await examples.add(engine, Colours(), data, label("A-1", Defect.NONE, Severity.MAJOR), "eve")
    (row,) = await rows(engine, photo_example)
    assert (made, fresh, again, renewed) == (row["id"], True, made, False)
    assert (row["defect"], row["severity"], row["by"]) == ("none", None, "eve")
    assert b"secret" not in row["data"]


async def test_what_is_no_photo_and_what_examples_cannot_teach_is_refused(engine):
    with pytest.raises(PhotoRejected):
        await examples.add(engine, Colours(), b"<svg/>", label("A-1", Defect.STAIN), "ed")
    with pytest.raises(BadInput, match="recognising"):
        await examples.add(engine, Colours(), coloured(RED, 1), label("A-1", Defect.WRONG_COLOUR), "ed")
    with pytest.raises(BadInput, match="nothing to tell apart"):
        await examples.refit(engine, Colours(), "audio", "ed")
    assert await rows(engine, photo_classifier) == []


def spoilt(scale: float = 1.0, shift: float = 0.0, side: int = 240, flat: bool = False) -> bytes:
    rng = np.random.default_rng(3)
    pixels = np.full((side, side, 3), 128.0) if flat else rng.integers(0, 255, (side, side, 3)) * scale + shift
    out = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (spoilt(scale=0.05), "too dark to learn from.*daylight"),
        (spoilt(scale=0.1, shift=235), "too bright to learn from.*flash"),
        (spoilt(flat=True), "too blurred to learn from.*steady hand"),
        (spoilt(side=100), "too small to learn from.*original"),
    ],
)
async def test_a_photo_on_which_nothing_can_be_seen_is_refused_with_its_cure_and_not_learned_from(engine, data, cure):
    extractor = Colours()
    with pytest.raises(BadInput, match=cure):
        await examples.add(engine, extractor, data, label("A-1", Defect.STAIN), "ed")
    assert (await rows(engine, photo_example), extractor.looked) == ([], 0)
    assert (await examples.add(engine, extractor, spoilt(), label("A-1", Defect.STAIN), "ed"))[1]


def test_every_reason_that_a_photo_is_refused_for_has_a_cure():
    assert set(examples.CURES) == set(MENDABLE)


async def test_one_classifier_of_a_category_is_active_and_of_another_category_stays_so(engine):
    extractor = Colours()
    await taught(engine, extractor, each=5)
    made = [(await examples.refit(engine, extractor, "audio", "ed"))["id"] for _ in range(3)]
    async with engine.begin() as connection:
        told = Fit(b"", (Defect.STAIN,), {})
        other = await store.save(connection, "home", kind(extractor), told, "ed")
        assert (await store.newest(connection, "audio"))["id"] == made[-1]
    stored = await rows(engine, photo_classifier)
    assert {row["id"] for row in stored if row["active"]} == {made[-1], other}
    assert len(stored) == 4


async def test_a_class_with_too_few_examples_is_off_until_it_has_enough(engine):
    extractor = Colours()
    await taught(engine, extractor, each=3)
    report = await examples.refit(engine, extractor, "audio", "ed")
    assert {one["defect"]: (one["enabled"], one["why"]) for one in report["classes"]} == dict.fromkeys(
        ("stain", "none"), (False, "4 more examples are needed (6 of 10)")
    )
    off = await StoredClassifiers(engine).of("audio", kind(extractor))
    assert off and off.enabled == frozenset()
    seen = closely(extractor, open_pixels(coloured(RED, 7)))
    assert (judged(off, seen).defect, judged(off, seen).reason) == (None, Unclear.NOT_TRAINED)
    await taught(engine, extractor)
    await examples.refit(engine, extractor, "audio", "ed")
    on = await StoredClassifiers(engine).of("audio", kind(extractor))
    assert judged(on, seen).defect is Defect.STAIN


async def test_a_fit_counts_at_once_and_another_network_reads_the_examples_anew(engine):
    extractor, moment = Colours(), [0.0]
    await taught(engine, extractor)
    found = StoredClassifiers(engine, clock=lambda: moment[0])
    assert await found.of("audio", kind(extractor)) is None
    report = await examples.refit(engine, extractor, "audio", "ed")
    assert await found.of("audio", kind(extractor)) is None  # not asked again yet
    moment[0] += 10
    first = await found.of("audio", kind(extractor))
    assert first and first.id == report["id"] and first.enabled == {Defect.STAIN, Defect.NONE}
    assert await found.of("audio", "another network") is None

    other = Colours("other")
    newer = await examples.refit(engine, other, "audio", "ed")
    assert other.looked == 2 * 40
    moment[0] += 10
    assert (await found.of("audio", kind(other))).id == newer["id"]  # type: ignore[union-attr]
    async with engine.connect() as connection:
        assert await connection.scalar(select(func.count()).where(photo_example.c.extractor == kind(other))) == 40
        assert (await store.newest(connection, "audio"))["report"]["n"] == 40
    other.looked = 0
    await examples.refit(engine, other, "audio", "ed")
    assert other.looked == 0
