"""Reading articles as their editors do: the list, one whole, its history, what differs, how a draft will look."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse

from api.deps import App, Operator
from api.editing import ARTICLES, Editing, preview
from api.routes.drafts import Article, Content, Language
from knowledge.editorial import difference, history
from knowledge.editorial.form import typed
from knowledge.editorial.listing import Wanted, chosen, look
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
        desk = await look(connection, catalogue, editing.listing.imported, today)
    rows = editing.listing.rows(catalogue, desk, today)
    # Written here and not by the framework, which would look at every value of thousands of rows again.
    return JSONResponse({"articles": chosen(rows, wanted, catalogue, desk), "total": len(rows), **_choices(rows)})


def _choices(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What the filters may be set to."""
    return {
        "owners": sorted({row["owner"] for row in rows if row["owner"]}),
        "intents": sorted({intent for row in rows for intent in row["intents"]}),
        "languages": sorted({known["language"] for row in rows for known in row["languages"]}),
    }


@router.get("/articles/{article}")
async def one(p: App, editing: Editing, operator: Operator, article: Article) -> dict[str, Any]:
    today = p.clock.now().date()
    async with p.engine.connect() as connection:
        catalogue = await editing.catalogues.now(connection)
        found = await whole(connection, article, catalogue)
        desk = await look(connection, catalogue, editing.listing.imported, today)
    row = editing.listing.row(article, catalogue, desk, today)
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
    lines = await asyncio.to_thread(difference.lines, before.body, after.body)
    return {"front": difference.fields(before.front, after.front), "lines": lines_json(lines)}


@router.post("/preview")
async def look_at(p: App, editing: Editing, operator: Operator, body: Content) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        return await preview(connection, p, editing, typed(body.front, body.body))
