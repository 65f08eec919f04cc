"""Who may work at the desk, and in which role."""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.errors import BadInput
from agent.store.engine import database_url, make_engine
from agent.store.tables import operator
from api import auth
from api.commands.prepare import settings as load

operators = typer.Typer(no_args_is_help=True, help="People at the desk: operators, editors, reviewers.")
T = TypeVar("T")


@operators.command("add")
def add(
    email: Annotated[str, typer.Argument(help="They sign in with it.")],
    name: Annotated[str, typer.Argument(help="Shown to colleagues.")],
    role: Annotated[auth.Role, typer.Option(help="operator; editor: also writes articles; reviewer: also approves them.")] = "operator",
) -> None:
    """Add somebody, or give them a new role and a new password; it is printed once."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email) or len(email) > 200:
        raise BadInput(f"{email} is no e-mail address. Write it as name@shop.example.")
    password = secrets.token_urlsafe(12)
    _on_database(lambda engine: auth.set_password(engine, email, name, password, role))
    typer.echo(f"{email.lower()}  {role}  password {password}")


@operators.command("list")
def list_() -> None:
    """Everybody, with their roles."""
    table = Table("e-mail", "name", "role", "since")
    for row in _on_database(_everybody):
        table.add_row(row.email, row.name, row.role, row.created_at.date().isoformat())
    Console().print(table)


async def _everybody(engine: AsyncEngine) -> list[Row[*tuple[str, ...]]]:
    columns = operator.c.email, operator.c.name, operator.c.role, operator.c.created_at
    async with engine.connect() as connection:
        return list(await connection.execute(select(*columns).order_by(operator.c.email)))


def _on_database(do: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    async def done() -> T:
        engine = make_engine(database_url(load()), pool=1)
        try:
            return await do(engine)
        finally:
            await engine.dispose()

    return asyncio.run(done())
