"""Is it up, is it well, what is it doing."""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from agent.commerce.demo_effects import DemoEffects
from agent.errors import NotFound
from api.deps import App

router = APIRouter(tags=["status"])


@router.get("/healthz")
async def health(p: App) -> dict[str, Any]:
    async with p.engine.connect() as connection:
        snapshot = (await connection.execute(text("select snapshot_id from knowledge_active"))).scalar_one_or_none()
    return {"status": "ok", "snapshot": snapshot, "brain": p.parts.brain.name, "demo": p.settings.demo}


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/documents/{document_id}")
async def document(p: App, document_id: str) -> Response:
    """Return labels, under an id that cannot be guessed."""
    shop = p.commerce.effects
    content = await shop.document(document_id) if isinstance(shop, DemoEffects) else b""
    if not content.startswith(b"%PDF-"):  # the demo shop files its mails beside them
        raise NotFound
    return Response(content, media_type="application/pdf", headers={"cache-control": "private"})
