"""News of the supply chain: signed feeds and editors report it, editors withdraw it, and the agent knows after the next sync."""

import json
from typing import Annotated, Any, cast

from fastapi import APIRouter, Header, Query, Request
from pydantic import ValidationError

from agent.bootstrap import Portside
from agent.desk import audit
from agent.errors import BadInput, Forbidden, NotFound
from api import auth, deps
from api.channels import webhook
from api.deps import App, Editor
from knowledge.news.book import enter, listing, strike
from knowledge.news.report import Item, parse
from knowledge.news.source import as_item, reason

router = APIRouter(prefix="/api/knowledge/news", tags=["knowledge"])

MOST_ITEMS = 500
Rejected = list[dict[str, str]]


@router.post("")
async def report_news(
    p: App,
    request: Request,
    x_portside_timestamp: Annotated[str, Header()] = "",
    x_portside_signature: Annotated[str, Header()] = "",
) -> dict[str, Any]:
    """A list of items, or an object with `items`. What is wrong with one keeps none of the others out."""
    body = await request.body()
    by = await _reporter(p, request, x_portside_timestamp, x_portside_signature, body)
    items, rejected = _parsed(_given(body))
    async with p.engine.begin() as connection:
        received = await enter(connection, items, by, p.clock.now())
        changed = [each.id for each in received if each.outcome == "stored"]
        if changed:
            await audit.record(connection, by, "news.reported", ids=changed)
            await p.queue.sync(connection)
    return {"received": [{"id": each.id, "outcome": each.outcome} for each in received], "rejected": rejected, "sync": bool(changed)}


@router.get("")
async def list_news(p: App, editor: Editor, everything: bool = False, limit: Annotated[int, Query(ge=1, le=500)] = 200) -> dict[str, Any]:
    """The newest first: what is valid now or later, or `everything` with what is over and withdrawn."""
    rows = await listing(p.engine, today=None if everything else p.clock.now().date(), limit=limit)
    stamps = ("reported_by", "reported_at", "withdrawn_at")
    return {"news": [{**as_item(row), **{name: row[name] for name in stamps}} for row in rows]}


@router.post("/{id_:path}/withdraw")
async def withdraw_news(p: App, editor: Editor, id_: str) -> dict[str, Any]:
    """Raises NotFound when there is nothing of that id, or it is withdrawn already."""
    async with p.engine.begin() as connection:
        if not await strike(connection, id_, editor.email, p.clock.now()):
            raise NotFound()
        await audit.record(connection, editor.id, "news.withdrawn", ids=[id_])
        await p.queue.sync(connection)
    return {"id": id_, "sync": True}


async def _reporter(p: Portside, request: Request, timestamp: str, given: str, body: bytes) -> str:
    """Raises NotAuthenticated, and Forbidden for an operator who is no editor.

    Where everything for customers needs a second person, nobody publishes alone what no feed has signed: it takes a reviewer.
    """
    if given:
        webhook.verify(p.settings.webhook_secret.get_secret_value(), timestamp, given, body)
        return "webhook"
    found = await deps.operator(p, request)
    needed: auth.Role = "reviewer" if p.settings.four_eyes == "always" else "editor"
    if not found.may(needed):
        raise Forbidden(f"This needs the role {needed}; yours is {found.role}.")
    return found.email


def _given(body: bytes) -> list[Any]:
    """Raises BadInput."""
    try:
        read: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("The body is no JSON. Send a list of news items.") from error
    items = cast(dict[str, Any], read).get("items") if isinstance(read, dict) else read
    if not isinstance(items, list) or len(cast(list[Any], items)) > MOST_ITEMS:
        raise BadInput(f"Send a list of at most {MOST_ITEMS} news items, or an object with such a list as `items`.")
    return cast(list[Any], items)


def _parsed(given: list[Any]) -> tuple[list[Item], Rejected]:
    items: list[Item] = []
    rejected: Rejected = []
    for number, each in enumerate(given):
        try:
            items.append(parse(each))
        except ValidationError as error:
            rejected.append({"item": str(number), "problem": reason(error)})
    return items, rejected
