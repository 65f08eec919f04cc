"""Files of articles that an editor drops into the browser become drafts; nothing is published, and no draft is overwritten."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from limits import parse
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk.audit import record
from agent.errors import BadInput
from api.deps import App, Editor, Limits
from knowledge.article import Article, Problem
from knowledge.editorial.drafts import Change, save
from knowledge.editorial.errors import DraftConflict, TooLarge
from knowledge.editorial.form import typed
from knowledge.sources.defaults import Defaults
from knowledge.sources.upload import articles_of
from knowledge.variants import front_of

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

UPLOADS = parse("10/minute")
MOST_FILES = 20
MOST_BYTES = 10 * 1024 * 1024
#: More than anybody reads through; a whole help centre is a source, not an upload.
MOST_ARTICLES = 500
#: Files read at once: a large PDF takes a core for seconds.
READING = asyncio.Semaphore(1)


class TooMuch(BadInput):
    """An upload may have 20 files and 10 MB in all. Send it in several, or set the folder up as a source."""

    status = 413
    code = "too_large"


@router.post("/upload")
async def upload(
    p: App, operator: Editor, limits: Limits, files: Annotated[list[UploadFile], File()], defaults: Annotated[str, Form()] = "{}"
) -> dict[str, Any]:
    """Markdown, CSV, XLSX, HTML, PDF or a ZIP of them. A draft that exists already is named with `existed` and left as it is."""
    await limits.check(UPLOADS, "upload", operator.id)
    articles, problems = await _articles(files, _defaults(defaults))
    drafts: list[dict[str, Any]] = []
    async with p.engine.begin() as connection:
        for article in articles:
            try:
                drafts.append(await _draft(connection, article, operator.id))
            except TooLarge as error:
                problems.append(Problem(f"{article.language}/{article.id}", 1, str(error)))
        made = [f"{draft['language']}/{draft['id']}" for draft in drafts if not draft["existed"]]
        await record(connection, operator.id, "knowledge.upload", files=len(files), drafts=made)
    return {"drafts": drafts, "problems": [{"file": x.file, "line": x.line, "message": x.message} for x in problems]}


def _defaults(given: str) -> Defaults:
    try:
        return Defaults.model_validate_json(given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadInput(
            f"defaults: {'.'.join(map(str, first['loc']))} {first['msg']}. Give a JSON object of front matter fields."
        ) from error


async def _articles(files: Sequence[UploadFile], defaults: Defaults) -> tuple[list[Article], list[Problem]]:
    """Raises TooMuch."""
    if len(files) > MOST_FILES or sum(file.size or 0 for file in files) > MOST_BYTES:
        raise TooMuch
    articles: list[Article] = []
    problems: list[Problem] = []
    for file in files:
        data = await file.read()
        async with READING:
            loaded = await asyncio.to_thread(articles_of, file.filename or "", data, defaults)
        articles.extend(loaded.articles)
        problems.extend(loaded.problems)
    if len(articles) > MOST_ARTICLES:
        problems.append(Problem("", 0, f"{len(articles) - MOST_ARTICLES} articles were left out: an upload may have {MOST_ARTICLES}"))
    # In one order whoever uploads: two uploads of the same articles then wait for each other instead of locking each other out.
    return sorted(articles[:MOST_ARTICLES], key=lambda article: (article.id, article.language)), problems


async def _draft(connection: AsyncConnection, article: Article, by: str) -> dict[str, Any]:
    """Raises TooLarge."""
    shown = {"id": article.id, "language": article.language, "title": article.title}
    text = typed(front_of(article), article.body)
    try:
        version = await save(connection, Change(key=(article.id, article.language), version=None, text=text, by=by, note="Uploaded"))
    except DraftConflict as conflict:
        theirs: dict[str, Any] = conflict.more.get("theirs") or {}
        return {**shown, "version": theirs.get("version"), "existed": True}
    return {**shown, "version": version, "existed": False}
