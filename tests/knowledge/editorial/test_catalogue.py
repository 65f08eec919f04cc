"""The articles in memory follow what is published, also where only their source is another."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.article import Article
from knowledge.editorial.catalogue import Catalogues
from knowledge.embed import HashEmbedder
from knowledge.index import MemoryIndex
from knowledge.sources.source import Loaded
from knowledge.sync import sync

SAME = "Standard shipping is free for every order of EUR 50 or more."


class Given:
    def __init__(self, name: str, *articles: Article) -> None:
        self.name, self.articles = name, articles

    async def load(self) -> Loaded:
        return Loaded(self.articles)


def article(id_: str) -> Article:
    return Article(id=id_, title=id_, language="en", body=SAME)


async def test_the_same_text_from_another_source_is_shown_as_its_own(db: AsyncEngine) -> None:
    catalogues, index = Catalogues(), MemoryIndex()
    for source in ("corpus", "editorial"):
        await sync(db, index, HashEmbedder(), [Given(source, article("a"), article("b"))])
        async with db.connect() as connection:
            found = await catalogues.now(connection)
        assert found.articles["a"]["en"].variant.source == source
        assert found.duplicates.keys() == {"a", "b"}
