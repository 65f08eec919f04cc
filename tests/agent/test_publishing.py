"""A sync of all sources: what stops it is told, and what comes beside it does no harm."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

import agent.publishing
from agent.bootstrap import SystemClock
from agent.publishing import publish
from agent.settings import Settings
from knowledge.alerts import alerts
from knowledge.editorial.tables import draft
from knowledge.embed import HashEmbedder
from knowledge.errors import IndexUnavailable, SyncRunning
from knowledge.index import MemoryIndex, Vectors
from knowledge.news.tables import news
from knowledge.sources.config import BadSourcesFile
from knowledge.sync import SyncReport
from knowledge.tables import metadata


class Away(MemoryIndex):
    """An index that can be away."""

    away = False

    async def add(self, ids: Any, vectors: Vectors) -> None:
        if self.away:
            raise IndexUnavailable("no route")
        await super().add(ids, vectors)


class House:
    """A corpus of one article, a file of sources, and an empty database."""

    def __init__(self, engine: AsyncEngine, folder: Path) -> None:
        self.engine, self.index, self.sources = engine, Away(), folder / "sources.toml"
        corpus = folder / "corpus"
        corpus.mkdir()
        (corpus / "a.md").write_text("---\nid: a\ntitle: A\nlanguage: en\n---\nAn answer.\n")
        self.settings = cast(Settings, SimpleNamespace(sources=self.sources, data=folder, corpus=corpus, brand="Shop"))

    async def publish(self) -> SyncReport:
        return await publish(self.settings, self.engine, self.index, HashEmbedder(), SystemClock())

    async def alerts(self) -> dict[str, str]:
        async with self.engine.connect() as connection:
            return {alert.id: alert.message for alert in await alerts(connection)}


@pytest.fixture
async def house(engine: AsyncEngine, tmp_path: Path) -> House:
    assert draft.metadata is news.metadata is metadata
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return House(engine, tmp_path)


async def test_a_file_of_sources_that_can_not_be_used_raises_an_alert_until_it_can(house: House) -> None:
    house.sources.write_text("[[source]]\nkind = 'pdf'\n")
    with pytest.raises(BadSourcesFile):
        await house.publish()
    assert "source 1: name" in (await house.alerts())["publish:failed"]
    house.sources.unlink()
    await house.publish()
    assert await house.alerts() == {}


async def test_an_index_that_is_away_raises_an_alert_until_it_is_back(house: House) -> None:
    house.index.away = True
    with pytest.raises(IndexUnavailable):
        await house.publish()
    assert list(await house.alerts()) == ["publish:failed"]
    house.index.away = False
    assert (await house.publish()).passages == 1
    assert await house.alerts() == {}


async def test_what_is_published_counts_although_another_sync_started_before_the_clearing_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def late(*parts: object, keep: int) -> int:
        raise SyncRunning()

    monkeypatch.setattr(agent.publishing, "prune", late)
    assert (await house.publish()).changed
