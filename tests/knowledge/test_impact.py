"""What a change does to known questions: the right ones are named, none is missed, and their vectors are made once."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge import probes as offered
from knowledge import search
from knowledge.article import Article
from knowledge.embed import Floats, HashEmbedder
from knowledge.entry import entries
from knowledge.impact import Asked, Impact, Probe, Standing, affected, compare, probes, standings, view
from knowledge.index import MemoryIndex
from knowledge.passages import PassageSet
from knowledge.probes import ProbeShelf
from knowledge.shelf import FixedShelf
from knowledge.sources.source import Loaded
from knowledge.sync import sync
from knowledge.tables import metadata
from knowledge.trial import Trials
from knowledge.typical import Questions
from knowledge.vectors import embed_entries

TODAY = date(2026, 6, 1)
PROBE = Probe("p", "where is it", "en", "DE", ("right", "also-right"))


def standing(*articles: str, sure: bool = True) -> Standing:
    return Standing(articles, 0.9 if sure else 0.1, sure)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (standing("right", "b"), standing("right", "c"), None),
        (standing("right", "b"), standing("b", "right"), "worse"),
        (standing("b", "right"), standing("also-right", "b"), "better"),
        (standing("b", "c", "d"), standing("b", "c", "right"), "better"),
        (standing("b", "right"), standing("b", "c"), "worse"),
        (standing("right"), standing("right", sure=False), "worse"),
        (standing("b"), standing("b", sure=False), "better"),  # a wrong answer less
        (standing("b"), standing("c"), "other"),
        (standing("right"), standing("also-right"), "other"),
        (standing("right"), standing(sure=False), "worse"),
        (standing(sure=False), standing(sure=False), None),
    ],
)
def test_a_change_is_judged_by_whether_the_right_article_answers(before: Standing, after: Standing, verdict: str | None) -> None:
    found = compare([before], [after], [PROBE])
    assert [change.verdict for change in found] == ([verdict] if verdict else [])


def test_a_question_without_a_known_answer_is_never_better_or_worse() -> None:
    open_ = replace(PROBE, expected=())
    assert [change.verdict for change in compare([standing("a")], [standing("b")], [open_])] == ["other"]


def test_bad_news_comes_first() -> None:
    ids = [replace(PROBE, id=name) for name in ("good", "bad", "odd")]
    before = [standing("b"), standing("right"), standing("b")]
    after = [standing("right"), standing("b"), standing("c")]
    assert [change.probe.id for change in compare(before, after, ids)] == ["bad", "good", "odd"]


# Random corpora: screening out questions that can not change must never lose one that does.
WORDS = ["parcel", "order", "refund", "label", "size", "wool", "cable", "LL-EB200", "E04", "duty", "coupon", "tier", "battery", "photo"]


def articles(rng: random.Random, count: int) -> list[Article]:
    made: list[Article] = []
    for number in range(count):
        for language in ("en", "de", "fr"):
            made.append(written(rng, f"a{number}", language))
    return made


def written(rng: random.Random, id_: str, language: str) -> Article:
    body = "\n\n".join(f"## {rng.choice(WORDS)}\n\n{' '.join(rng.choices(WORDS, k=12))}." for _ in range(4))
    fields: dict[str, Any] = {"intents": rng.sample(["x", "y", "z"], 1), "markets": rng.choice([[], [], ["US"]])}
    return Article.model_validate({"id": id_, "title": " ".join(rng.sample(WORDS, 2)), "language": language, "body": body, **fields})


async def embedded(sets: Sequence[PassageSet]) -> dict[str, Floats]:
    every = {entry.id: entry for passages in sets for entry in passages.entries}
    return dict(zip(every, await embed_entries(HashEmbedder(), every.values(), {}), strict=True))


async def questions(rng: random.Random, count: int) -> Asked:
    made = [
        replace(
            PROBE,
            id=f"q{number}",
            text=" ".join(rng.sample(WORDS, 4)),
            language=rng.choice(["en", "de", "pt"]),
            market=rng.choice(["DE", "US", None]),
            expected=(f"a{number % 40}",),
            intents=tuple(rng.sample(["x", "y", "z"], 1)),
        )
        for number in range(count)
    ]
    return Asked(tuple(made), await HashEmbedder().queries([probe.text for probe in made]), count)


@pytest.mark.parametrize("seed", range(4))
async def test_questions_come_out_as_search_has_them(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    passages, index = PassageSet("s", entries(articles(rng, 40))), MemoryIndex()
    vectors = await embedded([passages])
    await index.add(list(vectors), np.stack(list(vectors.values())))
    usual, shop = np.random.default_rng(seed).normal(size=(2, 384)).astype(np.float32) / 20
    typical = Questions(usual, shop) if seed % 2 else None
    monkeypatch.setattr(search, "typical_questions", lambda fingerprint: typical)
    asked = replace(await questions(rng, 60), typical=typical)
    reader = search.Knowledge(FixedShelf(passages), index, HashEmbedder())
    for probe, vector, standing in zip(asked.probes, asked.vectors, standings(view(passages, vectors, asked), asked, TODAY), strict=True):
        how = {"language": probe.language, "market": probe.market, "intents": probe.intents, "vector": vector}
        found = await reader.search(probe.text, today=TODAY, k=3, **how)
        assert standing.articles == tuple(passage.article for passage in found.passages)
        assert (standing.answerable, standing.score) == (found.answerable, pytest.approx(found.passages[0].score, abs=0.001))


async def test_nothing_changed_and_nothing_there() -> None:
    rng = random.Random(1)
    full, empty = PassageSet("s", entries(articles(rng, 5))), PassageSet("", ())
    asked, vectors = await questions(rng, 20), await embedded([full])
    assert affected(full, full, asked, vectors, TODAY) == ()
    assert len(affected(full, empty, asked, vectors, TODAY)) == 20
    none = Asked((), np.empty((0, 384), np.float32), 0)
    assert affected(full, empty, none, vectors, TODAY) == ()
    assert standings(view(empty, {}, asked), asked, TODAY)[0] == Standing((), 0.0, False)


class Fixed:
    """A source of these articles."""

    name = "fixed"

    def __init__(self, *articles: Article) -> None:
        self._articles = articles

    async def load(self) -> Loaded:
        return Loaded(self._articles)


async def test_the_impact_of_a_draft_on_the_active_snapshot(engine: AsyncEngine, tmp_path: Path) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    index, embedder = MemoryIndex(), HashEmbedder()
    shelf = [
        Article(id="returns", title="Returns", language="en", body="Send the parcel back within thirty days."),
        Article(id="sizes", title="Sizes", language="en", body="Measure chest, waist and hip."),
    ]
    await sync(engine, index, embedder, [Fixed(*shelf)])
    asked = (Probe("back", "send the parcel back", "en", "DE", ("returns",)), Probe("hip", "measure the hip", "en", "DE", ("sizes",)))
    shelf_of_probes = ProbeShelf(embedder, tmp_path, lambda: asked)
    await shelf_of_probes.complete()
    impact, trials = Impact(engine, embedder.fingerprint, shelf_of_probes), Trials(engine, index, embedder)
    for _ in range(2):  # the second time on what the first worked out
        report = await impact.of(await trials.of(("returns", "en"), None), TODAY)
        assert (report.asked, report.total) == (2, 2)
        (change,) = [change for change in report.changes if change.probe.id == "back"]
        assert (change.before.article, change.after.article, change.verdict) == ("returns", "sizes", "worse")
    assert (await impact.of(await trials.of(("returns", "en"), shelf[0]), TODAY)).changes == ()


class Counting(HashEmbedder):
    """Remembers what was asked; fails when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.broken = False

    async def queries(self, texts: Sequence[str]) -> Floats:
        if self.broken and self.asked:
            raise ConnectionError("away")
        self.asked += texts
        return await super().queries(texts)


