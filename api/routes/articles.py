"""Reading articles as their editors do: the list, one whole, its history, what differs, how a draft will look."""

import asyncio
import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.deps import App, Operator
from api.editing import ARTICLES, Editing, preview
from api.routes.drafts import Article, Content, Language
from knowledge.editorial import difference, history
from knowledge.editorial.filters import Wanted, chosen
from knowledge.editorial.form import typed
from knowledge.editorial.listing import Listed
from knowledge.editorial.underway import look
from knowledge.editorial.whole import lines_json, whole
from knowledge.markup import render

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

Filter = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Path(ge=1, lt=2**31)]
Which = Annotated[str, Query(pattern=r"^(published|draft|[1-9]\d{0,8})$")]


@router.get("/articles")
async def articles(
    p: App,
    editing: Editing,
    operator: Operator,
    q: Filter = "",
    language: Filter = "",
    status: Filter = "",
    audience: Filter = "",
    owner: Filter = "",
    health: Filter = "",
    intent: Filter = "",
    market: Filter = "",
) -> Response:
    wanted, today = Wanted(q, language, status, audience, owner, health, intent, market), p.clock.now().date()
    async with p.engine.connect() as connection:
        catalogue = await editing.catalogues.now(connection)
        desk = await look(connection, catalogue, editing.listing.imported, today, texts=bool(q))
    rows = await editing.rows(catalogue, desk, today)
    return await asyncio.to_thread(lambda: _listed(chosen(rows, wanted, catalogue, desk), rows))


def _listed(found: list[Listed], rows: list[Listed]) -> Response:
    """Put together from rows that are JSON already: the framework would look at every value of thousands of rows again.

    Beside them, what the filters may be set to.
    """
    choices = {
        "total": len(rows),
        "owners": sorted({row.row["owner"] for row in rows if row.row["owner"]}),
        "intents": sorted({intent for row in rows for intent in row.row["intents"]}),
        "languages": sorted({known["language"] for row in rows for known in row.row["languages"]}),
    }
    articles = ",".join(row.encoded for row in found)
    return Response(f'{{"articles":[{articles}],{json.dumps(choices)[1:]}', media_type="application/json")


@router.get("/articles/{article}")
async def one(p: App, editing: Editing, operator: Operator, article: Article) -> dict[str, Any]:
    today = p.clock.now().date()
    async with p.engine.connect() as connection:
        catalogue = await editing.catalogues.now(connection)
        found = await whole(connection, article, catalogue, ARTICLES)
        desk = await look(connection, catalogue, editing.listing.imported, today, texts=False)
    row = editing.listing.one(article, catalogue, desk, today).row
    return {**found, "health": row["health"], "used_30d": row["used_30d"], "cases": None}


@router.get("/articles/{article}/{language}/history")
async def revisions(p: App, operator: Operator, article: Article, language: Language) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        return {"revisions": await history.revisions(connection, (article, language))}


@router.get("/articles/{article}/{language}/revisions/{number}")
async def revision(p: App, operator: Operator, article: Article, language: Language, number: Number) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        row = await history.one(connection, (article, language), number)
    return {"number": row.number, "front": row.front, "body": row.body, "html": render(row.body, ARTICLES)}


@router.get("/articles/{article}/{language}/diff")
async def diff(
    p: App, operator: Operator, article: Article, language: Language, to: Which, from_: Annotated[Which, Query(alias="from")]
) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        before = await history.text(connection, (article, language), from_)
        after = await history.text(connection, (article, language), to)
    lines = await asyncio.to_thread(lambda: lines_json(difference.lines(before.body, after.body)))
    return {"front": difference.fields(before.front, after.front), "lines": lines}


@router.post("/preview")
async def look_at(p: App, editing: Editing, operator: Operator, body: Content) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        return await preview(connection, p, editing, typed(body.front, body.body))
