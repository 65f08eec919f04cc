"""The ledger as it is read: by order or case at the desk, by days for accounting."""

import csv
import json
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TextIO

from sqlalchemy import Row, Select, any_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk.granting import COUNTED
from agent.domain.money import Money, exponent
from agent.policy.proving import CODE
from agent.store.remedy_tables import approval, order_account
from agent.store.tables import effect, message, support_case

MOST = 500
#: Rows fetched at a time for an export, however long the span.
PAGE = 1000
COLUMNS = (
    "at",
    "key",
    "kind",
    "order",
    "amount",
    "currency",
    "state",
    "authority",
    "approved_by",
    "case",
    "conversation",
    "error",
)
#: A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _rows() -> Select[Any]:
    """Every effect with the case that it was ordered in, where a person ordered it."""
    by_approval = select(approval.c.support_case).where(approval.c.effect == effect.c.key).scalar_subquery()
    # A reply that an operator sends for a case carries the case's id.
    mine = (message.c.conversation == effect.c.conversation) & (message.c.author == "operator") & (effect.c.key == any_(message.c.effects))
    told = select(message.c.external_id).where(mine).limit(1)
    query = select(effect, by_approval.label("approval_case"), told.scalar_subquery().label("told"))
    return query.where(effect.c.kind != CODE)  # a mailed code is nothing that the shop did


async def listing(connection: AsyncConnection, *, order: str = "", case: str = "") -> dict[str, Any]:
    """Newest first, with the accounts of the orders they are on. Without an order or a case: the newest of all."""
    query = select(effect).where(effect.c.kind != CODE).order_by(effect.c.created_at.desc()).limit(MOST)
    if order:
        query = query.where(effect.c.order_number == order)
    if case:
        thread = select(support_case.c.conversation).where(support_case.c.id == case).scalar_subquery()
        query = query.where(effect.c.conversation == thread)
    rows = (await connection.execute(query)).all()
    asked = {row.effect: row for row in await connection.execute(select(approval).where(approval.c.effect.in_([r.key for r in rows])))}
    orders = sorted({row.order_number for row in rows} | ({order} if order else set[str]()))
    return {
        "effects": [_json(row, asked.get(row.key)) for row in rows],
        "accounts": await _accounts(connection, orders),
    }


def _json(row: Row[Any], asked: Row[Any] | None) -> dict[str, Any]:
    names = ("key", "kind", "state", "error", "authority", "approved_by", "conversation", "turn", "payload", "result", "procedure")
    return {name: getattr(row, name) for name in names} | {
        "order": row.order_number,
        "amount": _money(row.amount, row.currency),
        "looked_up": row.looked_up,
        "approval": {"id": asked.id, "state": asked.state, "needs": asked.needs, "why": asked.why, "note": asked.note} if asked else None,
        "at": row.created_at.isoformat(),
        "changed_at": row.updated_at.isoformat(),
    }


def _money(minor: int | None, currency: str | None) -> dict[str, Any] | None:
    return None if minor is None else {"minor": minor, "currency": currency}


async def _accounts(connection: AsyncConnection, orders: list[str]) -> list[dict[str, Any]]:
    """What was paid on each order, what was promised of it, and what is left by the ledger."""
    live = select(effect.c.order_number, effect.c.amount, effect.c.state).where(
        effect.c.order_number.in_(orders), effect.c.kind.in_(sorted(COUNTED)), effect.c.state != "failed"
    )
    promised: dict[str, int] = {}
    for row in await connection.execute(live):
        promised[row.order_number] = promised.get(row.order_number, 0) + (row.amount or 0)
    accounts = await connection.execute(select(order_account).where(order_account.c.order_number.in_(orders)))
    return [
        {
            "order": row.order_number,
            "currency": row.currency,
            "paid": row.paid,
            "given": promised.get(row.order_number, 0),
            "left": max(row.paid - promised.get(row.order_number, 0), 0),
        }
        for row in accounts
    ]


async def export(engine: AsyncEngine, first: date, last: date) -> AsyncIterator[dict[str, str]]:
    """Effects planned on these days (UTC, both included), oldest first."""
    since, until = day(first), day(last + timedelta(days=1))
    query = _rows().where(effect.c.created_at >= since, effect.c.created_at < until).order_by(effect.c.created_at, effect.c.key)
    after: tuple[datetime, str] | None = None
    async with engine.connect() as connection:
        while True:
            page = query.limit(PAGE)
            if after:
                later = effect.c.created_at > after[0]
                page = page.where(or_(later, (effect.c.created_at == after[0]) & (effect.c.key > after[1])))
            rows = (await connection.execute(page)).all()
            for row in rows:
                yield as_line(row)
            if len(rows) < PAGE:
                return
            after = rows[-1].created_at, rows[-1].key


def day(of: date) -> datetime:
    return datetime.combine(of, time(), UTC)


def as_line(row: Row[Any]) -> dict[str, str]:
    told = (row.told or "").removesuffix(":withdrawn")
    return {
        "at": row.created_at.astimezone(UTC).isoformat(timespec="seconds"),
        "key": row.key,
        "kind": row.kind,
        "order": row.order_number,
        "amount": decimal(Money(row.amount, row.currency)) if row.amount is not None else "",
        "currency": row.currency or "",
        "state": row.state,
        "authority": row.authority,
        "approved_by": row.approved_by or "",
        "case": row.approval_case or (told.removeprefix("case:") if told.startswith("case:") else ""),
        "conversation": row.conversation,
        "error": row.error,
    }


def decimal(money: Money) -> str:
    """ "12.30", and "1230" for a currency without smaller units: never a power of ten."""
    return f"{money.amount:.{exponent(money.currency)}f}"


def write_csv(lines: Iterable[dict[str, str]], out: TextIO) -> int:
    """Rows written. Nothing in it is run as a formula by a spreadsheet."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007
        writer.writerow({name: harmless(line[name]) for name in COLUMNS})
    return count


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_jsonl(lines: Iterable[dict[str, str]], out: TextIO) -> int:
    """As data, not as cells: nothing is changed."""
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return count
