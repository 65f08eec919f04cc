"""The knowledge editors' pages: the list, one article, gaps, health. The data comes from the JSON routes."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from api.deps import PageOperator
from api.routes.pages import NAMES, UI

router = APIRouter(prefix="/desk/knowledge", include_in_schema=False, default_response_class=HTMLResponse)
_templates = Jinja2Templates(UI / "templates")


def _page(request: Request, operator: PageOperator, name: str, **values: object) -> Response:
    shared = {"csrf": operator.csrf, "operator": operator, "languages": NAMES}
    return _templates.TemplateResponse(request, f"desk/knowledge/{name}.html", shared | values)


@router.get("")
async def articles(request: Request, operator: PageOperator) -> Response:
    """The filters are in the address; the page's module reads them there."""
    return _page(request, operator, "list")


@router.get("/articles/{article_id}")
async def article(request: Request, operator: PageOperator, article_id: str, lang: Annotated[str, Query(max_length=12)] = "") -> Response:
    """`article_id` is `new` for one that does not exist yet."""
    return _page(request, operator, "editor", subject=article_id, lang=lang)


@router.get("/gaps")
async def gaps(request: Request, operator: PageOperator) -> Response:
    return _page(request, operator, "gaps")


@router.get("/health")
async def health(request: Request, operator: PageOperator) -> Response:
    return _page(request, operator, "health")
