"""The customer hears of the steps that matter: one short message for all that happened, at most one an hour for each remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.remedies.procedures import PROCEDURES
from agent.desk import outbound, procedures
from agent.desk.jobs import Queue
from agent.domain.commerce import Order
from agent.domain.decision import RemedyKind
from agent.domain.languages import FALLBACK
from agent.domain.money import Money
from agent.domain.reply import Reply
from agent.errors import PortsideError
from agent.phrasing import Phrases, money, spoken
from agent.policy.terms import TERMS
from agent.ports import Orders
from agent.store.remedy_tables import procedure, procedure_step
from agent.store.tables import conversation
from agent.writing.offering import span
from agent.writing.writer import Writer

#: Phrases of the steps that are worth a message; all others are seen on the customer's page.
MATTER = frozenset(
    f"step-{name}"
    for name in (
        *("return-received", "return-inspected", "return-sent-back", "return-lapsed"),
        *("exchange-received", "exchange-inspected", "exchange-shipped", "exchange-sent-back", "exchange-lapsed"),
        *("reship-shipped", "refund-bounced", "repair-missed", "repair-beyond-repair"),
        *("claim-found", "claim-lost", "claim-denied"),
    )
)
#: Told with its amount, once the shop has confirmed it; a refund that a reply has told of already is not told again.
_ORDERED, _SHIPPED = "ordered", "shipped"
EVERY = timedelta(hours=1)
#: Older steps are no news: the customer has seen them, or an operator has told them.
NEWS = timedelta(days=1)
#: Nothing is said by the agent while a person writes.
_AGENT = ("bot", "desk")


@dataclass(frozen=True, slots=True)
class Piece:
    """A step to be told, with the procedure it is of."""

    row: Row[Any]
    line: Row[Any]


def root(row: Row[Any]) -> str:
    """The procedure that the customer asked for: what it has planned belongs to its news."""
    return str(row.detail.get("parent") or row.id)


def fresh(row: Row[Any], lines: Sequence[Row[Any]], told: Mapping[str, Any], now: datetime) -> list[Row[Any]]:
    """Steps of a procedure that were not told yet. Pure."""
    known = set(told.get("steps", ()))
    return [line for line in lines if line.id not in known and line.at > now - NEWS and line.before != line.after and _matters(row, line)]


def may_tell(told: Mapping[str, Any], now: datetime) -> bool:
    """Whether the last message is an hour ago. Pure."""
    return "at" not in told or datetime.fromisoformat(told["at"]) <= now - EVERY


def _matters(row: Row[Any], line: Row[Any]) -> bool:
    ordered = row.kind == RemedyKind.REFUND and line.after == _ORDERED and "parent" in row.detail
    return ordered or PROCEDURES[RemedyKind(row.kind)].step(line.after).shown in MATTER


async def told(connection: AsyncConnection, roots: set[str]) -> dict[str, Any]:
    """What was told of each: ids of `steps`, and when (`at`)."""
    query = select(procedure.c.id, procedure.c.detail["told"].label("told")).where(procedure.c.id.in_(roots))
    return {row.id: row.told or {} for row in await connection.execute(query)}


async def tell(engine: AsyncEngine, queue: Queue, phrases: Phrases, orders: Orders, procedure_id: str, now: datetime) -> bool:
    """False when there is nothing to tell now: no news, a person writes, or the last message is younger than an hour."""
    async with engine.connect() as connection:
        pieces = await _pieces(connection, procedure_id, now)
    new = await _new_order(orders, pieces)
    async with engine.begin() as connection:
        held = await procedures.held(connection, procedure_id, with_conversation=True)
        before: dict[str, Any] = held.detail.get("told") or {}
        known = select(conversation.c.language, conversation.c.owner).where(conversation.c.id == held.conversation)
        chat = (await connection.execute(known)).one_or_none()
        still = [piece.line.id for piece in await _pieces(connection, procedure_id, now)]
        if chat is None or chat.owner not in _AGENT or not still or not may_tell(before, now):
            return False
        if still != [piece.line.id for piece in pieces]:
            return False  # more has happened meanwhile: the next run tells it all
        reply = _written(Writer(phrases, spoken(chat.language or FALLBACK)), held, pieces, new)
        key, turn = f"steps:{held.id}:{still[-1]}", f"{procedures.OWN}{held.id}"
        await outbound.write(connection, queue, thread=held.conversation, key=key, reply=reply, author="bot", turn=turn)
        detail = {**held.detail, "told": {"steps": [*before.get("steps", ()), *still], "at": now.isoformat()}}
        await connection.execute(update(procedure).where(procedure.c.id == held.id).values(detail=detail))
    return True


async def _pieces(connection: AsyncConnection, procedure_id: str, now: datetime) -> list[Piece]:
    """Of the procedure and what it has planned, in the order in which it happened."""
    mine = or_(procedure.c.id == procedure_id, procedure.c.detail["parent"].astext == procedure_id)
    order = select(procedure.c.order_number).where(procedure.c.id == procedure_id).scalar_subquery()
    rows = {row.id: row for row in await connection.execute(select(procedure).where(procedure.c.order_number == order, mine))}
    if procedure_id not in rows:
        return []
    known = rows[procedure_id].detail.get("told") or {}
    lines = await connection.execute(
        select(procedure_step).where(procedure_step.c.procedure.in_(rows), procedure_step.c.at > now - NEWS).order_by(procedure_step.c.id)
    )
    return [Piece(rows[line.procedure], line) for line in lines if fresh(rows[line.procedure], [line], known, now)]


async def _new_order(orders: Orders, pieces: Sequence[Piece]) -> Order | None:
    """The order that was sent instead, for its tracking link; without it the step alone is told."""
    shipped = [str(piece.line.detail.get("new_order", "")) for piece in pieces if piece.line.after == _SHIPPED]
    try:
        return await orders.by_number(shipped[-1]) if shipped and shipped[-1] else None
    except (PortsideError, OSError, TimeoutError):
        return None


def _written(write: Writer, row: Row[Any], pieces: Sequence[Piece], new: Order | None) -> Reply:
    number = procedures.reference(row)
    source = write.cite("effect", row.id, f"{row.kind} {number} #{row.order_number}")
    shown = [PROCEDURES[RemedyKind(each.row.kind)].step(each.line.after).shown for each in pieces if each.line.after != _ORDERED]
    steps = _joined(write, [write.phrases.render(phrase, write.language) for phrase in dict.fromkeys(shown)])
    if steps and not number.isdecimal() and number:
        write.say("news-steps", source, number=number, order=row.order_number, steps=steps)
    elif steps:  # a new order has a number like any other: the old one is what the customer knows
        write.say("news-steps-order", source, order=row.order_number, steps=steps)
    if new and new.shipments:
        parcel = new.shipments[-1]
        write.say("order-tracking", write.cite("order", new.number, f"#{new.number}"), tracking=parcel.tracking, url=parcel.url or "")
    for each in pieces:
        if each.line.after == _ORDERED:
            _refund(write, each.row)
    return write.reply()


def _joined(write: Writer, labels: Sequence[str]) -> str:
    text = labels[0] if labels else ""
    for label in labels[1:]:
        text = write.phrases.render("news-between", write.language, {"first": text, "next": label})
    return text


def _refund(write: Writer, row: Row[Any]) -> None:
    """What the shop says it pays back, else what was ordered."""
    said = row.detail.get("result", {}).get("amount") or row.detail.get("payload", {})
    amount = money(Money(said["minor"], said["currency"]), write.language)
    days = span(write.phrases, TERMS.refund_business_days, write.language)
    write.say(
        "refund-ordered", write.cite("effect", row.id, f"refund #{row.order_number}"), amount=amount, order=row.order_number, span=days
    )
