"""The customers' help pages as data: suggestions in order, search, one article."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from limits import parse

from agent.domain.languages import FALLBACK, SUPPORTED
from api import auth
from api.deps import App, Limits
from api.faq import Faq, card, html
from api.limiter import Limiter
from knowledge.faq import Visitor

router = APIRouter(prefix="/api/faq", tags=["faq"])
READS = parse("300/minute")
#: Each embeds its question.
SEARCHES = parse("120/minute")
SHARED, PERSONAL = "public, max-age=60", "private, no-store"
MARKET = r"^[A-Za-z]{2}$"

Language = Annotated[str, Query(max_length=20)]
Market = Annotated[str | None, Query(pattern=MARKET)]
Question = Annotated[str, Query(max_length=300)]


def faq(request: Request, p: App) -> Faq:
    return request.app.state.faq


SelfService = Annotated[Faq, Depends(faq)]


def served(wanted: str) -> str:
    """The served language of a tag such as `pt-BR`; English for all others."""
    found = wanted.casefold().replace("_", "-").partition("-")[0]
    return found if found in SUPPORTED else FALLBACK


async def reading(limits: Limits, request: Request) -> None:
    """Raises TooManyRequests."""
    await limits.check(READS, "faq", caller(request))


def caller(request: Request) -> str:
    return request.client.host if request.client else ""


async def searching(limits: Limiter, request: Request) -> None:
    """Raises TooManyRequests."""
    await limits.check(SEARCHES, "faq search", caller(request))


async def visitor(
    p: App,
    service: SelfService,
    language: Language = "",
    market: Market = None,
    authorization: Annotated[str, Header()] = "",
) -> Visitor:
    """Who asks; their orders count only with a widget token that carries a signed identity. Raises NotAuthenticated for a bad token."""
    scheme, _, token = authorization.partition(" ")
    held = auth.read(p.settings.secret.get_secret_value(), token) if scheme.casefold() == "bearer" and token else None
    wanted = served(language or (held and held.language) or FALLBACK)
    place = (market or (held and held.market) or "").upper() or None
    return await service.visitor(wanted, place, held.email if held else None)


Reader = Annotated[Visitor, Depends(visitor)]


def keep(response: Response, request: Request) -> None:
    """What a token has made personal is kept by nobody."""
    response.headers["cache-control"] = PERSONAL if request.headers.get("authorization") else SHARED
    response.headers["vary"] = "Authorization"


@router.get("", dependencies=[Depends(reading)])
async def suggestions(
    service: SelfService,
    limits: Limits,
    request: Request,
    response: Response,
    reader: Reader,
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
    q: Question = "",
) -> dict[str, Any]:
    """Articles in the order this visitor is likely to need them, each with `why`; with `q`, those that answer it."""
    keep(response, request)
    if q.strip():
        await searching(limits, request)
        found = await service.search(q, reader)
        cards = [card(variant, "found", text) for variant, text in found.hits[:limit]]
        return {"language": reader.language, "answerable": found.sure, "articles": cards}
    ranked = await service.suggest(reader, limit)
    return {"language": reader.language, "articles": [card(item.variant, item.why) for item in ranked]}


@router.get("/{article_id}", dependencies=[Depends(reading)])
async def article(service: SelfService, request: Request, response: Response, reader: Reader, article_id: str) -> dict[str, Any]:
    """One article for customers, as safe HTML; in English where it is not translated."""
    keep(response, request)
    found = await service.article(article_id, reader)
    told = {"id": found.article.id, "title": found.article.title, "language": found.article.language}
    return told | {"html": html(found.id, found.article.body), "updated_at": await service.updated(found)}
