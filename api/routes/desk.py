"""The operators' API: sign in, the queue, a case, a conversation."""

import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import cases, chat, operators
from agent.desk.notices import QUEUE
from agent.domain.reply import OperatorAction
from api import auth, limiter
from api.deps import App, Limits, Operator
from api.stream import EventStream, events, next_notice

router = APIRouter(prefix="/api/desk", tags=["desk"])


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str = Field(max_length=200)
    password: str = Field(max_length=200)


class Answer(BaseModel):
    """`remedies`: kinds of the suggested remedies that the operator orders with the reply."""

    model_config = ConfigDict(extra="forbid")
    version: int
    action: Literal["approve", "edit", "reject"]
    text: str = Field(default="", max_length=8000)
    remedies: list[str] = Field(default_factory=list, max_length=5)


class Write(BaseModel):
    model_config = ConfigDict(extra="forbid")
    client_id: uuid.UUID
    text: str = Field(min_length=1, max_length=8000)


@router.post("/login")
async def login(p: App, limits: Limits, request: Request, response: Response, body: Login) -> dict[str, str]:
    await limits.check(limiter.SIGN_IN, request.client.host if request.client else "")
    await limits.check(limiter.SIGN_IN, body.email.strip().lower())
    token, operator = await auth.sign_in(p.engine, body.email, body.password)
    response.set_cookie(
        auth.COOKIE, token, httponly=True, samesite="lax", secure=p.settings.secure_cookies, max_age=auth.SESSION_HOURS * 3600
    )
    return {"csrf": operator.csrf}


@router.post("/logout", status_code=204)
async def logout(p: App, request: Request, response: Response, operator: Operator) -> None:
    await auth.sign_out(p.engine, request.cookies[auth.COOKIE])
    response.delete_cookie(auth.COOKIE)


@router.get("/cases")
async def queue(
    p: App,
    operator: Operator,
    status: Literal["open", "closed"] = "open",
    desk: Literal["operator", "supply_chain", "crisis"] | None = None,
) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        rows = await cases.listing(connection, status=status, desk=desk)
    return {"cases": [cases.row_json(row) for row in rows]}


@router.get("/cases/{case_id}")
async def case(p: App, operator: Operator, case_id: str) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        row = await cases.get(connection, case_id)
    return cases.whole_json(row) | {"messages": await chat.messages(p.engine, row.conversation)}


@router.post("/cases/{case_id}/take")
async def take_case(p: App, operator: Operator, case_id: str) -> dict[str, str]:
    async with p.engine.connect() as connection:
        row = await cases.get(connection, case_id)
    await cases.take(p.engine, row.conversation, operator.id)
    return {"owner": operator.id}


@router.post("/cases/{case_id}/release")
async def release_case(p: App, operator: Operator, case_id: str) -> dict[str, str]:
    async with p.engine.connect() as connection:
        row = await cases.get(connection, case_id)
    await operators.to_queue(p.engine, row.conversation, operator.id)
    return {"owner": "desk"}


@router.post("/cases/{case_id}/answer", status_code=202)
async def answer(p: App, operator: Operator, case_id: str, body: Answer) -> dict[str, str]:
    action = OperatorAction(action=body.action, text=body.text, operator=operator.id, remedies=tuple(body.remedies))
    await cases.act(p.engine, p.queue, case_id, body.version, action)
    return {"status": "answering"}


@router.get("/conversations")
async def conversations(p: App, operator: Operator, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> dict[str, Any]:
    return {"conversations": await chat.recent(p.engine, limit)}


@router.get("/conversations/{conversation_id}")
async def conversation(p: App, operator: Operator, conversation_id: str) -> dict[str, Any]:
    found = await operators.conversation_json(p.engine, conversation_id)
    found["messages"] = await chat.messages(p.engine, conversation_id)
    found["turns"] = await chat.turns(p.engine, conversation_id)
    return found


@router.post("/conversations/{conversation_id}/take")
async def take(p: App, operator: Operator, conversation_id: str) -> dict[str, str]:
    await cases.take(p.engine, conversation_id, operator.id)
    return {"owner": operator.id}


@router.post("/conversations/{conversation_id}/release")
async def release(p: App, operator: Operator, conversation_id: str) -> dict[str, str]:
    await operators.to_bot(p.engine, conversation_id, operator.id)
    return {"owner": "bot"}


@router.post("/conversations/{conversation_id}/messages", status_code=202)
async def write(p: App, operator: Operator, conversation_id: str, body: Write) -> dict[str, str]:
    message = await operators.write(p.engine, p.queue, conversation_id, operator.id, body.text, str(body.client_id))
    return {"id": message}


@router.get("/photos/{photo_id}")
async def photo(p: App, operator: Operator, photo_id: str) -> Response:
    return Response(await chat.photo(p.engine, photo_id), media_type="image/jpeg")


@router.get("/events")
async def stream(p: App, request: Request, operator: Operator) -> EventStream:
    return events(_events(p, request.cookies.get(auth.COOKIE)))


async def _events(p: App, cookie: str | None) -> AsyncIterator[tuple[str, Any]]:
    async with p.notices.subscribe(QUEUE) as notices:
        while True:
            notice = await next_notice(notices)
            kind = str(notice["kind"])
            if kind == "ping" and await auth.session(p.engine, cookie) is None:
                return  # signed out, or expired
            yield ("", None) if kind == "ping" else ("case" if kind == "case" else "message", notice)
