"""Sources laid together: who is believed, what a failing one keeps, what a broken file keeps, what an editor takes out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.alerts import alerts
from knowledge.article import Article, Problem
from knowledge.errors import SourceFailed
from knowledge.gathering import Answer, gather, merge
from knowledge.sources.source import Loaded
from knowledge.sources.state import record, states
from knowledge.tables import metadata
from knowledge.variants import Variant, variant_of


def article(id_: str, language: str = "en", body: str = "Text.") -> Article:
    return Article(id=id_, title=id_, language=language, body=body)


def published(id_: str, source: str, language: str = "en") -> Variant:
    return variant_of(article(id_, language, "As it was."), source)


def bodies(found: tuple[Variant, ...]) -> dict[str, tuple[str, str]]:
    return {f"{v.article.language}/{v.article.id}": (v.source, v.article.body) for v in found}


@dataclass
class Given:
    """A source that does what a test says."""

    name: str
    loaded: Loaded = field(default_factory=lambda: Loaded(()))
    failure: Exception | None = None
    seconds: float = 0.0

    async def load(self) -> Loaded:
        await asyncio.sleep(self.seconds)
        if self.failure:
            raise self.failure
        return self.loaded


def test_an_earlier_source_is_believed_and_the_later_one_reported() -> None:
    found = merge([Answer("corpus", Loaded((article("a", body="Folder."),))), Answer("faq", Loaded((article("a", body="Sheet."),)))], ())
    assert bodies(found.variants) == {"en/a": ("corpus", "Folder.")}
    assert [problem.message for problem in found.problems] == ["the source corpus has this article already: keep one of the two"]


def test_what_an_editor_publishes_replaces_the_folder_without_a_word() -> None:
    found = merge([Answer("editorial", Loaded((article("a", body="Edited."),))), Answer("corpus", Loaded((article("a"),)))], ())
    assert bodies(found.variants) == {"en/a": ("editorial", "Edited.")}
    assert found.problems == ()


def test_what_an_editor_retires_is_gone_whoever_has_it() -> None:
    retired = Loaded((), retired=frozenset({("a", "en")}))
    sources = [Answer("editorial", retired), Answer("corpus", Loaded((article("a"), article("a", "de"))))]
    assert list(bodies(merge(sources, ()).variants)) == ["de/a"]
    failing = [Answer("editorial", retired), Answer("corpus", Loaded(()), "down")]
    assert merge(failing, [published("a", "corpus")]).variants == ()


async def test_a_failing_source_keeps_its_last_good_state_and_the_others_go_on() -> None:
    before = [published("a", "faq"), published("b", "faq"), published("c", "corpus")]
    sources = [
        Given("corpus", Loaded((article("d"),))),
        Given("faq", failure=SourceFailed("no such file")),
        Given("wiki", failure=KeyError("x")),
    ]
    found = await gather(sources, before)
    assert list(bodies(found.variants)) == ["en/a", "en/b", "en/d"]
    assert [answer.error.split(":")[0] for answer in found.answers] == ["", str(SourceFailed("no such file")).split(":")[0], "KeyError"]
    assert "faq failed, its 2 articles stay as they were" in found.notes[0]


async def test_a_source_that_hangs_is_not_waited_for() -> None:
    found = await gather([Given("git", seconds=30), Given("corpus", Loaded((article("d"),)))], [published("a", "git")], patience=0.05)
    assert list(bodies(found.variants)) == ["en/a", "en/d"]
    assert found.answers[0].error == "no answer in 0 s"


def test_a_broken_file_keeps_its_article_and_a_deleted_one_does_not() -> None:
    before = [published("returns", "corpus", "de"), published("returns", "corpus"), published("gone", "corpus"), published("page", "help")]
    corpus = Loaded((article("returns"),), (Problem("de/returns.md", 3, "not YAML"),))
    help_centre = Loaded((article("other"),), (Problem("export/page.html", 1, "no title"),))
    found = merge([Answer("corpus", corpus), Answer("help", help_centre)], before)
    assert list(bodies(found.variants)) == ["en/other", "en/page", "de/returns", "en/returns"]
    assert found.notes == ("de/returns: kept as it was, its file is broken", "en/page: kept as it was, its file is broken")


async def test_a_failing_source_raises_an_alert_until_it_is_mended(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        await record(connection, [Answer("faq", Loaded((article("a"),), (Problem("faq.csv", 2, "no answer"),)))])
        assert await alerts(connection) == ()
        await record(connection, [Answer("faq", Loaded(()), "down")])
        (alert,) = await alerts(connection)
        assert (alert.id, alert.message) == ("source:faq", "down")
        (state,) = await states(connection)
        assert (state.articles, state.problems, state.error, state.good_at is None) == (1, ("faq.csv:2: no answer",), "down", False)
    async with engine.begin() as connection:
        await record(connection, [Answer("faq", Loaded((article("a"),)))])
        assert await alerts(connection) == ()
    async with engine.begin() as connection:
        await record(connection, [Answer("faq", Loaded(()), "down again")])
        (again,) = await alerts(connection)
        assert again.raised_at > alert.raised_at
        await record(connection, [])
        assert await alerts(connection) == () == await states(connection)
