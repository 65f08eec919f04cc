"""Queries are computed once, however many ask; the event loop stays free; failures are not remembered."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.embed import Floats, HashEmbedder, OnnxEmbedder
from knowledge.encoder.runtime import Encoder


class Watched(Encoder):
    """Counts computations, and can be made to wait or fail."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.computed: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.failures = 0

    def query(self, text: str) -> Floats:
        self.gate.wait(5)
        self.computed.append(text)
        if self.failures:
            self.failures -= 1
            raise MemoryError("no memory")
        return super().query(text)


class WatchedEmbedder(OnnxEmbedder):
    """The real embedder around a watched model."""

    def __init__(self, folder: Path, threads: int = 1, cache: int = 2048) -> None:
        super().__init__(folder, threads, cache)
        self._encoder = self.watched = Watched(folder)


@pytest.fixture
def embedder(tiny_model: Path) -> Iterator[WatchedEmbedder]:
    made = WatchedEmbedder(tiny_model)
    yield made
    made.watched.gate.set()
    made.close()


async def test_equal_queries_are_computed_once(embedder: WatchedEmbedder) -> None:
    first = await embedder.queries(["the parcel", "the", "the parcel"])
    again = await embedder.queries([" the  parcel "])
    assert embedder.watched.computed == ["the parcel", "the"]
    assert (first[0] == first[2]).all()
    assert (first[0] == again[0]).all()


async def test_callers_at_the_same_time_share_one_computation(embedder: WatchedEmbedder) -> None:
    embedder.watched.gate.clear()
    callers = [asyncio.create_task(embedder.queries(["the parcel"])) for _ in range(50)]
    await asyncio.sleep(0.01)
    embedder.watched.gate.set()
    assert len({vectors.tobytes() for vectors in await asyncio.gather(*callers)}) == 1
    assert embedder.watched.computed == ["the parcel"]


async def test_a_caller_who_gives_up_does_not_spoil_it_for_the_others(embedder: WatchedEmbedder) -> None:
    embedder.watched.gate.clear()
    block = asyncio.create_task(embedder.queries(["block"]))
    gone, stays = (asyncio.create_task(embedder.queries(["the parcel"])) for _ in range(2))
    await asyncio.sleep(0.01)
    gone.cancel()
    await asyncio.sleep(0)
    embedder.watched.gate.set()
    assert (await stays).shape == (1, 8)
    await block


async def test_the_loop_goes_on_while_a_query_is_computed(embedder: WatchedEmbedder) -> None:
    embedder.watched.gate.clear()
    query = asyncio.create_task(embedder.queries(["slow"]))
    await asyncio.sleep(0.02)
    assert not query.done()
    assert len(await embedder.passages(["the parcel"] * 3)) == 3, "passages must not wait for queries"
    embedder.watched.gate.set()
    await query


async def test_a_failure_is_told_and_tried_again(embedder: WatchedEmbedder) -> None:
    embedder.watched.failures = 1
    with pytest.raises(MemoryError):
        await embedder.queries(["the parcel"])
    assert (await embedder.queries(["the parcel"])).shape == (1, 8)


async def test_only_the_latest_queries_are_remembered(tiny_model: Path) -> None:
    embedder = WatchedEmbedder(tiny_model, cache=2)
    await embedder.queries(["a", "b", "a", "c"])
    await embedder.queries(["a", "c"])
    assert embedder.watched.computed == ["a", "b", "c"]
    await embedder.queries(["b"])
    assert embedder.watched.computed == ["a", "b", "c", "b"]
    embedder.close()


async def test_a_caller_cannot_change_what_is_remembered(embedder: WatchedEmbedder) -> None:
    vectors = await embedder.queries(["the parcel"])
    before = vectors.copy()
    vectors[:] = 0
    assert (await embedder.queries(["the parcel"]) == before).all()


async def test_several_threads_give_the_same_vectors_in_order(tiny_model: Path, embedder: WatchedEmbedder) -> None:
    texts = [f"parcel {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(60)]
    many = OnnxEmbedder(tiny_model, threads=3)
    assert np.array_equal(await many.queries(texts), await embedder.queries(texts))
    assert np.array_equal(await many.passages(texts), await embedder.passages(texts))
    many.close()


def test_one_embedder_can_be_used_by_several_event_loops(tiny_model: Path) -> None:
    embedder = OnnxEmbedder(tiny_model)
    assert np.array_equal(asyncio.run(embedder.queries(["a"])), asyncio.run(embedder.queries(["a"])))
    embedder.close()


async def test_hashed_texts_with_common_letters_are_near() -> None:
    parcel, parcels, other = await HashEmbedder().queries(["Where is my parcel?", "where is my parcel", "返金はいつですか"])
    assert parcel @ parcels > 0.8 > 0.3 > abs(parcel @ other)


async def test_hashed_vectors_are_the_same_on_every_machine() -> None:
    vector = (await HashEmbedder(8).queries(["abc"]))[0]
    assert vector.tolist() == pytest.approx((await HashEmbedder(8).passages(["ABC"]))[0].tolist())
    assert HashEmbedder(8).fingerprint == "hash-3-8"
