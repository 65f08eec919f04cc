"""Vectors of passages by id: the port, Chroma behind it, and an in-memory twin; texts live in PostgreSQL."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from knowledge.errors import IndexLocked, IndexUnavailable
from knowledge.vectors import RECIPE

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from filelock import FileLock

Vectors = npt.NDArray[np.float32]
Hits = list[tuple[str, float]]
T = TypeVar("T")

_PAGE = 1000
_PATIENCE = 5.0  # seconds for a query; a customer is waiting
_SERVER_PATIENCE = 30.0  # seconds for any call to a server, so that no thread hangs for ever


class VectorIndex(Protocol):
    """Cosine search over unit vectors; adding an id again replaces its vector, deleting an unknown id is no error."""

    async def add(self, ids: Sequence[str], vectors: Vectors) -> None: ...
    async def query(self, vector: Vectors, k: int) -> Hits: ...
    async def known(self, ids: Collection[str]) -> set[str]: ...
    async def delete(self, ids: Collection[str]) -> None: ...
    async def close(self) -> None: ...


class MemoryIndex:
    """Exact search in one matrix: for tests, and for throw-away passages."""

    def __init__(self) -> None:
        self._vectors: dict[str, Vectors] = {}
        self._matrix: tuple[list[str], Vectors] | None = None

    async def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._vectors.update(zip(ids, np.asarray(vectors, dtype=np.float32), strict=True))
        self._matrix = None

    async def query(self, vector: Vectors, k: int) -> Hits:
        if not self._vectors or k < 1:
            return []
        if self._matrix is None:
            self._matrix = list(self._vectors), np.stack(list(self._vectors.values()))
        ids, matrix = self._matrix
        scores = matrix @ np.asarray(vector, dtype=np.float32)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(ids[row], float(scores[row])) for row in best]

    async def known(self, ids: Collection[str]) -> set[str]:
        return self._vectors.keys() & set(ids)

    async def delete(self, ids: Collection[str]) -> None:
        for id_ in ids:
            self._vectors.pop(id_, None)
        self._matrix = None

    async def close(self) -> None:
        self._vectors.clear()
        self._matrix = None


class ChromaIndex:
    """A Chroma collection of one embedding model; its calls run in threads, so the event loop stays free."""

    def __init__(self, client: ClientAPI, fingerprint: str, lock: FileLock | None = None) -> None:
        self._client = client
        self._lock = lock
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="chroma")
        # Named by the model and the recipe: vectors of two kinds never meet in one collection.
        name = f"passages-{re.sub(r'[^A-Za-z0-9]', '', fingerprint)[:40]}-{RECIPE}"
        # Chroma's types leave its generics open; what comes back is read with care below.
        self._collection = cast(Any, client).get_or_create_collection(
            name, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}, embedding_function=None
        )

    @classmethod
    def in_folder(cls, folder: Path, fingerprint: str) -> ChromaIndex:
        """Opens a local index; a second process gets IndexLocked, for Chroma itself would not notice."""
        import chromadb
        from filelock import FileLock, Timeout

        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".portside.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexLocked(str(folder)) from None
        try:
            return cls(chromadb.PersistentClient(folder, settings=_settings()), fingerprint, lock)
        except Exception as error:
            lock.release()
            raise IndexUnavailable(f"{folder}: {error}") from error

    @classmethod
    def at_url(cls, url: str, fingerprint: str, headers: dict[str, str] | None = None) -> ChromaIndex:
        """Opens a collection on a Chroma server, for any number of processes."""
        import chromadb

        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        try:
            client = chromadb.HttpClient(parts.hostname or url, port, secure, headers, settings=_settings())
            for session in _sessions(client):
                session.timeout = _SERVER_PATIENCE
            return cls(client, fingerprint)
        except Exception as error:
            raise IndexUnavailable(f"{parts.hostname}:{port}: {error}") from error

    async def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        unit = np.asarray(vectors, dtype=np.float32)
        for start in range(0, len(ids), _PAGE):
            page = list(ids[start : start + _PAGE])
            await self._call(self._collection.upsert, ids=page, embeddings=unit[start : start + _PAGE])

    async def query(self, vector: Vectors, k: int) -> Hits:
        if k < 1:
            return []
        unit = np.asarray(vector, dtype=np.float32)
        asked = self._call(self._collection.query, query_embeddings=[unit], n_results=k, include=["distances"])
        try:
            found = await asyncio.wait_for(asked, _PATIENCE)
        except TimeoutError:
            raise IndexUnavailable(f"no answer in {_PATIENCE} s") from None
        return [(id_, 1.0 - far) for id_, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    async def known(self, ids: Collection[str]) -> set[str]:
        wanted, found = list(ids), set[str]()
        for start in range(0, len(wanted), _PAGE):
            page = await self._call(self._collection.get, ids=wanted[start : start + _PAGE], include=[])
            found.update(page["ids"])
        return found

    async def delete(self, ids: Collection[str]) -> None:
        # Chroma logs a line for each id it does not have.
        present = list(await self.known(ids))
        for start in range(0, len(present), _PAGE):
            await self._call(self._collection.delete, ids=present[start : start + _PAGE])

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        for session in _sessions(self._client):
            session.close()
        cast(Any, self._client).close()
        if self._lock:
            self._lock.release()

    async def _call(self, method: Callable[..., T], **arguments: object) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: method(**arguments))
        except Exception as error:  # Chroma, its HTTP client and its Rust core raise types without a common base
            raise IndexUnavailable(f"{type(error).__name__}: {error}") from error


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _sessions(client: ClientAPI) -> list[Any]:
    """The HTTP sessions behind a server's client: Chroma sets them no time limit and never closes them."""
    servers = (getattr(part, "_server", None) for part in (client, getattr(client, "_admin_client", None)))
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def open_index(fingerprint: str, *, folder: Path, url: str | None = None) -> ChromaIndex:
    """The server at `url` when there is one, else the local folder."""
    return ChromaIndex.at_url(url, fingerprint) if url else ChromaIndex.in_folder(folder, fingerprint)
