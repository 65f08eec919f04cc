"""What the editor's routes share: the articles in memory, and what a draft's writer is told with every save."""

import asyncio
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.bootstrap import Portside
from knowledge.article import Article
from knowledge.chunk import chunks, tokens
from knowledge.editorial.advice import advice
from knowledge.editorial.catalogue import Catalogue, Catalogues
from knowledge.editorial.form import Fault, Text, read
from knowledge.editorial.listing import Listed, Listing
from knowledge.editorial.publish import second_reader
from knowledge.editorial.published import source_of, standing
from knowledge.editorial.underway import Underway
from knowledge.markup import render
from knowledge.sources.source import Key

ARTICLES = "/desk/knowledge/articles/"
OPENED = "Customers may not read this article now. Once this is published they will: look whether all of it is meant for them"


class EditingDesk:
    """Kept by the running service: reading all articles for every list would take too long."""

    def __init__(self) -> None:
        self.catalogues, self.listing = Catalogues(), Listing()
        self._listing = asyncio.Lock()

    async def rows(self, catalogue: Catalogue, desk: Underway, today: date) -> list[Listed]:
        """The whole list; after a publication all its rows are made anew, which takes a while."""
        async with self._listing:
            return await asyncio.to_thread(self.listing.rows, catalogue, desk, today)


def editing(request: Request) -> EditingDesk:
    return request.app.state.editing


Editing = Annotated[EditingDesk, Depends(editing)]


async def draft_answer(connection: AsyncConnection, p: Portside, desk: EditingDesk, key: Key, text: Text) -> dict[str, Any]:
    """Faults, warnings, and whether a second person must agree."""
    reason = await second_reader(connection, key, text.front, p.settings.four_eyes == "always")
    article, faults = read(key, text)
    warned = await warnings(connection, p, desk, article) if article else []
    return {"problems": problems(faults), "warnings": warned, "needs_second_reader": bool(reason), "review_reason": reason}


def problems(faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    return [asdict(fault) for fault in faults]


async def warnings(connection: AsyncConnection, p: Portside, desk: EditingDesk, article: Article) -> list[str]:
    source = await source_of(connection, (article.id, article.language), {"source_language": article.source_language})
    catalogue = await desk.catalogues.now(connection)
    today = p.clock.now().date()
    said = await asyncio.to_thread(advice, article, source.variant.article if source else None, catalogue, today)
    before = await standing(connection, (article.id, article.language))
    opened = article.audience == "customer" and before and before.variant.article.audience != "customer"
    return [OPENED, *said] if opened else said


async def preview(connection: AsyncConnection, p: Portside, desk: EditingDesk, text: Text) -> dict[str, Any]:
    """The article as it will look, the passages it is cut into, and what is wrong with it."""
    id_, language = str(text.front.get("id") or ""), str(text.front.get("language") or "en")
    article, faults = read((id_, language), text)
    warned = await warnings(connection, p, desk, article) if article else []
    shown = await asyncio.to_thread(_shown, text, language)
    return shown | {"problems": problems(faults), "warnings": warned}


def _shown(text: Text, language: str) -> dict[str, Any]:
    found = chunks(text.body, str(text.front.get("title") or ""), language)
    passages = [{"heading": chunk.heading, "text": chunk.text, "tokens": tokens(chunk.text)} for chunk in found]
    return {"html": render(text.body, ARTICLES), "passages": passages}
