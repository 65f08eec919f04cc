"""The operators' API for conversations that may be the same customer's: look, confirm, deny."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import matching
from api.deps import App, Operator

router = APIRouter(prefix="/api/desk/conversations", tags=["desk"])


class Judgement(BaseModel):
    """`same`: whether the other conversation is the same customer's."""

    model_config = ConfigDict(extra="forbid")
    other: str = Field(max_length=100)
    same: bool


@router.get("/{conversation_id}/matches")
async def matches(p: App, operator: Operator, conversation_id: str) -> dict[str, Any]:
    found = await matching.suggestions(p.engine, p.parts.orders, conversation_id, p.clock.now())
    return {"matches": [asdict(each) | {"updated_at": each.updated_at.isoformat()} for each in found]}


@router.post("/{conversation_id}/matches")
async def judge(p: App, operator: Operator, conversation_id: str, body: Judgement) -> dict[str, Any]:
    """Confirmed, the two show up in each other's history; what each writer may see or order stays as it is."""
    await matching.decide(p.engine, p.parts.orders, conversation_id, body.other, same=body.same, operator=operator.id, now=p.clock.now())
    return await matches(p, operator, conversation_id)
