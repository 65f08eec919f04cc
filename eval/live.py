"""What operators made of the cases that were handed to them, read from the live tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.domain.commerce import Order
from agent.errors import Conflict, NotFound
from agent.ports import Orders
from agent.store.model_tables import draft_rating
from agent.store.tables import conversation, message, operator, support_case, turn_record

_CLOSED: Final = ("answered", "rejected")
#: Columns of a closed case, as Answered has them.
_COLUMNS: Final = (
    *("id", "conversation", "turn", "status", "desk", "reasons", "packet", "draft", "sent", "edit_distance", "created_at", "closed_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A closed case and how the agent had read its last turn (`read_reasons`, `detail`: see turn_record).

    `good` is the operators' thumb on the draft, down when one of them thought so; None when nobody rated it. `note` is what they wrote with it.
    """

    id: str
    conversation: str
    turn: str
    status: str
    desk: str
    reasons: tuple[str, ...]
    packet: dict[str, Any]
    draft: str
    sent: str | None
    created_at: datetime
    closed_at: datetime | None
    read_reasons: tuple[str, ...]
    detail: dict[str, Any]
    edit_distance: int | None = None  # characters between draft and sent text
    good: bool | None = None
    note: str = ""

    @property
    def action(self) -> str:
        """approve | edit | reject"""
        return self.packet["action"]["action"]

    @property
    def ordered(self) -> tuple[str, ...]:
        """Kinds of the remedies that the operator ordered with the reply."""
        return tuple(self.packet["action"]["remedies"])


@dataclass(frozen=True, slots=True)
class Wrote:
    """What the customer wrote in one turn."""

    text: str
    photos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCase:
    """A closed case with its conversation. `orders` are those the customer had proven, as they are now."""

    answered: Answered
    channel: str
    market: str
    signed_email: str | None
    turns: tuple[Wrote, ...]
    operator: str  # name
    orders: tuple[Order, ...]


async def read(engine: AsyncEngine, orders: Orders, case_id: str) -> LiveCase:
    """Raises NotFound, and Conflict while nobody has answered."""
    async with engine.connect() as connection:
        query = _answered().add_columns(
            conversation.c.channel, conversation.c.market, conversation.c.signed_email, conversation.c.proven_orders
        )
        row = (await connection.execute(query.where(support_case.c.id == case_id))).one_or_none()
        if row is None:
            raise NotFound(f"There is no case {case_id}. Its id is the last part of its page's address: /desk/cases/<id>.")
        if row.status not in _CLOSED:
            raise Conflict(f"Case {case_id} is {row.status}: there is no correction to learn from yet. Answer it at /desk/cases/{case_id}.")
        case = _as_answered(row)
        turns, name = await _turns(connection, case), await _operator(connection, case)
    numbers = {fact["label"].removeprefix("Order #") for fact in case.packet["facts"] if fact["label"].startswith("Order #")}
    return LiveCase(
        answered=case,
        channel=row.channel,
        market=row.market,
        signed_email=row.signed_email,
        turns=turns,
        operator=name,
        orders=await _orders(orders, row.signed_email, sorted(numbers | set(row.proven_orders))),
    )


async def closed(engine: AsyncEngine, since: datetime | None = None) -> list[Answered]:
    """Closed cases, oldest first."""
    query = _answered().where(support_case.c.status.in_(_CLOSED)).order_by(support_case.c.closed_at)
    if since:
        query = query.where(support_case.c.closed_at >= since)
    async with engine.connect() as connection:
        return [_as_answered(row) for row in (await connection.execute(query)).all()]


async def rated(engine: AsyncEngine, good: bool, since: datetime | None = None) -> list[str]:
    """Ids of closed cases whose draft was rated so, on or after `since`; oldest first."""
    thumb = draft_rating.c.good.is_(good)
    query = (
        select(support_case.c.id)
        .join(draft_rating, draft_rating.c.case == support_case.c.id)
        .where(support_case.c.status.in_(_CLOSED), thumb, draft_rating.c.at >= since if since else thumb)
        .group_by(support_case.c.id)
        .order_by(func.min(support_case.c.closed_at))
    )
    async with engine.connect() as connection:
        return list((await connection.execute(query)).scalars())


def _answered() -> Select[Any]:
    """Cases with the last record of the turn they waited in: a turn that ran again has several."""
    turn = func.regexp_replace(support_case.c.turn, ":[^:]*$", "")  # the graph's thread is the turn and its run
    record = (
        select(turn_record.c.reasons.label("read_reasons"), turn_record.c.detail)
        .where(turn_record.c.conversation == support_case.c.conversation, turn_record.c.turn == turn)
        .order_by(turn_record.c.created_at.desc())
        .limit(1)
        .lateral()
    )
    columns = [support_case.c[name] for name in _COLUMNS]
    thumbs = (
        select(
            func.bool_and(draft_rating.c.good).label("good"),
            func.string_agg(func.nullif(draft_rating.c.note, ""), aggregate_order_by(literal("\n"), draft_rating.c.at)).label("note"),
        )
        .where(draft_rating.c.case == support_case.c.id)
        .lateral()
    )
    joined = support_case.join(conversation, conversation.c.id == support_case.c.conversation).outerjoin(
        record, support_case.c.id.is_not(None)
    )
    rated_too = joined.outerjoin(thumbs, support_case.c.id.is_not(None))
    return select(*columns, record.c.read_reasons, record.c.detail, thumbs.c.good, thumbs.c.note).select_from(rated_too)


def _as_answered(row: Row[Any]) -> Answered:
    given: dict[str, Any] = {name: getattr(row, name) for name in _COLUMNS}
    given |= {"reasons": tuple(row.reasons), "read_reasons": tuple(row.read_reasons or ()), "detail": row.detail or {}}
    given |= {"good": row.good, "note": row.note or ""}
    return Answered(**given)


async def _turns(connection: AsyncConnection, case: Answered) -> tuple[Wrote, ...]:
    """What the customer wrote up to the case, cut where the agent's turns were cut."""
    last = _seq(case.turn.rpartition(":")[0])
    told = select(turn_record.c.turn).where(turn_record.c.conversation == case.conversation).distinct()
    ends = sorted({seq for turn in (await connection.execute(told)).scalars() if (seq := _seq(turn)) < last} | {last})
    query = (
        select(message.c.seq, message.c.text, message.c.photos)
        .where(message.c.conversation == case.conversation, message.c.author == "customer", message.c.seq <= last)
        .order_by(message.c.seq)
    )
    rows = (await connection.execute(query)).all()
    starts = [0, *ends[:-1]]
    return tuple(found for start, end in zip(starts, ends, strict=True) if (found := _wrote([r for r in rows if start < r.seq <= end])))


def _seq(turn: str) -> int:
    """Of a turn's last message."""
    return int(turn.rpartition(":")[2])


def _wrote(rows: Sequence[Any]) -> Wrote | None:
    text = "\n".join(row.text for row in rows if row.text.strip())
    photos = sum(len(row.photos) for row in rows)
    return Wrote(text, photos) if text or photos else None


async def _operator(connection: AsyncConnection, case: Answered) -> str:
    query = select(operator.c.name).where(operator.c.id == case.packet["action"]["operator"])
    return (await connection.execute(query)).scalar_one_or_none() or ""


async def _orders(orders: Orders, email: str | None, numbers: Sequence[str]) -> tuple[Order, ...]:
    found = {order.number: order for order in (await orders.of_customer(email) if email else ())}
    for number in numbers:
        order = None if number in found else await orders.by_number(number)
        if order:
            found[number] = order
    return tuple(found.values())
