"""Draft help at the desk: an operator's wish is answered piece by piece; thumbs on drafts; who wrote what."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from fastapi import APIRouter
from limits import parse
from pydantic import BaseModel, ConfigDict, Field

from agent.bootstrap import Portside
from agent.desk.help import case_file
from agent.desk.help.answer import Desk, helped
from agent.desk.help.told import Told, event
from agent.desk.help.wish import LONGEST
from agent.desk.ratings import NOTE, rate, ratings
from agent.desk.written import written
from agent.errors import PortsideError, frames
from agent.writing import voice
from agent.writing.voice import Voices
from api.deps import App, Limits, Operator
from api.stream import EventStream, events

router = APIRouter(prefix="/api/desk", tags=["desk"])
log = structlog.get_logger()

WISHES = parse("30/minute")
#: Seconds for one wish, whatever a model's endpoint does.
PATIENCE = 20.0


class Wished(BaseModel):
    model_config = ConfigDict(extra="forbid")
    wish: str = Field(min_length=1, max_length=LONGEST)
    text: str = Field(default="", max_length=8000)  # the draft as the operator has it now


class Thumb(BaseModel):
    """`good` null takes it back."""

    model_config = ConfigDict(extra="forbid")
    good: bool | None
    note: str = Field(default="", max_length=NOTE)


@router.post("/cases/{case_id}/help")
async def ask(p: App, operator: Operator, limits: Limits, case_id: str, body: Wished) -> EventStream:
    """Events: `piece` (a sentence or a line, with its sources and faults), then `done` or `failed`. Nothing is changed or sent by it."""
    await limits.check(WISHES, "help", operator.id)
    file = replace(await case_file.read(p.engine, case_id), edited=body.text)
    return events(_told(helped(_desk(p), file, body.wish)))


def _desk(p: Portside) -> Desk:
    models = p.models if p.models.has("small") or p.models.has("large") else None
    return Desk(engine=p.engine, embedder=p.embedder, parts=p.parts, clock=p.clock, voices=_voices(p.settings.voice), models=models)


@cache
def _voices(guide: Path | None) -> Voices:
    return voice.load(guide)


async def _told(source: AsyncIterator[Told]) -> AsyncIterator[tuple[str, Any]]:
    """The answer is worked out in a task of its own: what it spends and how long it takes is bound to that task alone."""
    line: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue()
    work = asyncio.create_task(_work(source, line))
    try:
        while (item := await line.get()) is not None:
            yield item
    finally:
        work.cancel()  # whoever asked has gone


async def _work(source: AsyncIterator[Told], line: asyncio.Queue[tuple[str, Any] | None]) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            async for told in source:
                await line.put(event(told))
    except TimeoutError:
        await line.put(_failed("took_too_long", f"This took longer than {PATIENCE:.0f} seconds. The draft stands as it is."))
    except PortsideError as error:
        await line.put(_failed(error.code, str(error)))
    except Exception as error:  # the line is open already: only an event can say it
        log.error("help.broken", error=type(error).__name__, at=frames(error))
        await line.put(_failed("internal", "This could not be worked out. The draft stands as it is; the log has the cause."))
    finally:
        line.put_nowait(None)


def _failed(code: str, message: str) -> tuple[str, Any]:
    return "failed", {"code": code, "message": message}


@router.get("/cases/{case_id}/ratings")
async def thumbs(p: App, operator: Operator, case_id: str) -> dict[str, Any]:
    return {"ratings": await ratings(p.engine, case_id)}


@router.post("/cases/{case_id}/ratings")
async def thumb(p: App, operator: Operator, case_id: str, body: Thumb) -> dict[str, Any]:
    await rate(p.engine, case_id, operator.id, body.good, body.note)
    return {"ratings": await ratings(p.engine, case_id)}


@router.get("/conversations/{conversation_id}/written")
async def by_whom(p: App, operator: Operator, conversation_id: str) -> dict[str, Any]:
    return {"messages": await written(p.engine, conversation_id)}
