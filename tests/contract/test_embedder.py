"""What every embedder keeps: the prepared model and its twin for tests are held to the same."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.embed import Embedder, HashEmbedder, OnnxEmbedder
from knowledge.encoder.errors import ModelNotPrepared

MODELS = Path(os.environ.get("PORTSIDE_TEST_MODELS", ".portside/models"))
ODD = ["", " ", "\0", "\ud800", "a\0b", "😀", "…", "ﷺ" * 4000, "x" * 100_000, "运" * 5000, "</s><pad>"]


@pytest.fixture(scope="module")
def prepared() -> Iterator[OnnxEmbedder]:
    try:
        made = OnnxEmbedder(MODELS, threads=2)
    except ModelNotPrepared as error:
        pytest.skip(str(error))
    yield made
    made.close()


@pytest.fixture(params=["prepared", "hashed"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return HashEmbedder() if request.param == "hashed" else request.getfixturevalue("prepared")


async def test_vectors_are_rows_of_length_one(embedder: Embedder) -> None:
    for vectors in (await embedder.queries(["Where is my parcel?", "退款"]), await embedder.passages(["Refunds take five days.", "b"])):
        assert (vectors.shape, vectors.dtype) == ((2, embedder.dim), np.float32)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


async def test_nothing_asked_is_nothing_answered(embedder: Embedder) -> None:
    assert (await embedder.queries([])).shape == (await embedder.passages([])).shape == (0, embedder.dim)


async def test_any_text_has_a_vector(embedder: Embedder) -> None:
    for vectors in (await embedder.queries(ODD), await embedder.passages(ODD)):
        assert vectors.shape == (len(ODD), embedder.dim)
        assert np.isfinite(vectors).all()


async def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    texts = ["short", "a much longer text about a parcel that was never delivered " * 5, "返金", "short"]
    for embed in (embedder.queries, embedder.passages):
        together = await embed(texts)
        alone = np.concatenate([await embed([text]) for text in texts])
        assert together == pytest.approx(alone, abs=1e-5)


async def test_callers_at_the_same_time_get_their_own_rows(embedder: Embedder) -> None:
    texts = [f"question {n}" for n in range(12)]
    several = await asyncio.gather(*(embedder.queries([text]) for text in texts))
    assert np.concatenate(several) == pytest.approx(await embedder.queries(texts), abs=1e-5)


async def test_a_text_is_nearest_to_the_like(embedder: Embedder) -> None:
    query = (await embedder.queries(["How do I cancel my order?"]))[0]
    passages = await embedder.passages(["Wash wool blankets by hand.", "You can cancel your order until it is packed.", "Sizes run small."])
    assert int(np.argmax(passages @ query)) == 1


def test_the_fingerprint_says_which_model_it_is(embedder: Embedder) -> None:
    assert embedder.fingerprint
    assert embedder.dim == 384


async def test_the_prepared_model_finds_across_languages(prepared: OnnxEmbedder) -> None:
    passages = await prepared.passages(
        [
            "You get your money back five to ten business days after the return.",
            "Wash wool by hand at thirty degrees.",
            "Size guide: measure your chest.",
        ]
    )
    questions = [
        "Wann bekomme ich mein Geld zurück?",
        "什么时候退款？",
        "متى أسترد أموالي بعد إرجاع المنتج؟",
        "Когда вернут деньги?",
        "返金はいつですか？",
    ]
    assert (np.argmax(await prepared.queries(questions) @ passages.T, axis=1) == 0).all()
