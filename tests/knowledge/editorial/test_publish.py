"""Publishing on a real PostgreSQL: all or nothing, history from the first edit on, and what the next sync is given."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.editorial import drafts, history
from knowledge.editorial.catalogue import Catalogues
from knowledge.editorial.errors import DraftConflict, NoSuchText, NotAllowed, NotFit
from knowledge.editorial.filters import Wanted, chosen
from knowledge.editorial.listing import Listing
from knowledge.editorial.source import EditorialSource
from knowledge.editorial.tables import draft, revision
from knowledge.editorial.underway import look
from knowledge.editorial.whole import whole
from knowledge.gaps.tables import usage

KEY = ("returns", "en")
GERMAN = ("returns", "de")
TODAY = date(2026, 6, 1)


def article(language: str = "en", body: str = "You have 14 days.", **fields: Any) -> Article:
    return Article.model_validate({"id": "returns", "title": "Returns", "language": language, "body": body, **fields})


async def kinds(db: AsyncEngine, key: tuple[str, str] = KEY) -> list[str]:
    async with db.connect() as connection:
        return [row["kind"] for row in reversed(await history.revisions(connection, key))]


async def listed(db: AsyncEngine, catalogues: Catalogues | None = None, today: date = TODAY, **wanted: str) -> dict[str, dict[str, Any]]:
    listing = Listing()
    async with db.connect() as connection:
        catalogue = await (catalogues or Catalogues()).now(connection)
        under_way = await look(connection, catalogue, listing.imported, today, texts=True)
    rows = chosen(listing.rows(catalogue, under_way, today), Wanted(**wanted), catalogue, under_way)
    return {found.row["id"]: found.row for found in rows}


async def shown(db: AsyncEngine, language: str = "en") -> dict[str, Any]:
    async with db.connect() as connection:
        return (await whole(connection, "returns", await Catalogues().now(connection)))["variants"][language]


async def test_the_first_edit_keeps_what_the_folder_had(db, release, typing, publishing) -> None:
    await release([article()])
    done = await publishing(await typing(None, "You have 30 days.", note="more generous"))
    assert (done.number, done.kind, done.approved_by) == (2, "published", None)
    assert await kinds(db) == ["imported", "published"]
    loaded = await EditorialSource(db).load()
    assert loaded.articles == (article(body="You have 30 days."),) and not loaded.problems
    async with db.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(draft)) == 0
        assert (await history.text(connection, KEY, "1")).body == "You have 14 days."
        assert (await history.text(connection, KEY, "published")).body == "You have 30 days."
        assert (await history.text(connection, KEY, "draft")).body == ""
        with pytest.raises(NoSuchText):
            await history.text(connection, KEY, "3")
    # What is published is shown although no sync has run yet.
    assert (await shown(db))["published"]["body"] == "You have 30 days."


async def test_what_may_not_be_published_leaves_no_trace(db, release, typing, publishing) -> None:
    await release([article(second_reader=True)])
    with pytest.raises(NotFit):
        await publishing(await typing(None, " "))
    version = await typing(1, "You have 30 days.")
    for who, reviews in (("ada", False), ("ada", True), ("eve", False), ("eve", True)):
        with pytest.raises(NotAllowed):
            await publishing(version, by=who, reviews=reviews)
    with pytest.raises(DraftConflict):
        await publishing(version - 1, by="eve", reviews=True)
    assert await kinds(db) == []
    async with db.begin() as connection:
        await drafts.submit(connection, KEY, version, "", "ada")
    assert (await publishing(version, by="eve", reviews=True)).approved_by == "eve"


async def test_a_translation_of_a_marked_article_needs_a_second_reader_too(release, typing, publishing) -> None:
    await release([article(second_reader=True)])
    with pytest.raises(NotAllowed):
        await publishing(await typing(None, "14 Tage.", key=GERMAN), key=GERMAN)


@pytest.mark.parametrize(
    ("language", "front"),
    [
        ("de", {"source_language": "de"}),  # as if it were no translation
        ("de", {"source_language": "en "}),
        ("fr", {"source_language": "de"}),
        ("en-GB", {"source_language": "en-GB"}),  # customers who read English would be shown it
    ],
)
async def test_no_other_language_is_a_way_around_the_mark(release, typing, publishing, language, front) -> None:
    await release([article(second_reader=True)])
    key = ("returns", language)
    with pytest.raises(NotAllowed):
        await publishing(await typing(None, "You have 99 days.", key=key, front=front), key=key)


async def test_a_marked_article_that_was_retired_comes_back_with_a_second_reader_only(db, release, typing, publishing) -> None:
    await release([article(second_reader=True)])
    async with db.begin() as connection:
        version = await drafts.retire(connection, KEY, "", "ada")
        await drafts.submit(connection, KEY, version, "", "ada")
    await publishing(version, by="eve", reviews=True)
    await release([])
    with pytest.raises(NotAllowed):
        await publishing(await typing(None, "You have 99 days."))


async def test_blanks_around_a_word_are_no_way_around_the_rule(typing, publishing) -> None:
    with pytest.raises(NotAllowed):
        await publishing(await typing(None, "You have 99 days.", front={"audience": " customer"}), always=True)


async def test_of_ten_who_publish_at_once_one_does(db, typing, publishing) -> None:
    version = await typing(None, "You have 30 days.")
    done = await asyncio.gather(*(publishing(version, by=f"person-{number}") for number in range(10)), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in done) == ["NoSuchText"] * 9 + ["Published"]
    assert await kinds(db) == ["published"]


async def test_a_retired_article_is_taken_out_and_can_come_back(db, release, typing, publishing) -> None:
    await release([article()])
    async with db.begin() as connection:
        version = await drafts.retire(connection, KEY, "no longer sold", "ada")
    await publishing(version)
    loaded = await EditorialSource(db).load()
    assert (loaded.articles, loaded.retired) == ((), frozenset({KEY}))
    assert (await shown(db))["retired"]
    await release([])
    assert (await listed(db))["returns"]["languages"] == [{"language": "en", "state": "retired", "outdated": False}]
    async with db.begin() as connection:
        version = await drafts.restore(connection, KEY, 1, None, "ada")
    await publishing(version)
    assert await kinds(db) == ["imported", "retired", "restored"]
    assert (await EditorialSource(db).load()).articles == (article(),)


async def test_a_revision_that_is_no_article_any_more_is_a_problem_and_not_a_crash(db, typing, publishing) -> None:
    await publishing(await typing(None, "You have 30 days."))
    await publishing(await typing(None, "Batteries.", key=("batteries", "en")), key=("batteries", "en"))
    async with db.begin() as connection:
        await connection.execute(update(revision).where(revision.c.article == "batteries").values(front={"audience": "everybody"}))
    loaded = await EditorialSource(db).load()
    assert [found.id for found in loaded.articles] == ["returns"]
    assert [(problem.file, problem.line) for problem in loaded.problems] == [("en/batteries.md", 1)]


async def test_a_translation_is_outdated_until_it_is_brought_in_line(db, release, typing, publishing) -> None:
    english, german = article(), article("de", "Sie haben 14 Tage.")
    await release([english, german])
    assert not (await shown(db, "de"))["outdated"]
    # Another owner is no other text.
    await publishing(await typing(None, english.body, front={"owner": "care"}))
    assert not (await shown(db, "de"))["outdated"]
    await publishing(await typing(None, "You have 30 days."))
    late = await shown(db, "de")
    assert late["outdated"]
    assert [(line["kind"], line["text"]) for line in late["source_changes"] if line["kind"] != "same"] == [
        ("removed", "You have 14 days."),
        ("added", "You have 30 days."),
    ]
    await release([article(body="You have 30 days."), german])
    row = (await listed(db))["returns"]
    assert [known["outdated"] for known in row["languages"]] == [True, False]
    assert [mark["kind"] for mark in row["health"]] == ["numbers_differ", "outdated_translation"]
    # A slip of the pen mended does not say that the translation follows.
    await publishing(await typing(None, "Sie haben ganze 14 Tage.", key=GERMAN, in_line=False), key=GERMAN)
    assert (await shown(db, "de"))["outdated"]
    await publishing(await typing(None, "Sie haben 30 Tage.", key=GERMAN), key=GERMAN)
    assert not (await shown(db, "de"))["outdated"]
    # An old text restored follows the source of its time.
    async with db.begin() as connection:
        version = await drafts.restore(connection, GERMAN, 2, None, "ada")
    await publishing(version, key=GERMAN)
    assert (await shown(db, "de"))["outdated"]


async def test_the_list_shows_states_health_and_use(db, release, typing) -> None:
    report = {"warnings": ["en/a and en/b give the same answer: keep it in one of them"]}
    articles = [
        Article(id="a", title="A", language="en", body="[x](article:gone)", review_on=TODAY, owner="care", intents=("returns",)),
        Article(id="a", title="A", language="de", body="x"),
        Article(id="b", title="B", language="en", body="x", valid_to=TODAY + timedelta(days=3), markets=("DE",)),
        Article(id="c", title="C", language="en", body="x", valid_to=TODAY - timedelta(days=1), audience="internal"),
        Article(id="d", title="D", language="en", body="x", valid_from=TODAY + timedelta(days=1), markets=("US",)),
        Article(id="d", title="D", language="de", body="Kolibri"),
    ]
    await release(articles, report=report)
    await typing(None, "typed", key=("a", "fr"), front={"owner": ["not", "a", "name"]})
    await typing(None, "new Kolibri", key=("new", "en"))
    counted = [{"article": "a", "language": "en", "day": TODAY - timedelta(days=day), "replies": 2} for day in (1, 2, 40)]
    async with db.begin() as connection:
        await connection.execute(insert(usage), counted)
    rows = await listed(db)
    marks = {id_: {mark["kind"] for mark in row["health"]} for id_, row in rows.items()}
    assert marks == {
        "a": {"review_due", "broken_link", "duplicate"},
        "b": {"expires_soon", "missing_language", "duplicate", "never_used"},
        "c": {"expired"},
        "d": {"not_yet_valid"},
        "new": set(),
    }
    assert rows["a"]["used_30d"] == 4
    assert [(known["language"], known["state"]) for known in rows["a"]["languages"]] == [
        ("de", "published"),
        ("en", "published"),
        ("fr", "draft"),
    ]
    assert set(await listed(db, q="kolibri")) == {"d", "new"}
    assert set(await listed(db, status="draft")) == {"a", "new"}
    assert set(await listed(db, language="fr", status="published")) == set()
    assert set(await listed(db, market="de", audience="customer")) == {"a", "b", "new"}
    assert set(await listed(db, owner="care")) == set(await listed(db, intent="returns")) == {"a"}
    assert set(await listed(db, health="expires_soon")) == {"b"}


async def test_the_catalogue_follows_the_active_snapshot(db, release) -> None:
    catalogues = Catalogues()
    assert await listed(db, catalogues) == {}
    await release([article()])
    assert set(await listed(db, catalogues)) == {"returns"}
    await release([Article(id="other", title="O", language="en", body="x")])
    assert set(await listed(db, catalogues)) == {"other"}
