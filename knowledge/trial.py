"""The knowledge base as it would be with a draft: the active snapshot without that article's passages, and with the draft's."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.embed import Embedder, Floats
from knowledge.entry import Entry, entries
from knowledge.index import Hits, VectorIndex, Vectors
from knowledge.lexical import WordIndex
from knowledge.passages import PassageSet, base
from knowledge.rerank import Reranker
from knowledge.search import Knowledge
from knowledge.shelf import ActiveShelf, FixedShelf
from knowledge.sources.source import Key
from knowledge.vectors import embed_entries

_NEWEST = 8  # drafts held ready; an editor asks several questions of one
_KEPT_VECTORS = 2000
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Trial:
    """One draft laid over the active snapshot; `vectors` are those of its new passages, by id."""

    before: Knowledge
    after: Knowledge
    before_passages: PassageSet
    after_passages: PassageSet
    vectors: Mapping[str, Floats]


class EditedSet(PassageSet):
    """The passages with one article in one language replaced. Words of the other languages are taken over: they are most of the work."""

    def __init__(self, before: PassageSet, key: Key, drafted: Sequence[Entry], snapshot: str) -> None:
        self._language = base(key[1])
        super().__init__(snapshot, _replaced(before.entries, key, drafted), before.fingerprint)
        for language, rows in super()._by_language().items():
            if language != self._language:
                self.words[language] = _MovedWords(before.words[language], rows)

    def _by_language(self) -> dict[str, list[int]]:
        found = super()._by_language()
        return {self._language: found[self._language]} if self._language in found else {}


class _MovedWords(WordIndex):
    """The same passages' words, at other rows."""

    def __init__(self, of: WordIndex, rows: Sequence[int]) -> None:
        self.rows = np.asarray(rows, dtype=np.int32)
        self._postings = of._postings


def _replaced(before: Sequence[Entry], key: Key, drafted: Sequence[Entry]) -> list[Entry]:
    """The draft stands where the article stood: rows decide between equals."""
    kept = [entry for entry in before if (entry.article, entry.language) != key]
    place = next((row for row, entry in enumerate(before) if (entry.article, entry.language) == key), len(kept))
    return [*kept[:place], *drafted, *kept[place:]]


class Overlay:
    """An index with some passages hidden and a few more on top; nothing can be written through it."""

    def __init__(self, below: VectorIndex, hidden: Collection[str], added: Mapping[str, Floats]) -> None:
        self._below = below
        self._hidden = frozenset(hidden)
        self._ids = list(added)
        self._matrix = np.stack(list(added.values())) if added else None

    async def query(self, vector: Vectors, k: int) -> Hits:
        found = await self._below.query(vector, k + len(self._hidden))
        shown = [hit for hit in found if hit[0] not in self._hidden]
        if self._matrix is not None:
            scores = self._matrix @ np.asarray(vector, np.float32)
            shown += zip(self._ids, scores.tolist(), strict=True)
        return sorted(shown, key=lambda hit: -hit[1])[:k]

    async def known(self, ids: Collection[str]) -> set[str]:
        return ((await self._below.known(ids)) - self._hidden) | (set(self._ids) & set(ids))

    async def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        raise NotImplementedError("A trial writes nothing. Add to the index itself.")

    async def delete(self, ids: Collection[str]) -> None:
        raise NotImplementedError("A trial deletes nothing. Delete from the index itself.")

    async def close(self) -> None:
        """The index below belongs to somebody else."""


class Trials:
    """Makes trials, and holds the newest ready."""

    def __init__(self, engine: AsyncEngine, index: VectorIndex, embedder: Embedder, *, reranker: Reranker | None = None) -> None:
        self._shelf = ActiveShelf(engine)
        self._reranker = reranker
        self._index = index
        self._embedder = embedder
        self._newest: OrderedDict[str, Trial] = OrderedDict()
        self._vectors: OrderedDict[str, Floats] = OrderedDict()
        self._building = asyncio.Lock()

    async def now(self) -> Knowledge:
        """The active snapshot, held still."""
        return self._reader(await self._shelf.current(), self._index)

    async def of(self, key: Key, draft: Article | None) -> Trial:
        """The trial of a draft of this article and language; without a draft, of retiring it."""
        passages = await self._shelf.current()
        name = _digest(passages.snapshot, *key, draft.model_dump_json() if draft else "")
        async with self._building:  # one at a time: a second request for the same draft finds it ready
            found = self._newest.get(name) or await self._build(passages, key, draft, f"{passages.snapshot}+{name[:8]}")
            self._newest[name] = found
            self._newest.move_to_end(name)
            while len(self._newest) > _NEWEST:
                self._newest.popitem(last=False)
        return found

    async def _build(self, before: PassageSet, key: Key, draft: Article | None, snapshot: str) -> Trial:
        drafted = await asyncio.to_thread(entries, [draft] if draft else [])
        after = await asyncio.to_thread(EditedSet, before, key, drafted, snapshot)
        vectors = await self._embed([entry for entry in drafted if entry.id not in before.row_of])
        index = Overlay(self._index, before.row_of.keys() - after.row_of.keys(), vectors)
        return Trial(self._reader(before, self._index), self._reader(after, index), before, after, vectors)

    async def _embed(self, new: Sequence[Entry]) -> dict[str, Floats]:
        """By what is embedded: another market or date of validity does not change it. What a cancelled request made is kept."""
        keys = {entry.id: _digest(entry.title, entry.embedded) for entry in new}
        missing = [entry for entry in new if keys[entry.id] not in self._vectors]
        found = {entry.id: self._vectors[keys[entry.id]] for entry in new if keys[entry.id] in self._vectors}
        titles: dict[str, Floats] = {}
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            for entry, row in zip(batch, await embed_entries(self._embedder, batch, titles), strict=True):
                found[entry.id] = self._vectors[keys[entry.id]] = row
        while len(self._vectors) > _KEPT_VECTORS:
            self._vectors.popitem(last=False)
        return found

    def _reader(self, passages: PassageSet, index: VectorIndex) -> Knowledge:
        return Knowledge(FixedShelf(passages), index, self._embedder, reranker=self._reranker)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
