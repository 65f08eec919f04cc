"""A trial shows what a sync of the draft would: the same passages found, and the snapshot itself untouched."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.embed import Floats, HashEmbedder
from knowledge.entry import Entry, entries
from knowledge.index import MemoryIndex
from knowledge.passages import PassageSet
from knowledge.search import Knowledge
from knowledge.sources.source import Loaded
from knowledge.sync import sync
from knowledge.tables import metadata
from knowledge.trial import EditedSet, Overlay, Trials
from knowledge.vectors import embed_entries

TODAY = date(2026, 6, 1)


def article(id_: str, body: str, language: str = "en", **fields: Any) -> Article:
    return Article.model_validate({"id": id_, "title": id_.title(), "language": language, "body": body, **fields})


RETURNS = article("returns", "Send the parcel back within thirty days.\n\n## Fees\n\nThe label is free.", intents=("return_request",))
SHELF = (
    article("cancel", "Cancel the order free of charge until it is packed."),
    article("cancel", "Stornieren Sie kostenlos, bis das Paket gepackt ist.", "de"),
    RETURNS,
    article("returns", "Senden Sie das Paket binnen dreißig Tagen zurück.", "de"),
    article("sizes", "Measure chest, waist and hip. Model LL-EB200 has no size."),
)


class Counting(HashEmbedder):
    """Remembers what it embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    async def passages(self, texts: Sequence[str]) -> Floats:
        self.embedded += texts
        return await super().passages(texts)


@dataclass
class Fixed:
    """A source of these articles."""

    articles: tuple[Article, ...]
    name: str = "fixed"

    async def load(self) -> Loaded:
        return Loaded(self.articles)


@dataclass
class Scene:
    """A synced knowledge base, and trials on it."""

    db: AsyncEngine
    index: MemoryIndex
    embedder: Counting
    trials: Trials


@pytest.fixture
async def scene(engine: AsyncEngine) -> Scene:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    index, embedder = MemoryIndex(), Counting()
    await sync(engine, index, embedder, [Fixed(SHELF)])
    embedder.embedded.clear()
    return Scene(engine, index, embedder, Trials(engine, index, embedder))


async def found(known: Knowledge, question: str, language: str = "en") -> list[tuple[str, str, float]]:
    result = await known.search(question, language=language, today=TODAY)
    return [(passage.id, passage.text, passage.score) for passage in result.passages]


QUESTIONS = ("send the parcel back", "label for the drone", "cancel the order", "LL-EB200 size")
DRAFT = RETURNS.model_copy(
    update={"body": "Send the parcel back within forty days.\n\n## Fees\n\nThe label is free.\n\n## Drones\n\nNever."}
)


async def test_a_trial_answers_as_the_knowledge_base_does_after_the_sync(scene: Scene) -> None:
    trial = await scene.trials.of(("returns", "en"), DRAFT)
    tried = [await found(trial.after, question) for question in QUESTIONS]
    before = [await found(trial.before, question) for question in QUESTIONS]
    now = Knowledge(scene.db, scene.index, scene.embedder, ttl=0)
    assert before == [await found(now, question) for question in QUESTIONS]
    await sync(scene.db, scene.index, scene.embedder, [Fixed(tuple(DRAFT if item is RETURNS else item for item in SHELF))])
    assert tried == [await found(now, question) for question in QUESTIONS]
    assert tried != before


async def test_only_new_passages_are_embedded_and_each_only_once(scene: Scene) -> None:
    first = await scene.trials.of(("returns", "en"), DRAFT)
    assert sorted(text.partition("\n")[2] for text in scene.embedder.embedded if "\n" in text) == [
        "Never.",
        "Send the parcel back within forty days.",
    ]
    assert await scene.trials.of(("returns", "en"), DRAFT) is first
    scene.embedder.embedded.clear()
    elsewhere = await scene.trials.of(("returns", "en"), DRAFT.model_copy(update={"markets": ("US",), "valid_to": TODAY}))
    assert len(elsewhere.vectors) == 3
    assert [text for text in scene.embedder.embedded if "Fees" not in text and "\n" in text] == []


