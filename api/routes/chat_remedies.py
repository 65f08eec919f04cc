"""What the customer's page shows of remedies under way."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from agent.desk import chat as desk
from agent.desk import progress
from agent.domain.languages import FALLBACK
from api.deps import App, Visitor
from api.routes.chat import ACCOUNT

router = APIRouter(prefix="/api/chat", tags=["chat"])


@router.get("/remedies")
async def remedies(p: App, visitor: Visitor, language: Annotated[str, Query(max_length=12)] = FALLBACK) -> dict[str, Any]:
    """Of this conversation alone: its kind, its order, and its steps in the customer's language, each done, now or next."""
    found = await desk.find(p.engine, "web", ACCOUNT, visitor.thread)
    if found is None:
        return {"remedies": []}
    base = language.lower().replace("_", "-").partition("-")[0]
    return {"remedies": await progress.remedies(p.engine, found, p.clock.now(), lambda phrase: p.parts.phrases.render(phrase, base))}
