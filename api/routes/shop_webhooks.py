"""The doors of the merchant's shops and carriers: verified on the raw bytes, heard once, and what they tell of is read again."""

import hashlib
from dataclasses import replace

import structlog
from fastapi import APIRouter, Request

from agent.commerce.told import hear
from agent.errors import BadInput, NotFound
from api.deps import App

router = APIRouter(prefix="/webhooks/shops", tags=["channels"])
log = structlog.get_logger()
MAX_BODY = 1024 * 1024


class TooMuchTold(BadInput):
    """The message is larger than 1 MB. Have the source tell less in one."""

    status = 413
    code = "too_large"


@router.post("/{name}")
async def told(p: App, request: Request, name: str) -> dict[str, bool]:
    """200 for everything that is signed, so that no source delivers for ever what is of no interest to us."""
    if (door := p.commerce.doors.get(name)) is None:
        raise NotFound("No source of that name has a webhook secret. See `secrets` in the shops file.")
    body, now = await _body(request), p.clock.now()
    change = door.hear(request.headers, body, now)
    if change is None:
        return {"heard": False}
    named = change if change.delivery else replace(change, delivery=hashlib.sha256(body).hexdigest())
    heard = await hear(p.engine, named, now)
    log.info("shop.told", source=name, kind=change.kind.value, heard=heard)
    return {"heard": heard}


async def _body(request: Request) -> bytes:
    """Bounded while it is read: a stranger may send anything."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise TooMuchTold()
    return bytes(body)
