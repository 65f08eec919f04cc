"""The books of gaps and proposals on a real PostgreSQL: grouping, deciding, drafts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.editorial.drafts import discard
from knowledge.editorial.tables import draft
from knowledge.embed import HashEmbedder
from knowledge.gaps import book, deciding, listing, proposals
from knowledge.gaps.errors import NoSuchGap
from knowledge.gaps.reading import Asked, Kind, Told, alone, count_uses
from knowledge.gaps.remaking import follow_model
from knowledge.gaps.tables import gap, proposal, usage
from knowledge.gaps.vectors import Comparable
from knowledge.search import SearchResult
from knowledge.tables import metadata, variant

START = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
async def tables(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


def asked(number: int, text: str = "Can it be dimmed?", language: str = "en", kind: Kind = "unanswered") -> Asked:
    return Asked(id=f"q{number}", text=text, language=language, kind=kind, at=START + timedelta(hours=number))


def at(*degrees: float) -> Any:
    return np.array([[np.cos(np.radians(one)), np.sin(np.radians(one))] for one in degrees], np.float32)


async def write(engine: AsyncEngine, questions: list[Asked], *degrees: float) -> int:
    async with engine.begin() as connection:
        await alone(connection)
        return await book.record(connection, questions, at(*degrees), "hand")


async def listed(engine: AsyncEngine, status: Any = "open") -> list[dict[str, Any]]:
    async with engine.connect() as connection:
        return await listing.gaps(connection, status)


async def test_questions_that_mean_the_same_are_one_gap_over_many_runs(tables: AsyncEngine) -> None:
    assert await write(tables, [asked(1), asked(2, "Lässt es sich dimmen?", "de"), asked(3, "Is it waterproof?")], 0, 10, 90) == 3
    assert await write(tables, [asked(2, "again"), asked(4, "dim it?", kind="bad")], 10, 5) == 1
    first, second = await listed(tables)
    assert (first["volume"], first["languages"], first["kinds"]) == (3, {"en": 2, "de": 1}, {"unanswered": 2, "bad": 1})
    assert first["question"] == "dim it?"  # stands between the others
    assert [example["text"] for example in first["examples"]] == ["dim it?", "Lässt es sich dimmen?", "Can it be dimmed?"]
    assert (second["question"], second["volume"], first["first_at"] < first["last_at"]) == ("Is it waterproof?", 1, True)


async def test_gaps_that_grow_together_become_one(tables: AsyncEngine) -> None:
    await write(tables, [asked(1), asked(2)], 0, 70)
    assert len(await listed(tables)) == 2
    await write(tables, [asked(3), asked(4)], 30, 40)
    (only,) = await listed(tables)
    assert only["volume"] == 4


async def test_what_was_dismissed_stays_out_of_sight_and_is_counted(tables: AsyncEngine) -> None:
    await write(tables, [asked(1)], 0)
    (only,) = await listed(tables)
    async with tables.begin() as connection:
        await deciding.dismiss(connection, gap, only["id"])
    await write(tables, [asked(2)], 5)
    assert await listed(tables) == []
    assert [(found["volume"], found["status"]) for found in await listed(tables, "dismissed")] == [(2, "dismissed")]
    async with tables.begin() as connection:
        await deciding.reopen(connection, gap, only["id"])
    assert len(await listed(tables)) == 1


async def test_a_gap_becomes_a_draft_that_nobody_could_publish_by_mistake(tables: AsyncEngine) -> None:
    await write(tables, [asked(1, "Kann man die Leuchte [number] dimmen?", "de"), asked(2, "Dimmen?", "de"), asked(3)], 0, 3, 5)
    (only,) = await listed(tables)
    keys = [await drafted(tables, only["id"]) for _ in range(2)]
    assert keys[0] == keys[1]
    async with tables.connect() as connection:
        (row,) = (await connection.execute(select(draft))).all()
    assert (row.language, row.body, row.front["intents"], row.front["source_language"]) == ("de", "", ["product_question"], "de")
    assert "- Kann man die Leuchte [number] dimmen?" in row.note
    assert "[" not in row.front["title"]
    assert [found["article"] for found in await listed(tables, "drafted")] == [row.article]


async def drafted(engine: AsyncEngine, id_: str) -> tuple[str, str]:
    async with engine.begin() as connection:
        return await deciding.draft_gap(connection, id_, ["product_question"], "ed")


async def test_a_draft_that_was_thrown_away_can_be_made_again(tables: AsyncEngine) -> None:
    await write(tables, [asked(1)], 0)
    (only,) = await listed(tables)
    key = await drafted(tables, only["id"])
    async with tables.begin() as connection:
        await discard(connection, key, 1)
    assert await drafted(tables, only["id"]) == key


async def test_an_id_that_an_article_has_gets_a_number(tables: AsyncEngine) -> None:
    async with tables.begin() as connection:
        for article in ("can-it-be-dimmed", "can-it-be-dimmed-2"):
            row = {"id": article, "article": article, "language": "en", "title": "", "front": {}, "body": ""}
            await connection.execute(insert(variant).values(row))
    await write(tables, [asked(1)], 0)
    (only,) = await listed(tables)
    assert await drafted(tables, only["id"]) == ("can-it-be-dimmed-3", "en")


async def test_what_is_gone_says_so(tables: AsyncEngine) -> None:
    async with tables.begin() as connection:
        for step in (
            deciding.dismiss(connection, gap, "x"),
            deciding.reopen(connection, gap, "x"),
            deciding.draft_proposal(connection, "x", "ed"),
        ):
            with pytest.raises(NoSuchGap):
                await step


@pytest.mark.parametrize(
    ("title", "intents", "expected"),
    [
        ("Wie groß ist die Öffnung?", [], "wie-gross-ist-die-offnung"),
        ("这个灯可以调光吗？", ["product_question"], "product-question"),
        ("هل يمكن الدفع؟", [], "question"),
        ("A " + "very " * 40 + "long one", [], "a-" + ("very-" * 12)[:58].strip("-")),
    ],
)
def test_ids_are_made_of_the_question(title: str, intents: list[str], expected: str) -> None:
    assert deciding.slug(title, intents) == expected


def test_a_title_is_one_short_line() -> None:
    assert deciding.title_of("Is order [number]\nsent?") == "Is order sent?"
    assert len(deciding.title_of("word " * 60)) <= 121


class Silent:
    """A knowledge base that has nothing."""

    async def search(self, query: str, *, language: str, today: date, **more: Any) -> SearchResult:
        return SearchResult((), False, "s1")


def told(number: int, text: str, language: str = "en") -> Told:
    return Told(id=f"c{number}", question="Can it be dimmed?", answer=text, language=language, intents=("warranty",), at=START)


async def test_the_same_answer_is_proposed_once_and_becomes_a_draft(tables: AsyncEngine) -> None:
    comparable = Comparable(HashEmbedder())
    said = [told(1, "It can be dimmed by any dimmer."), told(2, "It can be dimmed by any dimmer!"), told(3, "Silk is washed by hand only.")]
    found = await proposals.candidates(said, comparable, Silent(), START.date())
    async with tables.begin() as connection:
        assert await proposals.record(connection, found) == 2
        assert await proposals.record(connection, found[:1]) == 0
        first, _ = await listing.proposals(connection, "open")
        assert (first["times"], first["case"]) == (2, "c1")
        article, language = await deciding.draft_proposal(connection, "c1", "ed")
        assert (article, language) == await deciding.draft_proposal(connection, "c1", "ed")
        row = (await connection.execute(select(draft))).one()
        assert (row.body, row.front["intents"]) == ("It can be dimmed by any dimmer.", ["warranty"])
        await deciding.dismiss(connection, proposal, "c3")
        assert await listing.proposals(connection, "open") == []


async def test_uses_add_up_by_day(tables: AsyncEngine) -> None:
    day = START.date()
    async with tables.begin() as connection:
        await count_uses(connection, [("returns", "en", day), ("returns", "en", day), ("returns", "de", day)])
        await count_uses(connection, [("returns", "en", day)])
        await count_uses(connection, [])
        assert {(row.language, row.replies) for row in await connection.execute(select(usage))} == {("en", 3), ("de", 1)}


async def test_another_model_makes_the_vectors_anew_and_keeps_the_groups(tables: AsyncEngine) -> None:
    first, other = Comparable(HashEmbedder()), Comparable(HashEmbedder(dim=64))
    assert await follow_model(tables, first, START)
    questions = [asked(1), asked(2, "Can it be dimmed at all?")]
    async with tables.begin() as connection:
        vectors = await first.vectors([one.text for one in questions], ["en", "en"])
        await book.record(connection, questions, vectors, first.fingerprint)
        await proposals.record(connection, await proposals.candidates([told(1, "It can be dimmed.")], first, Silent(), START.date()))
    assert not await follow_model(tables, first, START)
    assert await follow_model(tables, other, START)
    async with tables.connect() as connection:
        (row,) = (await connection.execute(select(gap))).all()
        assert (row.fingerprint, row.volume, len(row.centre)) == (other.fingerprint, 2, 64 * 4)
        assert len(await connection.scalar(select(proposal.c.vector)) or b"") == 64 * 2
