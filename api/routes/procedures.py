"""Remedies under way, for the desk: how far each is by its operating procedure, and what people tell of it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import ordering, procedures, steps
from agent.errors import BadInput
from api.deps import App, Operator, shop

router = APIRouter(prefix="/api/desk/procedures", tags=["desk"])
Short = Annotated[str, Query(max_length=64)]


class Event(BaseModel):
    """`grade`: of an inspection, by the written standard."""

    model_config = ConfigDict(extra="forbid")
    event: str = Field(min_length=1, max_length=40)
    note: str = Field(default="", max_length=2000)
    grade: Literal["A", "B", "C", "D", "E"] | None = None


@router.get("")
async def listing(p: App, operator: Operator, order: Short = "", conversation: Short = "") -> dict[str, Any]:
    """Newest first, each with all its steps, their standards, and what may happen next."""
    if not order and not conversation:
        raise BadInput("Say whose: ?order=1042 or ?conversation=...")
    async with p.engine.connect() as connection:
        return {"procedures": await procedures.listing(connection, order=order.strip().lstrip("#"), conversation=conversation)}


@router.post("/{procedure_id}/events")
async def tell(p: App, operator: Operator, procedure_id: str, body: Event) -> dict[str, Any]:
    """What happened; `effects` is what it has planned."""
    entries = await steps.by_operator(
        p.engine,
        p.queue,
        procedure_id,
        body.event,
        body.note,
        body.grade,
        who=operator.id,
        role=operator.authority,
        shop=shop(p),
        now=p.clock.now(),
    )
    async with p.engine.connect() as connection:
        found = await procedures.one(connection, procedure_id)
    return {"procedure": found, "effects": ordering.told(entries)}
