"""What waits for a second person: look, agree, refuse."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import approvals
from agent.desk.ordering import read
from api.deps import App, Operator, shop

router = APIRouter(prefix="/api/desk/approvals", tags=["desk"])


class Word(BaseModel):
    model_config = ConfigDict(extra="forbid")
    note: str = Field(default="", max_length=2000)


@router.get("")
async def waiting(
    p: App,
    operator: Operator,
    state: Literal["waiting", "approved", "refused", "expired"] = "waiting",
    case: Annotated[str, Query(max_length=64)] = "",
) -> dict[str, Any]:
    """Oldest first; with `case`, all of that case in whatever state. `mine`: you asked for it; `may`: you can decide it."""
    async with p.engine.connect() as connection:
        found = await approvals.listing(connection, state=state, case=case)
    return {"approvals": [each | approvals.rights(each, operator.id, operator.authority) for each in found]}


@router.post("/{approval_id}/approve")
async def approve(p: App, operator: Operator, approval_id: str, body: Word) -> dict[str, str]:
    order, _ = await read(await approvals.order_of(p.engine, approval_id), shop(p))
    await approvals.approve(p.engine, p.queue, approval_id, operator.id, operator.authority, body.note, order)
    return {"state": "approved"}


@router.post("/{approval_id}/refuse")
async def refuse(p: App, operator: Operator, approval_id: str, body: Word) -> dict[str, str]:
    await approvals.refuse(p.engine, p.queue, approval_id, operator.id, operator.authority, body.note)
    return {"state": "refused"}
