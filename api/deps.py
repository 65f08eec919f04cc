"""What routes ask for, by type."""

import hmac
from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Header, Request
from fastapi.responses import RedirectResponse

from agent.bootstrap import Portside
from agent.desk.ordering import Shop
from agent.errors import Forbidden, NotAuthenticated
from api import auth
from api.limiter import Limiter


class LoginNeeded(Exception):
    """A page was asked for without a session: go and sign in."""

    def __init__(self, where: str) -> None:
        self.where = where


def portside(request: Request) -> Portside:
    return request.app.state.portside


App = Annotated[Portside, Depends(portside)]


def limiter(request: Request) -> Limiter:
    return request.app.state.limiter


Limits = Annotated[Limiter, Depends(limiter)]


def shop(p: Portside) -> Shop:
    """What is read of the shop before money or goods are ordered there."""
    return Shop(orders=p.parts.orders, catalogue=p.parts.catalogue, stock=p.parts.stock, packs=p.parts.packs)


def visitor(p: App, authorization: Annotated[str, Header()] = "") -> auth.Visitor:
    """Raises NotAuthenticated."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated("Send the widget token: `Authorization: Bearer ...`, from POST /api/chat/session.")
    return auth.read(p.settings.secret.get_secret_value(), token)


Visitor = Annotated[auth.Visitor, Depends(visitor)]


async def operator(p: App, request: Request) -> auth.Operator:
    """Raises NotAuthenticated, and Forbidden when a change comes without the CSRF token."""
    found = await auth.session(p.engine, request.cookies.get(auth.COOKIE))
    if found is None:
        raise NotAuthenticated("Sign in first: /desk/login.")
    if request.method not in ("GET", "HEAD") and not hmac.compare_digest(
        request.headers.get("x-csrf-token", "").encode(), found.csrf.encode()
    ):
        raise Forbidden("The page is too old. Reload it and try again.")
    return found


Operator = Annotated[auth.Operator, Depends(operator)]


def _at_least(role: auth.Role) -> Callable[[auth.Operator], auth.Operator]:
    def check(found: Operator) -> auth.Operator:
        """Raises Forbidden."""
        if not found.may(role):
            raise Forbidden(f"This needs the role {role}; yours is {found.role}. Ask whoever runs Portside: portside operators add.")
        return found

    return check


Editor = Annotated[auth.Operator, Depends(_at_least("editor"))]
Reviewer = Annotated[auth.Operator, Depends(_at_least("reviewer"))]


async def page_operator(p: App, request: Request) -> auth.Operator:
    """For pages: raises LoginNeeded, which becomes a redirect."""
    found = await auth.session(p.engine, request.cookies.get(auth.COOKIE))
    if found is None:
        raise LoginNeeded(request.url.path)
    return found


PageOperator = Annotated[auth.Operator, Depends(page_operator)]


def to_login(request: Request, error: Exception) -> RedirectResponse:
    where = error.where if isinstance(error, LoginNeeded) else "/desk"
    return RedirectResponse(f"/desk/login?next={quote(where)}", status_code=303)
