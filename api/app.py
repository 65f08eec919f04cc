"""The web service: routes, errors with their cure, safe headers; the worker beside it unless told otherwise."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from agent.bootstrap import Portside, portside, warm
from agent.errors import BadInput, PortsideError, frames
from agent.settings import Settings, check_safe
from api.deps import LoginNeeded, to_login
from api.editing import EditingDesk
from api.faq import Faq
from api.guard import HEADERS, Guard
from api.limiter import Limiter
from api.routes import (
    approvals,
    articles,
    chat,
    chat_remedies,
    demo_mail,
    desk,
    docs,
    drafts,
    editor_pages,
    faq,
    faq_pages,
    gaps,
    health,
    knowledge,
    ledger,
    matching,
    news,
    offers,
    pages,
    photos,
    photos_page,
    procedures,
    shop_webhooks,
    trial,
    upload,
    webhooks,
)
from api.routes import (
    help as draft_help,
)
from api.storefront import storefront
from api.worker import working
from knowledge.errors import KnowledgeError

log = structlog.get_logger()
ROUTES = (
    chat,
    chat_remedies,
    desk,
    draft_help,
    approvals,
    ledger,
    demo_mail,
    procedures,
    matching,
    webhooks,
    shop_webhooks,
    knowledge,
    articles,
    drafts,
    trial,
    upload,
    news,
    offers,
    gaps,
    faq,
    health,
    docs,
    editor_pages,
    photos,
    photos_page,
    faq_pages,
)


def create_app(settings: Settings, *, worker: bool = True, opened: Portside | None = None) -> FastAPI:
    """`opened`: parts that somebody else owns and closes (tests)."""
    check_safe(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            p = opened or await stack.enter_async_context(portside(settings))
            app.state.portside, app.state.limiter = p, Limiter()
            app.state.storefront = storefront(p)
            app.state.shop_origins = p.commerce.origins
            app.state.faq = Faq(p)
            app.state.editing = EditingDesk()
            await warm(p)
            await p.notices.start()
            stack.push_async_callback(p.notices.stop)
            if worker:
                await stack.enter_async_context(working(p))
            yield

    app = FastAPI(title="Portside", version="0.1.0", lifespan=lifespan, docs_url=None, redoc_url=None)
    for module in ROUTES:
        app.include_router(module.router)
    pages.mount(app)
    add_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000)  # leaves event streams alone
    app.add_middleware(Guard)
    return app


def add_errors(app: FastAPI) -> None:
    app.add_exception_handler(PortsideError, _known)
    app.add_exception_handler(KnowledgeError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DataError, _impossible)
    app.add_exception_handler(LoginNeeded, to_login)
    app.add_exception_handler(Exception, _unexpected)


def body(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}, **more}, status_code=status, headers=HEADERS)


async def _known(request: Request, error: Exception) -> Response:
    status, code = getattr(error, "status", 500), getattr(error, "code", "knowledge")
    return body(status, code, str(error), **getattr(error, "more", {}))


async def _invalid(request: Request, error: Exception) -> Response:
    """Which field is wrong, without echoing what was sent."""
    assert isinstance(error, RequestValidationError)
    found = "; ".join(f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()[:5])
    return body(422, "bad_input", f"The request does not have the right shape. {found}. See /docs.")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return body(error.status_code, "http", str(error.detail))


async def _impossible(request: Request, error: Exception) -> Response:
    """A value that no row can have, such as a number of thirty digits or a NUL in an id."""
    return body(422, BadInput.code, BadInput.__doc__ or "")


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected", path=request.url.path, error=type(error).__name__, at=frames(error))
    return body(500, "internal", PortsideError.__doc__ or "")
