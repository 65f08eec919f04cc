"""A database with published articles, and people who edit them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

import knowledge.gaps.tables
from knowledge.article import Article
from knowledge.editorial.drafts import Change, save
from knowledge.editorial.form import Text
from knowledge.editorial.publish import Published, publish
from knowledge.editorial.review import Person
from knowledge.snapshot import switch
from knowledge.sources.source import Key
from knowledge.tables import metadata, snapshot
from knowledge.variants import link, store, variant_of

KEY = ("returns", "en")
FRONT: dict[str, Any] = {"title": "Returns", "audience": "customer"}

Release = Callable[[Sequence[Article]], Awaitable[None]]
Save = Callable[..., Awaitable[int]]
Publish = Callable[..., Awaitable[Published]]


def article(language: str = "en", body: str = "You have 14 days.", **fields: Any) -> Article:
    return Article.model_validate({"id": "returns", "title": "Returns", "language": language, "body": body, **fields})


@pytest.fixture
async def db(engine: AsyncEngine) -> AsyncEngine:
    assert knowledge.gaps.tables.usage.metadata is metadata
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


@pytest.fixture
def release(db: AsyncEngine) -> Release:
    """Makes a snapshot of articles the active one, as a sync of a folder would."""
    made: list[str] = []

    async def released(articles: Sequence[Article], source: str = "corpus", report: dict[str, Any] | None = None) -> None:
        made.append(f"snapshot-{len(made)}")
        variants = [variant_of(found, source) for found in articles]
        async with db.begin() as connection:
            values = {"id": made[-1], "fingerprint": "f", "articles": len(articles), "passages": 0, "report": report or {}}
            await connection.execute(insert(snapshot).values(values))
            await store(connection, variants)
            await link(connection, made[-1], variants)
            await switch(connection, made[-1])

    return released


@pytest.fixture
def typing(db: AsyncEngine) -> Save:
    """Saves a draft in a transaction of its own."""

    async def saved(
        version: int | None, body: str, by: str = "ada", key: Key = KEY, front: dict[str, Any] | None = None, **more: Any
    ) -> int:
        change = Change(key=key, version=version, text=Text(FRONT | (front or {}), body), by=by, **more)
        async with db.begin() as connection:
            return await save(connection, change)

    return saved


@pytest.fixture
def publishing(db: AsyncEngine) -> Publish:
    async def published(version: int, by: str = "ada", key: Key = KEY, reviews: bool = False, always: bool = False) -> Published:
        async with db.begin() as connection:
            return await publish(connection, key, version, Person(by, reviews), always)

    return published