TEN = tuple(Probe(f"p{n}", f"question number {n}", "en", None, ("a",)) for n in range(10))


async def test_vectors_are_made_once_in_the_background_and_kept(tmp_path: Path) -> None:
    embedder = Counting()
    shelf = ProbeShelf(embedder, tmp_path, lambda: TEN)
    first = await shelf.ready()
    assert (len(first.probes), first.total, first.vectors.shape) == (0, 10, (0, 384))
    done = await shelf.complete()
    assert (done.probes, len(embedder.asked)) == (TEN, 10)
    assert np.allclose(done.vectors, await HashEmbedder().queries([probe.text for probe in TEN]), atol=1e-3)
    again = await ProbeShelf(embedder, tmp_path, lambda: TEN).ready()
    assert (again.probes, len(embedder.asked)) == (TEN, 10)
    assert os.listdir(tmp_path) == ["probes-hash-3-384.npz"]


async def test_what_was_made_before_a_failure_serves_and_the_next_request_goes_on(tmp_path: Path) -> None:
    embedder = Counting()
    embedder.broken = True
    shelf = ProbeShelf(embedder, tmp_path, lambda: TEN)
    assert 0 < len((await shelf.complete()).probes) < 10
    embedder.broken = False
    assert len((await ProbeShelf(embedder, tmp_path, lambda: TEN).complete()).probes) == 10
    assert sorted(embedder.asked) == sorted(probe.text for probe in TEN)
    await shelf.close()


async def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "probes-hash-3-384.npz").write_bytes(b"PK nonsense")
    assert len((await ProbeShelf(HashEmbedder(), tmp_path, lambda: TEN).complete()).probes) == 10


class Offer:
    """An entry point."""

    def __init__(self, name: str, given: Any) -> None:
        self.name, self._given = name, given

    def load(self) -> Any:
        if isinstance(self._given, Exception):
            raise self._given
        return lambda: self._given


def test_probes_come_from_installed_packages_and_a_broken_one_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[Offer] = []
    monkeypatch.setattr(offered, "entry_points", lambda group: installed)
    assert probes() == ()
    installed += [Offer("a", TEN[:2]), Offer("b", ImportError("gone")), Offer("c", TEN[1:3])]
    assert probes() == TEN[:3]
