"""Inbound channels: verified on the raw bytes, stored, then acknowledged."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Header, Request
from pydantic import ValidationError

from agent.desk.inbox import receive
from api.channels import webhook
from api.deps import App

router = APIRouter(prefix="/api/channels", tags=["channels"])
log = structlog.get_logger()


@router.post("/webhook/{account}")
async def inbound(
    p: App,
    request: Request,
    account: str,
    x_portside_timestamp: Annotated[str, Header()] = "",
    x_portside_signature: Annotated[str, Header()] = "",
) -> dict[str, str | bool]:
    """A payload of a shape we do not know is answered 200, so that the platform does not deliver it for ever."""
    body = await request.body()
    webhook.verify(p.settings.webhook_secret.get_secret_value(), x_portside_timestamp, x_portside_signature, body)
    try:
        message = webhook.parse(body, account)
    except ValidationError as error:
        log.info("webhook.unknown_payload", errors=error.error_count())
        return {"stored": False}
    received = await receive(p.engine, p.queue, message)
    return {"stored": True, "id": received.message, "duplicate": received.duplicate}
