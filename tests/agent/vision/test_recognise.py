"""Which article a photo shows: on synthetic views, against the database and its twin, and the pure weighing."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.photos import photo
from agent.commerce.demo.seed import hang_pictures
from agent.domain.diagnosis import Source
from agent.errors import BadInput, NotFound
from agent.store.photo_tables import product_picture
from agent.store.tables import metadata
from agent.vision import pictures, recognise
from agent.vision.features import FILE, SIZE, Extractor, Vector
from agent.vision.intake import StoredPhoto
from agent.vision.likeness import FITTED, Likeness, shares
from agent.vision.matching import Match, match, sight
from agent.vision.palette import apart, colours, palette
from agent.vision.pixels import Pixels, open_pixels
from agent.vision.recognise import DECIDED, NEAREST, MemoryRecogniser, Recogniser, Shelf
from eval.recognition.__main__ import report
from eval.recognition.trials import Trials
from eval.recognition.views import CAREFUL, CARELESS, empty, view

ROOT = Path(__file__).parents[3]
SKUS = tuple(product.sku for product in products())
BOUGHT = ("EAR-130", "DUV-410", "SNK-660")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    models = ROOT / ".portside" / "models"
    if not (models / FILE).is_file():
        pytest.skip("The network that looks at photos is not prepared. Run: make models")
    return Extractor(models)


@pytest.fixture(scope="module")
def twin(extractor: Extractor) -> MemoryRecogniser:
    return MemoryRecogniser(extractor, {sku: photo(sku) for sku in SKUS})


class Plain:
    """An extractor for tests that look at no picture: the mean colours in a grid."""

    fingerprint = "plain"

    def vector(self, pixels: Pixels) -> Vector:
        grid = pixels[:: max(1, len(pixels) // 20), :: max(1, pixels.shape[1] // 20)][:20, :20].astype(np.float32).ravel()
        vector = np.zeros(SIZE, np.float32)
        vector[: len(grid)] = grid[:SIZE]
        return vector / max(1.0, float(np.linalg.norm(vector)))


@pytest.fixture
async def hung(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: metadata.create_all(sync, [product_picture]))
    await hang_pictures(engine)
    await hang_pictures(engine)  # once is enough, twice does no harm
    return engine


async def test_careful_photos_of_ordered_articles_are_recognised(twin: MemoryRecogniser, extractor: Extractor) -> None:
    """Held out, 97 in 100 careful photos are named rightly (`python -m eval.recognition`); a name that is given is hardly ever wrong."""
    named = right = 0
    for sku in SKUS[::2]:
        pixels = view(sku, np.random.default_rng(5), CAREFUL)
        found = await twin.recognise(pixels, extractor.vector(pixels), (*BOUGHT, sku))
        named += found is not None
        right += found is not None and (found.sku, found.among) == (sku, Source.ORDER) and found.confidence > 0.5
    assert named - right <= 1
    assert right >= 11


async def test_another_article_than_the_ordered_ones_is_recognised_as_that(twin: MemoryRecogniser, extractor: Extractor) -> None:
    right = 0
    for number, sku in enumerate(("SPK-300", "JNS-670", "TWL-430", "HPH-210", "CUR-450", "SNK-650")):
        pixels = view(sku, np.random.default_rng(number), CAREFUL)
        found = await twin.recognise(pixels, extractor.vector(pixels), BOUGHT)
        right += found is not None and (found.sku, found.among) == (sku, Source.CATALOGUE)
    assert right >= 4


async def test_the_other_colour_of_an_ordered_article_is_not_taken_for_it(twin: MemoryRecogniser, extractor: Extractor) -> None:
    for number, (shown, bought) in enumerate((("EAR-110", "EAR-120"), ("DUV-420", "DUV-410"), ("JKT-630", "JKT-640"))):
        pixels = view(shown, np.random.default_rng(40 + number), CAREFUL)
        found = await twin.recognise(pixels, extractor.vector(pixels), (bought,))
        assert found is None or found.sku != bought


async def test_a_photo_of_no_article_is_none_of_them(twin: MemoryRecogniser, extractor: Extractor) -> None:
    named = 0
    for number in range(12):
        pixels = empty(np.random.default_rng(number), CARELESS)
        named += await twin.recognise(pixels, extractor.vector(pixels), BOUGHT) is not None
    assert named <= 2


async def test_without_pictures_nothing_is_recognised(extractor: Extractor) -> None:
    pixels = view("EAR-110", np.random.default_rng(1))
    assert await MemoryRecogniser(extractor, {}).recognise(pixels, extractor.vector(pixels), BOUGHT) is None


async def test_the_database_and_its_twin_say_the_same(hung: AsyncEngine, extractor: Extractor, twin: MemoryRecogniser) -> None:
    real = Recogniser(hung, extractor)
    for number, sku in enumerate(("EAR-130", "SPK-300", "LIP-570")):
        pixels = view(sku, np.random.default_rng(number), CAREFUL)
        vector = extractor.vector(pixels)
        one, other = await real.recognise(pixels, vector, BOUGHT), await twin.recognise(pixels, vector, BOUGHT)
        assert (one and (one.sku, one.among)) == (other and (other.sku, other.among))
        assert one is None or other is None or one.confidence == pytest.approx(other.confidence, abs=0.02)


async def test_a_picture_is_looked_at_once_an_extractor(hung: AsyncEngine) -> None:
    plain = Plain()
    assert await pictures.refresh(hung, plain) == len(SKUS)
    assert await pictures.refresh(hung, plain) == 0
    async with hung.begin() as connection:
        await connection.execute(update(product_picture).where(product_picture.c.sku == "EAR-110").values(extractor="another"))
    assert await pictures.refresh(hung, plain) == 1
    held = await pictures.held(hung, plain)
    assert {each.sku for each in held} == set(SKUS)
    assert all(each.vector.shape == (SIZE,) and len(each.palette.shares) for each in held)


async def test_what_editors_add_and_remove_counts(hung: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "FRESH", 0.0)
    plain, data = Plain(), photo("EAR-110")
    real = Recogniser(hung, plain)
    pixels = open_pixels(data)
    assert (await real.recognise(pixels, plain.vector(pixels), ("EAR-110",))) is not None
    async with hung.begin() as connection:
        await connection.execute(text("delete from product_picture where sku <> 'NEW-1'"))
    assert await real.recognise(pixels, plain.vector(pixels), ("NEW-1",)) is None
    stored = StoredPhoto("an id", data, 600, 600)
    await pictures.add(hung, plain, "NEW-1", stored, "editor")
    await pictures.add(hung, plain, "NEW-1", stored, "editor")
    assert [row["by"] for row in await pictures.listed(hung, ["NEW-1"])] == ["editor"]
    assert await pictures.picture(hung, "NEW-1", "an id") == data
    await pictures.remove(hung, "NEW-1", "an id")
    with pytest.raises(NotFound):
        await pictures.remove(hung, "NEW-1", "an id")
    with pytest.raises(NotFound):
        await pictures.picture(hung, "NEW-1", "an id")


async def test_an_article_has_enough_pictures_at_some_point(hung: AsyncEngine) -> None:
    for number in range(pictures.MOST - 1):
        await pictures.add(hung, Plain(), "EAR-110", StoredPhoto(str(number), photo("EAR-120"), 600, 600), "editor")
    with pytest.raises(BadInput, match="Remove one first"):
        await pictures.add(hung, Plain(), "EAR-110", StoredPhoto("more", photo("EAR-120"), 600, 600), "editor")


def test_the_shelf_gives_every_ordered_article_and_the_nearest_others() -> None:
    made = [
        pictures.Pictured(str(number), f"S-{number // 2}", np.eye(SIZE, dtype=np.float32)[number], palette(np.zeros((9, 9, 3), np.uint8)))
        for number in range(60)
    ]
    near = np.linspace(1, 0, SIZE, dtype=np.float32)
    found = Shelf(made).candidates(near, ("S-29", "S-28", "UNKNOWN"))
    assert [each.sku for each, _ in found] == [f"S-{number}" for number in range(NEAREST)] + ["S-28", "S-29"]
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)


async def test_a_large_shelf_is_searched_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    searched, search = list[int](), Shelf.candidates

    def noted(*given: Any) -> Any:
        searched.append(threading.get_ident())
        return search(*given)

    monkeypatch.setattr(Shelf, "candidates", noted)
    plain, pixels = Plain(), open_pixels(photo("EAR-110"))
    await MemoryRecogniser(plain, {"EAR-110": photo("EAR-110")}).recognise(pixels, plain.vector(pixels), ())
    assert searched and threading.get_ident() not in searched


def test_shares_weigh_what_was_compared() -> None:
    alike = Likeness(cosine=0.6, apart=5, ordered=False)
    assert shares([]) == ()
    assert sum(shares([alike, alike])) < 1
    for better in (
        replace(alike, cosine=0.8),
        replace(alike, apart=1),
        replace(alike, ordered=True),
        replace(alike, match=Match(20, 0.8, 2.0, 3.0)),
    ):
        first, second = shares([better, alike])
        assert first > second
    near, far = shares([replace(alike, match=Match(20, 0.8, 2.0, 3.0)), replace(alike, match=Match(20, 0.8, 60.0, 3.0))])
    assert near > far
    assert shares([Likeness(cosine=0.1, apart=40, ordered=True)])[0] < 0.05
    assert FITTED.cosine > 0 > FITTED.apart


def test_a_sure_article_costs_no_comparison_of_points() -> None:
    sure = [Likeness(cosine=0.95, apart=1, ordered=True), Likeness(cosine=0.3, apart=20, ordered=False)]
    assert max(shares(sure)) >= DECIDED
    assert recognise.promising(sure) == []
    assert recognise.promising([replace(sure[0], apart=12, cosine=0.55), sure[1]])[0] == 0
    assert recognise.promising([]) == []


def test_points_find_a_picture_in_a_photo_and_not_another_one() -> None:
    towels, jeans = (sight(open_pixels(photo(sku))) for sku in ("TWL-440", "JNS-670"))
    seen = [sight(view("JNS-670", np.random.default_rng(seed), CAREFUL)) for seed in range(6)]
    assert sum(match(here, jeans).inliers >= 12 for here in seen) >= 2
    assert all(match(here, towels).inliers < 12 for here in seen)
    assert match(sight(np.zeros((50, 50, 3), np.uint8)), jeans) == Match()


def test_colours_tell_twins_apart() -> None:
    midnight, pearl = (palette(open_pixels(photo(sku))) for sku in ("EAR-110", "EAR-120"))
    seen = colours(view("EAR-110", np.random.default_rng(3), CAREFUL))
    assert apart(seen, midnight) + 3 < apart(seen, pearl)


def test_the_measurement_counts_what_was_named(extractor: Extractor) -> None:
    found = report(list(Trials(ROOT / ".portside" / "models").run(4, 9)), FITTED)
    assert all(0 <= value <= 1 for value in found.values())
