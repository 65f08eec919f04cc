"""The customers' help pages: complete without JavaScript, in ten languages."""

import json
from functools import cache
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from agent.errors import NotFound
from api import auth
from api.deps import App, Limits
from api.faq import card, html
from api.routes.faq import MARKET, PERSONAL, SHARED, Question, SelfService, reading, searching, served
from api.routes.pages import NAMES, UI, Storefront
from knowledge import faq
from knowledge.article import EU
from knowledge.faq import TOPICS, Suggestion, Visitor

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[Depends(reading)])
_templates = Jinja2Templates(UI / "templates")
#: What a visitor can say where they are; articles may name any other country too.
_OTHERS = "GB CH NO US CA MX BR CN JP SG AU MY TH VN PH ID KZ GE AM AE SA QA KW MA"
COUNTRIES = EU | frozenset(_OTHERS.split())
#: Suggestions above the topics.
FIRST = 6
MOST = 2000


@cache
def texts(language: str) -> dict[str, str]:
    return json.loads((UI / "texts" / "faq" / f"{language}.json").read_text(encoding="utf-8"))


@cache
def countries(language: str) -> dict[str, str]:
    """Codes and names, in the order of the names."""
    names = Locale.parse(language).territories
    return dict(sorted(((code, names[code]) for code in COUNTRIES), key=lambda pair: pair[1].casefold()))


@cache
def language_name(of: str, language: str) -> str:
    """`de` in French is allemand."""
    return Locale.parse(language).languages.get(of.partition("-")[0], of)


def preferred(header: str) -> str:
    """The first language of an Accept-Language header that is served; browsers send the best first."""
    wanted = (part.partition(";")[0].strip() for part in header[:200].split(","))
    return next((base for tag in wanted if (base := tag.casefold().partition("-")[0]) in NAMES), "en")


class Page:
    """What both pages need: the visitor, their words, and links that keep language, country and customer."""

    def __init__(
        self,
        request: Request,
        p: App,
        lang: Annotated[str, Query(max_length=20)] = "",
        market: Annotated[str | None, Query(pattern=f"{MARKET}|^$")] = None,
        who: Annotated[str, Query(alias="as", max_length=200)] = "",
    ) -> None:
        self.request, self.p, self.who = request, p, who
        self.language = served(lang) if lang else preferred(request.headers.get("accept-language", ""))
        self.market = (market or "").upper() or None
        self.email: str | None = None
        self.identity = ""

    async def visitor(self, service: SelfService) -> Visitor:
        """In the demo `as` signs a demo customer in, as on the demo storefront; elsewhere it means nothing."""
        if self.who and self.p.settings.demo:
            shop = cast(Storefront, await self.request.app.state.storefront())
            for known in shop["customers"]:
                if known["email"] == self.who:
                    self.market, self.identity = self.market or known["country"], known["identity"]
                    self.email = auth.identity(self.p.settings.shop_secret.get_secret_value(), self.identity)
        return await service.visitor(self.language, self.market, self.email)

    @property
    def query(self) -> str:
        kept = {"lang": self.language, "market": self.market, "as": self.who if self.identity else None}
        return urlencode({name: value for name, value in kept.items() if value})

    def show(self, template: str, status: int = 200, **values: object) -> Response:
        common: dict[str, object] = {
            "language": self.language,
            "languages": NAMES,
            "t": texts(self.language),
            "brand": self.p.settings.brand,
            "demo": self.p.settings.demo,
            "market": self.market or "",
            "countries": countries(self.language),
            "who": self.who if self.identity else "",
            "identity": self.identity,
            "query": self.query,
            "speaks": lambda code: language_name(code, self.language),  # pyright: ignore[reportUnknownLambdaType]
        }
        headers = {"cache-control": PERSONAL if self.identity else SHARED, "vary": "Accept-Language"}
        return _templates.TemplateResponse(self.request, template, common | values, status, headers)


Shown = Annotated[Page, Depends()]


@router.get("/faq")
async def home(page: Shown, service: SelfService, limits: Limits, q: Question = "") -> Response:
    """Suggestions, then everything by topic; with `q`, what a search finds above them."""
    visitor = await page.visitor(service)
    found = None
    if q.strip():
        await searching(limits, page.request)
        found = await service.search(q, visitor)
    return await _home(page, service, visitor, q=q, found=found)


async def _home(page: Page, service: SelfService, visitor: Visitor, status: int = 200, **values: object) -> Response:
    ranked = await service.suggest(visitor, MOST)
    first = [card(item.variant, item.why) for item in ranked[:FIRST]]
    return page.show("faq.html", status, first=first, topics=by_topic(ranked), **values)


def by_topic(ranked: tuple[Suggestion, ...]) -> dict[str, list[dict[str, Any]]]:
    """All articles under their topics, in a fixed order of topics; within one the likeliest first."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("news", *TOPICS, "help")}
    for item in ranked:
        article = item.variant.article
        found[faq.topic(item.variant)].append({"id": article.id, "title": article.title, "language": article.language})
    return {name: articles for name, articles in found.items() if articles}


@router.get("/faq/{article_id}")
async def article(page: Shown, service: SelfService, article_id: str) -> Response:
    """One article; where there is none, the list with a word about it."""
    visitor = await page.visitor(service)
    try:
        found = await service.article(article_id, visitor)
    except NotFound:
        return await _home(page, service, visitor, 404, missing=True)
    updated = await service.updated(found)
    near = faq.related((await service.published()).articles, found, visitor)
    return page.show(
        "faq_article.html",
        article=found.article,
        body=html(found.id, found.article.body, page.query),
        summary=faq.summary(found.article.body),
        related=[card(variant, "") for variant in near],
        updated=format_date(updated, "long", page.language) if updated else "",
        translated=(await service.published()).articles.get(article_id, {}).keys() & NAMES.keys(),
    )
