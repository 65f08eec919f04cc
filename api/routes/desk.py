"""The operators' API: sign in, the queue, a case, a conversation."""

import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import cases, chat, operators
from agent.desk.notices import QUEUE
from agent.desk.ordering import Wanted
from agent.domain.commerce import Piece
from agent.domain.money import Money
from agent.domain.reply import OperatorAction
from agent.errors import BadInput
from api import auth, limiter
from api.deps import App, Limits, Operator, shop
from api.stream import EventStream, events, next_notice

router = APIRouter(prefix="/api/desk", tags=["desk"])


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str = Field(max_length=200)
    password: str = Field(max_length=200)


class Pieces(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sku: str = Field(max_length=80)
    quantity: int = Field(ge=1, le=1000)


class Ordered(BaseModel):
    """A suggested kind with an amount of its own (minor units and currency), or for some pieces only."""

    model_config = ConfigDict(extra="forbid")
    kind: str = Field(max_length=40)
    minor: int | None = Field(default=None, ge=1, le=2**31 - 1)
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    pieces: list[Pieces] = Field(default_factory=list[Pieces], max_length=50)

    def wanted(self) -> Wanted:
        """Raises BadInput."""
        if (self.minor is None) != (self.currency is None):
            raise BadInput("An amount needs both: minor (an integer) and currency (as EUR).")
        amount = Money(self.minor, self.currency) if self.minor is not None and self.currency else None
        return Wanted(kind=self.kind, amount=amount, pieces=tuple(Piece(piece.sku, piece.quantity) for piece in self.pieces))


class Answer(BaseModel):
    """`remedies`: kinds of the suggested remedies that the operator orders with the reply; `orders`: with amounts or pieces."""

    model_config = ConfigDict(extra="forbid")
    version: int
    action: Literal["approve", "edit", "reject"]
    text: str = Field(default="", max_length=8000)
    remedies: list[str] = Field(default_factory=list, max_length=5)
    orders: list[Ordered] = Field(default_factory=list[Ordered], max_length=5)


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
async def answer(p: App, operator: Operator, case_id: str, body: Answer) -> dict[str, Any]:
    """`effects`: what was ordered, and which of it waits for the approval of whom."""
    action = OperatorAction(action=body.action, text=body.text, operator=operator.id, remedies=tuple(body.remedies))
    wanted = [each.wanted() for each in body.orders]
    planned = await cases.act(p.engine, p.queue, case_id, body.version, action, wanted, role=operator.authority, shop=shop(p))
    return {"status": "answering", "effects": planned}


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
