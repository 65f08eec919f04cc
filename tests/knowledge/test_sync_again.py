"""What a sync says and does when little or nothing has changed, and after somebody went back to an older snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.alerts import alerts
from knowledge.article import Article, Problem
from knowledge.embed import Floats, HashEmbedder
from knowledge.errors import SourceFailed, SyncOvertaken, SyncRefused
from knowledge.index import MemoryIndex
from knowledge.snapshot import rollback, snapshots
from knowledge.sources.source import Loaded
from knowledge.sync import SyncReport, sync
from knowledge.tables import metadata
from knowledge.variants import active_variants

SAME = "Standard shipping is free for every order of EUR 50 or more."


def article(id_: str, body: str = "", language: str = "en") -> Article:
    return Article(id=id_, title=id_.title(), language=language, body=body or f"What there is to say about {id_}.")


@dataclass
class Desk:
    """A knowledge base with one source that a test can edit."""

    engine: AsyncEngine
    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    index: MemoryIndex = field(default_factory=MemoryIndex)
    name: str = "shelf"
    failing: bool = False
    retired: frozenset[tuple[str, str]] = frozenset()

    async def load(self) -> Loaded:
        if self.failing:
            raise SourceFailed("not mounted")
        return Loaded(self.articles, self.problems, self.retired)

    async def sync(self, *articles: Article, force: bool = False) -> SyncReport:
        self.articles = articles
        return await sync(self.engine, self.index, HashEmbedder(), [self], force=force)

    async def published(self) -> dict[str, str]:
        async with self.engine.connect() as connection:
            return {found.article.id: found.article.body for found in await active_variants(connection)}

    async def raised(self) -> list[str]:
        async with self.engine.connect() as connection:
            return [alert.id for alert in await alerts(connection)]

    async def report(self) -> dict[str, list[str]]:
        return next(found.report for found in await snapshots(self.engine) if found.active)


@pytest.fixture
async def desk(engine: AsyncEngine) -> Desk:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return Desk(engine)


async def test_a_refusal_is_forgotten_when_the_articles_are_back(desk: Desk) -> None:
    whole = [article(f"a{number}") for number in range(5)]
    await desk.sync(*whole)
    with pytest.raises(SyncRefused):
        await desk.sync(whole[0])
    assert await desk.raised() == ["sync:refused"]
    assert not (await desk.sync(*whole)).changed
    assert await desk.raised() == []


async def test_two_articles_that_say_the_same_are_named_as_long_as_they_do(desk: Desk) -> None:
    twice = "en/a and en/b give the same answer: keep it in one of them"
    assert twice in (await desk.sync(article("a", SAME), article("b", SAME))).warnings
    assert twice in (await desk.sync(article("a", SAME), article("b", SAME), article("c"))).warnings
    assert twice in (await desk.sync(article("a", SAME), article("b", SAME), article("c"))).warnings
    # An edit elsewhere in the article leaves what it says twice.
    assert twice in (await desk.sync(article("a", SAME), article("b", f"## New\n\nMore.\n\n## Old\n\n{SAME}"), article("c"))).warnings
    assert twice not in (await desk.sync(article("a", SAME), article("b", "Another thing."), article("c"))).warnings


async def test_what_is_wrong_with_the_files_is_told_although_no_article_changed(desk: Desk) -> None:
    await desk.sync(article("a"), article("b"))
    desk.problems = (Problem("en/b.md", 3, "not YAML"),)
    assert not (await desk.sync(article("a"))).changed
    assert (await desk.report())["problems"] == ["en/b.md:3: not YAML"]
    desk.problems = ()
    assert not (await desk.sync(article("a"), article("b"))).changed
    assert (await desk.report())["problems"] == []


GOOD, BAD = article("returns", "You have 30 days."), article("returns", "You have 365 days.")
OTHER = article("other")


async def test_what_was_rolled_back_stays_back_whatever_else_changes(desk: Desk) -> None:
    good = await desk.sync(GOOD, OTHER)
    await desk.sync(BAD, OTHER)
    await rollback(desk.engine)
    kept = await desk.sync(BAD, OTHER)
    assert (kept.changed, kept.snapshot) == (False, good.snapshot)
    assert any(warning.startswith("en/returns: rolled back") for warning in kept.warnings)
    for body in ("First.", "Second."):
        assert (await desk.sync(BAD, article("other", body))).changed
        assert await desk.published() == {"returns": "You have 30 days.", "other": body}
    await desk.sync(article("returns", "You have 31 days."), OTHER)
    assert (await desk.published())["returns"] == "You have 31 days."
    # It is known as any other text from then on.
    await desk.sync(BAD, OTHER)
    assert (await desk.published())["returns"] == "You have 365 days."


async def test_going_back_twice_brings_nothing_of_either_back(desk: Desk) -> None:
    await desk.sync(GOOD, OTHER)
    await desk.sync(BAD, OTHER)
    worst = await desk.sync(article("returns", "For ever."), OTHER)
    await rollback(desk.engine)
    await rollback(desk.engine)
    await desk.sync(article("returns", "For ever."), article("other", "News."))
    assert await desk.published() == {"returns": "You have 30 days.", "other": "News."}
    await rollback(desk.engine, to=worst.snapshot)
    await desk.sync(article("returns", "For ever."), article("other", "Newer."))
    assert await desk.published() == {"returns": "For ever.", "other": "Newer."}


async def test_articles_that_came_or_went_with_it_are_held_too_until_forced(desk: Desk) -> None:
    await desk.sync(GOOD, OTHER)
    await desk.sync(OTHER, article("new"))
    await rollback(desk.engine)
    after = (article("other", "News."), article("new"))
    await desk.sync(*after)
    assert (await desk.published()).keys() == {"returns", "other"}
    assert (await desk.sync(*after, force=True)).changed
    assert (await desk.published()).keys() == {"other", "new"}
    await desk.sync(*after, article("more"))
    assert (await desk.published()).keys() == {"other", "new", "more"}


async def test_what_customers_must_not_read_any_more_is_never_held(desk: Desk) -> None:
    secret, inside = article("secret"), article("inside")
    await desk.sync(article("a"), secret, inside)
    desk.retired = frozenset({("secret", "en")})
    await desk.sync(article("a"), inside.model_copy(update={"audience": "operator"}))
    await rollback(desk.engine)
    assert set(await desk.published()) == {"a", "inside", "secret"}
    report = await desk.sync(*desk.articles)
    assert (report.changed, set(await desk.published())) == (True, {"a", "inside"})
    async with desk.engine.connect() as connection:
        audiences = {found.article.id: found.article.audience for found in await active_variants(connection)}
    assert audiences == {"a": "customer", "inside": "operator"}


async def test_news_begin_and_end_whatever_was_rolled_back(desk: Desk) -> None:
    desk.name = "news"
    await desk.sync(article("strike"), article("storm"))
    await desk.sync(article("storm"), article("flood"))
    await rollback(desk.engine)
    await desk.sync(article("storm"), article("flood"))
    assert (await desk.published()).keys() == {"storm", "flood"}


async def test_going_back_while_a_sync_runs_counts(desk: Desk) -> None:
    good = await desk.sync(GOOD, OTHER)
    await desk.sync(BAD, OTHER)
    desk.articles = (BAD, article("other", "News."))

    def meanwhile(step: str, done: int, total: int) -> None:
        if step == "embed" and done == 0:
            asyncio.get_running_loop().create_task(rollback(desk.engine))

    class Slow(HashEmbedder):
        async def passages(self, texts: Sequence[str]) -> Floats:
            await asyncio.sleep(0.2)
            return await super().passages(texts)

    with pytest.raises(SyncOvertaken):
        await sync(desk.engine, desk.index, Slow(), [desk], meanwhile)
    assert (await desk.published())["returns"] == "You have 30 days."
    assert (await desk.sync(BAD, OTHER)).snapshot == good.snapshot


async def test_a_source_that_fails_for_a_while_releases_nothing(desk: Desk) -> None:
    await desk.sync(GOOD, OTHER)
    await desk.sync(BAD, OTHER)
    await rollback(desk.engine)
    desk.failing = True
    await desk.sync(BAD, OTHER)
    desk.failing = False
    await desk.sync(BAD, article("other", "News."))
    assert await desk.published() == {"returns": "You have 30 days.", "other": "News."}
