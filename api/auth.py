"""Operators sign in with a password and a server-side session; the widget carries a short-lived token."""

import asyncio
import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Row, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.authority import Role as Authority
from agent.errors import NotAuthenticated
from agent.store.tables import operator, operator_session

COOKIE = "portside_session"
SESSION_HOURS = 12
#: Minutes a widget token lives; the widget renews it by showing the old one.
TOKEN_MINUTES = 30
#: Days after which an expired token no longer finds its conversation again.
RENEW_DAYS = 30
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: Verified when the e-mail is unknown, so that both answers take the same time.
_nobody = _hasher.hash("nobody")


Role = Literal["operator", "editor", "reviewer"]
#: Each role has the rights of those before it.
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Operator:
    id: str
    email: str
    name: str
    role: Role
    csrf: str
    authority: Authority = Authority.OPERATOR

    def may(self, role: Role) -> bool:
        """Whether the rights of `role` are among theirs."""
        return ROLES.index(self.role) >= ROLES.index(role)


async def set_password(
    engine: AsyncEngine, email: str, name: str, password: str, role: Role = "operator", authority: Authority = Authority.OPERATOR
) -> None:
    """Create the operator, or give them this password, role and authority."""
    renewed = {"password_hash": _hasher.hash(password), "role": role, "authority": authority.value}
    row = {"id": email.lower(), "email": email.lower(), "name": name, **renewed}
    async with engine.begin() as connection:
        made = upsert(operator).values(row)
        await connection.execute(made.on_conflict_do_update(index_elements=["email"], set_=renewed))


async def sign_in(engine: AsyncEngine, email: str, password: str) -> tuple[str, Operator]:
    """A new session: (cookie value, operator). Raises NotAuthenticated, the same for a wrong e-mail and a wrong password."""
    async with engine.connect() as connection:
        row = (await connection.execute(select(operator).where(operator.c.email == email.strip().lower()))).one_or_none()
    if not await asyncio.to_thread(_matches, row.password_hash if row else _nobody, password) or row is None:
        raise NotAuthenticated("E-mail or password is wrong. `portside demo operator` prints a new password.")
    async with engine.begin() as connection:
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        expires = datetime.now(UTC) + timedelta(hours=SESSION_HOURS)
        await connection.execute(delete(operator_session).where(operator_session.c.expires_at < datetime.now(UTC)))
        await connection.execute(insert(operator_session).values(token_hash=_digest(token), operator=row.id, csrf=csrf, expires_at=expires))
    return token, _person(row, csrf)


async def session(engine: AsyncEngine, token: str | None) -> Operator | None:
    """Who holds this cookie; None when nobody does any more."""
    if not token:
        return None
    query = (
        select(operator, operator_session.c.csrf)
        .join(operator_session, operator_session.c.operator == operator.c.id)
        .where(operator_session.c.token_hash == _digest(token), operator_session.c.expires_at > datetime.now(UTC))
    )
    async with engine.connect() as connection:
        row = (await connection.execute(query)).one_or_none()
    return _person(row, row.csrf) if row else None


def _person(row: Row[Any], csrf: str) -> Operator:
    return Operator(row.id, row.email, row.name, row.role, csrf, Authority(row.authority))


async def sign_out(engine: AsyncEngine, token: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(delete(operator_session).where(operator_session.c.token_hash == _digest(token)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds a widget token: a thread of the web chat, perhaps with an identity that the shop has signed."""

    thread: str
    market: str
    email: str | None
    expires_at: int
    language: str | None = None


def issue(secret: str, visitor: Visitor) -> str:
    claims: dict[str, Any] = {
        "sub": visitor.thread,
        "mkt": visitor.market,
        "exp": visitor.expires_at,
        "aud": "widget",
        "lang": visitor.language,
    }
    return jwt.encode(claims | ({"email": visitor.email} if visitor.email else {}), secret, algorithm="HS256")


def read(secret: str, token: str, *, expired_too: bool = False) -> Visitor:
    """Raises NotAuthenticated for a forged or expired token."""
    try:
        claims = jwt.decode(
            token, secret, algorithms=["HS256"], audience="widget", options={"require": ["exp", "sub"], "verify_exp": not expired_too}
        )
    except jwt.PyJWTError as error:
        raise NotAuthenticated("The chat session has expired. Open a new one: POST /api/chat/session.") from error
    if expired_too and claims["exp"] < time.time() - RENEW_DAYS * 86_400:
        raise NotAuthenticated("The chat session is too old. Open a new one without the old token.")
    return Visitor(claims["sub"], claims.get("mkt", "DE"), claims.get("email"), int(claims["exp"]), claims.get("lang"))


def identity(shop_secret: str, token: str) -> str:
    """The e-mail in an identity that the shop has signed (HS256, audience "portside"). Raises NotAuthenticated."""
    try:
        claims = jwt.decode(token, shop_secret, algorithms=["HS256"], audience="portside", options={"require": ["exp", "email"]})
    except jwt.PyJWTError as error:
        raise NotAuthenticated("The signed identity is not valid. Sign it with the shop secret, audience portside.") from error
    return str(claims["email"]).lower()
