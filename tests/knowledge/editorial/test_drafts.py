"""Drafts on a real PostgreSQL: nobody's text is overwritten unseen, and nothing typed is lost."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.editorial import drafts
from knowledge.editorial.errors import DraftConflict, NoSuchText, NotFit
from knowledge.editorial.tables import draft
from knowledge.variants import variant_of

KEY = ("returns", "en")


def article() -> Article:
    return Article(id="returns", title="Returns", language="en", body="You have 14 days.")


async def row(db: AsyncEngine, key=KEY):
    async with db.connect() as connection:
        query = select(draft).where(draft.c.article == key[0], draft.c.language == key[1])
        return (await connection.execute(query)).one_or_none()


async def test_a_draft_is_saved_again_and_again(db, typing) -> None:
    assert [await typing(None, "a"), await typing(1, "ab"), await typing(2, "abc", by="eve")] == [1, 2, 3]
    kept = await row(db)
    assert (kept.body, kept.version, kept.editors, kept.updated_by) == ("abc", 3, ["ada", "eve"], "eve")


async def test_an_invalid_draft_is_kept_but_not_sent_to_review(db, typing) -> None:
    version = await typing(None, "", front={"title": "", "valid_to": "tomorrow"})
    with pytest.raises(NotFit) as refused:
        async with db.begin() as connection:
            await drafts.submit(connection, KEY, version, "", "ada")
    assert [fault["field"] for fault in refused.value.more["problems"]] == ["title", "valid_to", "body"]


async def test_a_save_that_has_not_seen_the_last_one_changes_nothing_and_is_shown_it(db, typing) -> None:
    await typing(None, "a")
    await typing(1, "ada's")
    with pytest.raises(DraftConflict) as refused:
        await typing(1, "eve's", by="eve")
    theirs = refused.value.more["theirs"]
    assert (theirs["version"], theirs["body"], theirs["updated_by"]) == (2, "ada's", "ada")
    assert (await row(db)).editors == ["ada"]
    assert await typing(theirs["version"], "eve's", by="eve") == 3


async def test_a_save_whose_answer_was_lost_may_be_repeated(db, typing) -> None:
    assert await typing(None, "a") == 1
    assert await typing(None, "a") == 1
    assert await typing(1, "b") == 2
    assert await typing(1, "b") == 2
    assert await typing(2, "b", by="eve") == 2  # a page that saves what it was given makes nobody an editor
    assert (await row(db)).editors == ["ada"]


async def test_that_a_translation_follows_its_source_now_is_a_change_of_its_own(db, typing, release, publishing) -> None:
    german = ("returns", "de")
    await release([article(), article().model_copy(update={"language": "de", "body": "Sie haben 14 Tage."})])
    await publishing(await typing(None, "You have two weeks."))
    assert await typing(None, "Sie haben 14 Tage.", key=german, in_line=False) == 1
    behind = (await row(db, german)).source_base
    assert await typing(1, "Sie haben 14 Tage.", key=german, in_line=False) == 1
    assert await typing(1, "Sie haben 14 Tage.", key=german, in_line=True) == 2
    assert (await row(db, german)).source_base not in (None, behind)
    assert await typing(1, "Sie haben 14 Tage.", key=german, in_line=True) == 2  # the answer was lost
    assert await typing(2, "Sie haben 14 Tage.", key=german, in_line=False) == 3
    assert (await row(db, german)).source_base == behind


@pytest.mark.parametrize("first", [None, 1])
async def test_of_forty_saves_at_once_exactly_one_wins(db, typing, first) -> None:
    if first:
        await typing(None, "start")
    saves = [typing(first, f"text of {number}", by=f"person-{number}") for number in range(40)]
    done = await asyncio.gather(*saves, return_exceptions=True)
    won = [number for number, answer in enumerate(done) if isinstance(answer, int)]
    lost = [answer for answer in done if isinstance(answer, DraftConflict)]
    assert (len(won), len(lost)) == (1, 39)
    kept = await row(db)
    assert kept.body == f"text of {won[0]}" and kept.version == (2 if first else 1)
    assert {answer.more["theirs"]["body"] for answer in lost} == {kept.body}


async def test_a_first_save_on_an_old_page_is_shown_what_was_published_since(db, typing, release, publishing) -> None:
    old = article()
    await release([old])
    seen = variant_of(old, "corpus").id
    await publishing(await typing(None, "You have 30 days.", seen=seen))
    with pytest.raises(DraftConflict) as refused:
        await typing(None, "You have 14 days!", by="eve", seen=seen)
    theirs = refused.value.more["theirs"]
    assert (theirs["version"], theirs["body"], theirs["updated_by"]) == (None, "You have 30 days.", "ada")
    assert await row(db) is None
    assert await typing(None, "You have 14 days!", by="eve", seen=theirs["base"]) == 1


async def test_a_save_of_a_draft_that_was_published_is_a_conflict_with_it(typing, publishing) -> None:
    await publishing(await typing(None, "You have 30 days."))
    with pytest.raises(DraftConflict) as refused:
        await typing(1, "You have 31 days.", by="eve")
    assert refused.value.more["theirs"]["body"] == "You have 30 days."


async def test_a_text_that_changes_in_review_goes_back_to_its_editors(db, typing) -> None:
    await typing(None, "a")
    async with db.begin() as connection:
        await drafts.submit(connection, KEY, 1, "please look", "ada")
    assert ((await row(db)).state, (await row(db)).note) == ("review", "ada: please look")
    async with db.begin() as connection:
        await drafts.send_back(connection, KEY, 1, "no", "eve")
    assert ((await row(db)).state, (await row(db)).note) == ("draft", "ada: please look\neve: no")
    async with db.begin() as connection:
        await drafts.submit(connection, KEY, 1, "", "ada")
    await typing(1, "b", note=(await row(db)).note)
    assert (await row(db)).state == "draft"


async def test_only_the_version_one_has_seen_is_discarded(db, typing) -> None:
    await typing(None, "a")
    await typing(1, "b")
    with pytest.raises(DraftConflict):
        async with db.begin() as connection:
            await drafts.discard(connection, KEY, 1)
    async with db.begin() as connection:
        assert (await drafts.discard(connection, KEY, 2)).body == "b"
    with pytest.raises(NoSuchText):
        async with db.begin() as connection:
            await drafts.discard(connection, KEY, 2)


async def test_only_what_is_published_can_be_retired(db, typing, release, publishing) -> None:
    with pytest.raises(NoSuchText):
        async with db.begin() as connection:
            await drafts.retire(connection, KEY, "old", "ada")
    await release([article()])
    async with db.begin() as connection:
        version = await drafts.retire(connection, KEY, "old", "ada")
    kept = await row(db)
    assert (kept.kind, kept.body, kept.editors) == ("retire", "You have 14 days.", ["ada"])
    # The page saves what it shows by itself: that must not undo the decision.
    assert await typing(version, kept.body, front=kept.front, note="old") == version
    assert (await row(db)).kind == "retire"
    assert (await publishing(version)).kind == "retired"
