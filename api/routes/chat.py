"""The web chat: sessions, messages, photos, and the stream of what happens."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import chat as desk
from agent.desk.inbox import Inbound, receive
from agent.errors import BadInput, PhotoTooLarge
from agent.vision.intake import MAX_BYTES, take_in_soon
from api import auth, limiter
from api.deps import App, Limits, Visitor
from api.stream import EventStream, events, next_notice

router = APIRouter(prefix="/api/chat", tags=["chat"])
ACCOUNT = "web"
#: Seconds between looks while a visitor has the chat open and has not written yet.
FIRST_MESSAGE = 1.0


class OpenSession(BaseModel):
    model_config = ConfigDict(extra="forbid")
    market: str = Field(default="DE", pattern="^[A-Z]{2}$")
    language: str | None = Field(default=None, max_length=12)
    identity: str | None = Field(default=None, max_length=4000)
    token: str | None = Field(default=None, max_length=4000)


class Send(BaseModel):
    model_config = ConfigDict(extra="forbid")
    client_id: uuid.UUID
    text: str = Field(default="", max_length=20_000)
    photos: list[str] = Field(default_factory=list, max_length=4)


@router.post("/session")
async def open_session(p: App, limits: Limits, request: Request, body: OpenSession) -> dict[str, Any]:
    """A token for the widget. An old token, even an expired one, finds its conversation again."""
    await limits.check(limiter.SESSIONS, request.client.host if request.client else "")
    secret = p.settings.secret.get_secret_value()
    old = auth.read(secret, body.token, expired_too=True) if body.token else None
    email = auth.identity(p.settings.shop_secret.get_secret_value(), body.identity) if body.identity else None
    thread = old.thread if old and old.email == email else uuid.uuid4().hex
    expires = int(time.time()) + auth.TOKEN_MINUTES * 60
    visitor = auth.Visitor(thread, body.market, email, expires, body.language)
    found = await desk.find(p.engine, "web", ACCOUNT, thread)
    return {
        "token": auth.issue(secret, visitor),
        "conversation": found,
        "expires_at": visitor.expires_at,
        "language": body.language,
        "brand": p.settings.brand,
    }


@router.post("/messages", status_code=202)
async def send(p: App, limits: Limits, visitor: Visitor, body: Send) -> dict[str, Any]:
    """Store a message; 202 means it is safe. The same client_id again changes nothing."""
    await limits.check(limiter.MESSAGES, visitor.thread)
    if not body.text.strip() and not body.photos:
        raise BadInput("The message is empty. Write something or attach a photo.")
    photos = await desk.photos(p.engine, visitor.thread, body.photos)
    inbound = Inbound(
        channel="web",
        account=ACCOUNT,
        thread=visitor.thread,
        external_id=f"{visitor.thread}:{body.client_id}",
        text=body.text,
        market=visitor.market,
        photos=photos,
        signed_email=visitor.email,
        language=visitor.language,
    )
    received = await receive(p.engine, p.queue, inbound)
    return {"id": received.message, "seq": received.seq, "duplicate": received.duplicate}


@router.post("/photos", status_code=201)
async def upload(p: App, limits: Limits, visitor: Visitor, file: Annotated[UploadFile, File()]) -> dict[str, Any]:
    """Only a re-encoded copy without metadata is kept."""
    await limits.check(limiter.PHOTOS, visitor.thread)
    if (file.size or 0) > MAX_BYTES:
        raise PhotoTooLarge
    photo = await take_in_soon(await file.read(MAX_BYTES + 1))
    await desk.keep_photo(p.engine, visitor.thread, photo)
    return {"id": photo.id, "width": photo.width, "height": photo.height, "url": f"/api/chat/photos/{photo.id}"}


@router.get("/photos/{photo_id}")
async def photo(p: App, visitor: Visitor, photo_id: str) -> Response:
    return Response(await desk.photo(p.engine, photo_id, visitor.thread), media_type="image/jpeg")


@router.get("/messages")
async def history(p: App, visitor: Visitor, after: Annotated[int, Query(ge=0)] = 0) -> dict[str, Any]:
    found = await desk.find(p.engine, "web", ACCOUNT, visitor.thread)
    if found is None:
        return {"messages": [], "state": {"owner": "bot", "waiting": False}}
    return {"messages": await desk.messages(p.engine, found, after), "state": await desk.state(p.engine, found)}


@router.get("/events")
async def stream(p: App, visitor: Visitor, after: Annotated[int, Query(ge=0)] = 0) -> EventStream:
    return events(_events(p, visitor, after))


async def _events(p: App, visitor: auth.Visitor, after: int) -> AsyncIterator[tuple[str, Any]]:
    """Everything after `after`, then what comes. The tables are read anew on every notice, so none can be missed."""
    found = await desk.find(p.engine, "web", ACCOUNT, visitor.thread)
    while found is None and time.time() < visitor.expires_at:
        yield "", None
        await asyncio.sleep(FIRST_MESSAGE)
        found = await desk.find(p.engine, "web", ACCOUNT, visitor.thread)
    if found is None:
        return
    async with p.notices.subscribe(found) as notices:
        kind, state = "state", {"owner": "bot"}
        while time.time() < visitor.expires_at:
            fresh = await desk.messages(p.engine, found, after)
            for message in fresh:
                after = max(after, message["seq"])
                yield "message", message
            if kind != "message":
                state = await desk.state(p.engine, found)
                yield "state", state
            if fresh and fresh[-1]["author"] == "customer" and state["owner"] == "bot":
                yield "typing", {}
            if kind == "ping":
                yield "", None
            kind = str((await next_notice(notices))["kind"])
