"""One set of checks for every vector index: the in-memory twin must behave as Chroma does."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from knowledge.errors import IndexLocked, IndexUnavailable
from knowledge.index import ChromaIndex, MemoryIndex, VectorIndex, Vectors


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    binary = Path(sys.executable).with_name("chroma")
    where = ("--path", str(tmp_path_factory.mktemp("chroma")), "--host", "127.0.0.1", "--port", str(port))
    process = subprocess.Popen([binary, "run", *where], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not _answers(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=["memory", "chroma folder", "chroma server"])
async def index(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[VectorIndex]:
    made: VectorIndex = MemoryIndex()
    if request.param == "chroma folder":
        made = ChromaIndex.in_folder(tmp_path, "model-1")
    elif request.param == "chroma server":
        made = ChromaIndex.at_url(request.getfixturevalue("server_url"), uuid4().hex)
    yield made
    await made.close()


def unit(*numbers: float) -> Vectors:
    vector = np.asarray(numbers, np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


async def test_the_nearest_comes_first_with_its_cosine(index: VectorIndex) -> None:
    await index.add(["a", "b", "c"], np.stack([unit(1, 0, 0), unit(1, 1, 0), unit(0, 0, 1)]))
    found = await index.query(unit(1, 0, 0), 2)
    assert [id_ for id_, _ in found] == ["a", "b"]
    assert [score for _, score in found] == pytest.approx([1.0, 2**-0.5], abs=1e-5)


async def test_asking_for_more_than_there_is_gives_all(index: VectorIndex) -> None:
    await index.add(["a", "b"], np.stack([unit(1, 0), unit(0, 1)]))
    assert len(await index.query(unit(1, 1), 50)) == 2


async def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert await index.query(unit(1, 0), 5) == []
    assert await index.known(["a"]) == set()


async def test_asking_for_none_gives_none(index: VectorIndex) -> None:
    await index.add(["a"], np.stack([unit(1, 0)]))
    assert await index.query(unit(1, 0), 0) == []


async def test_adding_again_replaces(index: VectorIndex) -> None:
    await index.add(["a"], np.stack([unit(1, 0)]))
    await index.add(["a"], np.stack([unit(0, 1)]))
    ((id_, score),) = await index.query(unit(0, 1), 5)
    assert (id_, round(score, 4)) == ("a", 1.0)


async def test_known_and_delete_do_not_mind_unknown_ids(index: VectorIndex) -> None:
    await index.add(["a", "b"], np.stack([unit(1, 0), unit(0, 1)]))
    await index.delete(["a", "never"])
    assert await index.known(["a", "b", "never"]) == {"b"}
    await index.delete([])


async def test_thousands_of_ids_go_in_pages(index: VectorIndex) -> None:
    vectors = np.random.default_rng(7).normal(size=(2300, 8)).astype(np.float32)
    ids = [f"p{number}" for number in range(len(vectors))]
    await index.add(ids, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    assert await index.known(ids) == set(ids)
    await index.delete(ids[:2000])
    assert await index.known(ids) == set(ids[2000:])


async def test_vectors_survive_closing(tmp_path: Path) -> None:
    first = ChromaIndex.in_folder(tmp_path, "model-1")
    await first.add(["a"], np.stack([unit(1, 0)]))
    await first.close()
    second = ChromaIndex.in_folder(tmp_path, "model-1")
    assert await second.known(["a"]) == {"a"}
    await second.close()


async def test_another_model_gets_another_collection(tmp_path: Path) -> None:
    first = ChromaIndex.in_folder(tmp_path, "model-1")
    await first.add(["a"], np.stack([unit(1, 0)]))
    await first.close()
    second = ChromaIndex.in_folder(tmp_path, "model-2")
    assert await second.known(["a"]) == set()
    await second.close()


async def test_a_second_process_is_kept_out_and_told_the_cure(tmp_path: Path) -> None:
    index = ChromaIndex.in_folder(tmp_path, "model-1")
    code = f"from pathlib import Path; from knowledge.index import ChromaIndex; ChromaIndex.in_folder(Path({str(tmp_path)!r}), 'm')"
    other = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert other.returncode != 0
    assert "IndexLocked" in other.stderr
    assert "CHROMA_URL" in other.stderr
    with pytest.raises(IndexLocked):
        ChromaIndex.in_folder(tmp_path, "model-1")
    await index.close()


async def test_a_server_that_dies_is_said_to_be_away(tmp_path: Path) -> None:
    index = ChromaIndex.in_folder(tmp_path, "model-1")

    def dead(**_: object) -> None:
        raise ConnectionError("gone")

    index._collection.query = dead  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(IndexUnavailable, match="ConnectionError: gone"):
        await index.query(unit(1, 0), 5)
    await index.close()


def test_a_server_that_is_not_there_names_the_cure() -> None:
    with pytest.raises(IndexUnavailable, match="CHROMA_URL"):
        ChromaIndex.at_url("http://127.0.0.1:9", "model-1")
