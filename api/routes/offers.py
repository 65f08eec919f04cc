"""Operators put ways out before a customer."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from agent.desk import offering
from api.deps import App, Operator

router = APIRouter(prefix="/api/desk/cases", tags=["desk"])


class Ways(BaseModel):
    """`keys`: of the case's offers, at most three."""

    model_config = ConfigDict(extra="forbid")
    version: int
    keys: list[str] = Field(min_length=1, max_length=offering.MOST)


@router.post("/{case_id}/offer", status_code=202)
async def offer(p: App, operator: Operator, case_id: str, body: Ways) -> dict[str, str]:
    role = operator.authority
    return {"message": await offering.put_before(p.engine, p.queue, p.parts, case_id, body.version, operator.id, role, body.keys)}
