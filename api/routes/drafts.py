"""Writing articles: drafts saved while they are typed, sent to review, published; revisions restored, articles retired."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import audit
from api.deps import App, Editor, Reviewer
from api.editing import Editing, draft_answer
from knowledge.editorial import drafts
from knowledge.editorial.drafts import MAX_NOTE, Change
from knowledge.editorial.form import Value, typed
from knowledge.editorial.publish import publish
from knowledge.editorial.review import Person

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

Article = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Language = Annotated[str, Path(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Version = Annotated[int, Field(ge=1, lt=2**31)]
Note = Annotated[str, Field(max_length=MAX_NOTE)]


class Content(BaseModel):
    """Front matter as the form has it, and Markdown; neither need be right yet."""

    model_config = ConfigDict(extra="forbid")
    front: dict[str, Value] = Field(max_length=50)
    body: str


class Save(Content):
    """`base`: the published variant that the page shows, null for none; when it is not the newest any more, the save is a conflict.

    `in_line` false: this translation does not follow yet what changed in its source.
    """

    version: Version | None
    note: Note = ""
    base: str | None = Field(default=None, max_length=200)
    in_line: bool = True


class Step(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: Version
    note: Note = ""


class Retire(BaseModel):
    model_config = ConfigDict(extra="forbid")
    note: Note = ""


class Restore(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: Version
    version: Version | None = None


@router.put("/drafts/{article}/{language}")
async def save(p: App, editing: Editing, editor: Editor, article: Article, language: Language, body: Save) -> dict[str, Any]:
    key, text = (article, language), typed(body.front, body.body)
    seen = (body.base or "") if "base" in body.model_fields_set else None
    change = Change(key=key, version=body.version, text=text, by=editor.id, note=body.note, seen=seen, in_line=body.in_line)
    async with p.engine.begin() as connection:
        version = await drafts.save(connection, change)
        if body.version is None:  # who else changed it stands with the draft: a line for every stroke would bury the others
            await audit.record(connection, editor.id, "draft.started", article=article, language=language)
        return {"version": version, **await draft_answer(connection, p, editing, key, text)}


@router.delete("/drafts/{article}/{language}", status_code=204)
async def discard(p: App, editor: Editor, article: Article, language: Language, version: Annotated[int, Query(ge=1, lt=2**31)]) -> None:
    async with p.engine.begin() as connection:
        gone = await drafts.discard(connection, (article, language), version)
        # The text stays in the audit: somebody may have spent a day on it.
        what = {"article": article, "language": language, "front": gone.front, "body": gone.body, "editors": gone.editors}
        await audit.record(connection, editor.id, "draft.discarded", **what)


@router.post("/drafts/{article}/{language}/submit")
async def submit(p: App, editor: Editor, article: Article, language: Language, body: Step) -> dict[str, str]:
    async with p.engine.begin() as connection:
        await drafts.submit(connection, (article, language), body.version, body.note, editor.id)
        await audit.record(connection, editor.id, "draft.submitted", article=article, language=language, version=body.version)
    return {"state": "review"}


@router.post("/drafts/{article}/{language}/return")
async def send_back(p: App, reviewer: Reviewer, article: Article, language: Language, body: Step) -> dict[str, str]:
    async with p.engine.begin() as connection:
        await drafts.send_back(connection, (article, language), body.version, body.note, reviewer.id)
        await audit.record(connection, reviewer.id, "draft.returned", article=article, language=language, version=body.version)
    return {"state": "draft"}


@router.post("/drafts/{article}/{language}/publish")
async def publish_draft(p: App, editor: Editor, article: Article, language: Language, body: Step) -> dict[str, Any]:
    person = Person(editor.id, editor.may("reviewer"))
    async with p.engine.begin() as connection:
        done = await publish(connection, (article, language), body.version, person, p.settings.four_eyes == "always")
        await audit.record(connection, editor.id, "article.published", None, article=article, language=language, **asdict(done))
        await p.queue.sync(connection)
    return {"state": "retired" if done.kind == "retired" else "published", "revision": done.number, "sync": "queued"}


@router.post("/articles/{article}/{language}/restore")
async def restore(p: App, editor: Editor, article: Article, language: Language, body: Restore) -> dict[str, int]:
    async with p.engine.begin() as connection:
        version = await drafts.restore(connection, (article, language), body.number, body.version, editor.id)
        await audit.record(connection, editor.id, "draft.restored", article=article, language=language, revision=body.number)
    return {"version": version}


@router.post("/articles/{article}/{language}/retire")
async def retire(p: App, editor: Editor, article: Article, language: Language, body: Retire) -> dict[str, int]:
    async with p.engine.begin() as connection:
        version = await drafts.retire(connection, (article, language), body.note, editor.id)
        await audit.record(connection, editor.id, "draft.to_retire", article=article, language=language)
    return {"version": version}
