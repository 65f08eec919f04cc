"""Who may work at the desk, in which role and with which authority over money."""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit
from agent.desk.notices import notify
from agent.domain.authority import Role as Authority
from agent.errors import BadInput, Conflict, NotFound
from agent.store.engine import database_url, make_engine
from agent.store.tables import conversation, operator, operator_session, support_case
from api import auth
from api.configured import settings as load

operators = typer.Typer(no_args_is_help=True, help="People at the desk: operators, editors, reviewers.")
T = TypeVar("T")


@operators.command("add")
def add(
    email: Annotated[str, typer.Argument(help="They sign in with it.")],
    name: Annotated[str, typer.Argument(help="Shown to colleagues.")],
    role: Annotated[auth.Role, typer.Option(help="operator; editor: also writes articles; reviewer: also approves them.")] = "operator",
    authority: Annotated[Authority, typer.Option(help="How much money they may grant: operator, lead or finance.")] = Authority.OPERATOR,
) -> None:
    """Add somebody, or give them a new role, authority and password; it is printed once."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email) or len(email) > 200:
        raise BadInput(f"{email} is no e-mail address. Write it as name@shop.example.")
    if authority is Authority.BOT:
        raise BadInput("The authority bot is the agent's own. Choose operator, lead or finance.")
    password = secrets.token_urlsafe(12)
    _on_database(lambda engine: auth.set_password(engine, email, name, password, role, authority))
    typer.echo(f"{email.lower()}  {role}  authority {authority}  password {password}")


@operators.command("list")
def list_() -> None:
    """Everybody, with their roles."""
    table = Table("e-mail", "name", "role", "authority", "since")
    for row in _on_database(_everybody):
        table.add_row(row.email, row.name, row.role, row.authority, row.created_at.date().isoformat())
    Console().print(table)


@operators.command("remove")
def remove(email: Annotated[str, typer.Argument(help="Whom to take off the desk.")]) -> None:
    """Remove somebody: they are signed out at once, and their conversations go back to the queue. The last reviewer stays."""
    waiting = _on_database(lambda engine: _removed(engine, email.strip().lower()))
    typer.echo(f"{email.strip().lower()} is removed" + (f"; {waiting} conversations wait in the queue again" if waiting else ""))


async def _removed(engine: AsyncEngine, email: str) -> int:
    """How many conversations of theirs wait again. Raises NotFound, and Conflict for the last reviewer."""
    async with engine.begin() as connection:
        # All rows are held: of two reviewers removed at once one must stay.
        roles = {row.email: row for row in await connection.execute(select(operator).order_by(operator.c.id).with_for_update())}
        if email not in roles:
            raise NotFound(f"Nobody at the desk has the address {email}. `portside operators list` shows everybody.")
        if [row.email for row in roles.values() if row.role == "reviewer"] == [email]:
            raise Conflict(f"{email} is the last reviewer: nothing could be approved any more. Make somebody else a reviewer first.")
        waiting = await _queued(connection, roles[email].id)
        await connection.execute(delete(operator_session).where(operator_session.c.operator == roles[email].id))
        await connection.execute(delete(operator).where(operator.c.id == roles[email].id))
        await audit.record(connection, "command line", "operator.removed", email=email, role=roles[email].role)
        return waiting


async def _queued(connection: AsyncConnection, person: str) -> int:
    """Conversations owned by nobody who can sign in would never be answered."""
    theirs = update(conversation).where(conversation.c.owner == person)
    moved = await connection.scalars(theirs.values(owner="desk", owner_epoch=conversation.c.owner_epoch + 1).returning(conversation.c.id))
    mine = (support_case.c.assignee == person) & support_case.c.status.in_(("open", "answering"))
    await connection.execute(update(support_case).where(mine).values(assignee=None))
    threads = moved.all()
    for thread in threads:
        await notify(connection, thread, 0, "case")
    return len(threads)


async def _everybody(engine: AsyncEngine) -> list[Row[*tuple[str, ...]]]:
    columns = operator.c.email, operator.c.name, operator.c.role, operator.c.authority, operator.c.created_at
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
