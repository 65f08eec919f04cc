"""The pages people open: home, demo storefront, chat widget, operators' desk. The data comes from the JSON routes."""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, TypedDict, cast

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.types import Scope

from agent.commerce.demo.pictures import picture
from agent.domain.languages import FALLBACK, SUPPORTED
from agent.errors import NotFound
from api.deps import App, PageOperator
from api.guard import framed_by

UI = Path(__file__).parent.parent / "ui"
STATIC = UI / "static"
#: Where `npm ci` puts the style sheets of package-lock.json.
VENDOR = Path(__file__).parents[2] / "node_modules"
VENDORED = {
    "bootstrap.min.css": VENDOR / "bootstrap" / "dist" / "css" / "bootstrap.min.css",
    "swagger-ui.css": VENDOR / "swagger-ui-dist" / "swagger-ui.css",
    "swagger-ui-bundle.js": VENDOR / "swagger-ui-dist" / "swagger-ui-bundle.js",
}
#: The market of a visitor who is not signed in, by language.
MARKETS = {"en": "GB", "zh": "CN", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "pt": "PT", "ar": "SA", "ja": "JP", "ru": "DE"}
NAMES = {
    "en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "it": "Italiano",
    "pt": "Português", "ru": "Русский", "ar": "العربية", "zh": "中文", "ja": "日本語",
}  # fmt: skip

#: The evaluation's report brings everything along and runs nothing.
REPORT_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'",
    "cache-control": "private, no-cache",
}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_templates = Jinja2Templates(UI / "templates")


class Customer(TypedDict):
    email: str
    name: str
    country: str
    language: str
    identity: str  # signed as the shop's own server would sign it


class Storefront(TypedDict):
    """What `app.state.storefront()` gives; a product has sku, title, category, price (ready to show) and text."""

    products: list[dict[str, str]]
    customers: list[Customer]


class Revalidated(StaticFiles):
    """Static files that browsers ask about before they use a kept copy: modules of two releases must never mix."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.setdefault("cache-control", "no-cache")
        return response


def mount(app: FastAPI) -> None:
    """The pages and their static files."""
    app.include_router(router)
    app.mount("/static", Revalidated(directory=STATIC), name="static")


def render(request: Request, template: str, **values: object) -> Response:
    return _templates.TemplateResponse(request, template, values)


def _language(wanted: str) -> str:
    base = wanted.lower().replace("_", "-").partition("-")[0]
    return base if base in SUPPORTED else FALLBACK


@cache
def _texts(language: str) -> dict[str, str]:
    return json.loads((UI / "texts" / f"{language}.json").read_text(encoding="utf-8"))


@router.get("/")
async def home(request: Request, p: App) -> Response:
    return render(request, "home.html", brand=p.settings.brand)


@router.get("/favicon.ico")
async def favicon() -> FileResponse:
    """Browsers ask for it on pages that name no icon, such as /docs."""
    return FileResponse(STATIC / "mark.svg", media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


@router.get("/shop")
async def shop(
    request: Request,
    p: App,
    lang: Annotated[str, Query(max_length=12)] = FALLBACK,
    who: Annotated[str, Query(alias="as", max_length=200)] = "",
) -> Response:
    """The demo storefront; `as` signs a demo customer in, which only the demo may do without a password."""
    if not p.settings.demo:
        raise NotFound("The storefront is part of the demo. Set PORTSIDE_DEMO=true to see it.")
    language = _language(lang)
    found = cast(Storefront, await request.app.state.storefront())
    customer = next((known for known in found["customers"] if known["email"] == who), None)
    return render(
        request,
        "shop.html",
        language=language,
        languages=NAMES,
        t=_texts(language),
        brand=p.settings.brand,
        products=found["products"],
        customers=found["customers"],
        customer=customer,
        market=customer["country"] if customer else MARKETS[language],
        identity=customer["identity"] if customer else "",
    )


@router.get("/static/vendor/{name}")
async def vendored(name: str) -> FileResponse:
    """Raises NotFound until `npm ci` has brought it."""
    path = VENDORED.get(name)
    if path is None or not path.is_file():
        raise NotFound("This file is not installed. Run `make setup`, or `npm ci` in the project's folder.")
    return FileResponse(path, headers={"cache-control": "no-cache"})


@router.get("/shop/pictures/{sku}.svg")
async def product_picture(sku: str) -> Response:
    return Response(picture(sku), media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


@router.get("/widget/loader.js")
async def loader() -> FileResponse:
    """Shops hold this address in their pages, so it never changes."""
    return FileResponse(STATIC / "widget" / "loader.js", media_type="text/javascript", headers={"cache-control": "public, max-age=300"})


@router.get("/widget")
async def widget(request: Request, lang: Annotated[str, Query(max_length=12)] = FALLBACK) -> Response:
    shops: tuple[str, ...] = request.app.state.shop_origins
    page = render(request, "widget.html", language=_language(lang), shops=shops)
    page.headers.update(framed_by(shops))
    return page


@router.get("/desk/login")
async def login(request: Request, to: Annotated[str, Query(alias="next", max_length=300)] = "/desk") -> Response:
    """`next` is followed only within the desk: a link must not send an operator who has just signed in elsewhere."""
    return render(request, "desk/login.html", target=to if to == "/desk" or to.startswith("/desk/") else "/desk")


@router.get("/desk")
async def desk(request: Request, operator: PageOperator) -> Response:
    return render(request, "desk/queue.html", csrf=operator.csrf, operator=operator)


@router.get("/desk/cases/{case_id}")
async def case(request: Request, operator: PageOperator, case_id: str) -> Response:
    return render(request, "desk/case.html", csrf=operator.csrf, operator=operator, subject=case_id)


@router.get("/desk/conversations/{conversation_id}")
async def conversation(request: Request, operator: PageOperator, conversation_id: str) -> Response:
    return render(request, "desk/conversation.html", csrf=operator.csrf, operator=operator, subject=conversation_id)


@router.get("/desk/approvals")
async def approvals(request: Request, operator: PageOperator) -> Response:
    return render(request, "desk/approvals.html", csrf=operator.csrf, operator=operator)


@router.get("/desk/ledger")
async def ledger(request: Request, operator: PageOperator) -> Response:
    return render(request, "desk/ledger.html", csrf=operator.csrf, operator=operator)


@router.get("/desk/evaluation")
async def evaluation(request: Request, p: App, operator: PageOperator) -> Response:
    """The newest report that `python -m eval run` wrote; until there is one, how to make it."""
    report = p.settings.data / "eval" / "report.html"
    if report.is_file():
        return FileResponse(report, media_type="text/html", headers=REPORT_HEADERS)
    return render(request, "desk/evaluation.html", csrf=operator.csrf, operator=operator, place=report)