async def test_two_who_try_the_same_draft_at_once_share_the_work(scene: Scene) -> None:
    trials = await asyncio.gather(*(scene.trials.of(("returns", "en"), DRAFT) for _ in range(5)))
    assert len({id(trial) for trial in trials}) == 1


async def test_a_retired_article_is_gone_in_that_language_alone(scene: Scene) -> None:
    trial = await scene.trials.of(("returns", "en"), None)
    english = [id_.rsplit("/", 1)[0] for id_, _, _ in await found(trial.after, "send the parcel back")]
    assert "returns/en" not in english
    assert "returns/de" in english
    assert trial.vectors == {}


async def test_a_new_article_is_found_and_one_for_operators_is_not(scene: Scene) -> None:
    fresh = article("drones", "Drones fly with a licence.")
    assert (await found((await scene.trials.of(("drones", "en"), fresh)).after, "drone licence"))[0][1] == "Drones fly with a licence."
    hidden = fresh.model_copy(update={"audience": "operator"})
    after = (await scene.trials.of(("drones", "en"), hidden)).after
    assert "Drones fly with a licence." not in [text for _, text, _ in await found(after, "drone licence")]


async def test_a_new_snapshot_makes_a_new_trial(scene: Scene) -> None:
    first = await scene.trials.of(("returns", "en"), DRAFT)
    await sync(scene.db, scene.index, scene.embedder, [Fixed((*SHELF, article("gifts", "Wrapped for free.")))])
    scene.trials._shelf._checked = float("-inf")  # pyright: ignore[reportPrivateUsage]
    again = await scene.trials.of(("returns", "en"), DRAFT)
    assert again is not first
    assert len(again.after_passages.entries) == len(first.after_passages.entries) + 1


def content(passages: PassageSet) -> tuple[Any, ...]:
    words = {
        name: (index.rows.tolist(), {term: rows.tolist() for term, rows in index._postings.items()})  # pyright: ignore[reportPrivateUsage]
        for name, index in passages.words.items()
    }
    return passages.entries, words, {name: rows.tolist() for name, rows in passages.named.items()}, passages.variants


@pytest.mark.parametrize("key", [("returns", "en"), ("cancel", "de"), ("new", "fr"), ("sizes", "en")])
@pytest.mark.parametrize("body", ["", "One.\n\n## Two\n\nThree."])
def test_an_edited_set_is_what_a_set_built_anew_is(key: tuple[str, str], body: str) -> None:
    before = PassageSet("s", entries(SHELF))
    drafted: tuple[Entry, ...] = entries([article(key[0], body, key[1])]) if body else ()
    edited = EditedSet(before, key, drafted, "t")
    assert content(edited) == content(PassageSet("t", edited.entries))
    assert {entry.id for entry in edited.entries} == {
        *(entry.id for entry in before.entries if (entry.article, entry.language) != key),
        *(entry.id for entry in drafted),
    }


async def test_an_overlay_finds_what_an_index_of_both_would_and_writes_nothing() -> None:
    embedder, all_of = HashEmbedder(), entries(SHELF)
    vectors = await embed_entries(embedder, all_of, {})
    whole, below = MemoryIndex(), MemoryIndex()
    await below.add([entry.id for entry in all_of[:4]], vectors[:4])
    await whole.add([entry.id for entry in all_of[1:]], vectors[1:])
    overlay = Overlay(below, {all_of[0].id}, {entry.id: row for entry, row in zip(all_of[4:], vectors[4:], strict=True)})
    asked = (await embedder.queries(["cancel the parcel"]))[0]
    for k in (1, 3, 50):
        shown, expected = await overlay.query(asked, k), await whole.query(asked, k)
        assert [id_ for id_, _ in shown] == [id_ for id_, _ in expected]
        assert np.allclose([score for _, score in shown], [score for _, score in expected])
    assert await overlay.known([entry.id for entry in all_of]) == {entry.id for entry in all_of[1:]}
    with pytest.raises(NotImplementedError):
        await overlay.add(["x"], vectors[:1])
    with pytest.raises(NotImplementedError):
        await overlay.delete(["x"])
    await overlay.close()
    assert len(await below.query(asked, 9)) == 4
