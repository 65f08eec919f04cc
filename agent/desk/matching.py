"""Which other conversations may be the same customer's. Suggested only: a person confirms or denies, and neither lends proof to anybody."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit
from agent.domain.commerce import Order
from agent.domain.likeness import Likeness, Person, likeness, person
from agent.errors import Conflict, NotFound
from agent.ports import Orders
from agent.store.engine import reading
from agent.store.tables import conversation, customer_match, support_case

#: How far back, and how many conversations at most, are compared by phone and address; e-mail and orders are found at any age.
AGE, MOST = timedelta(days=90), 60
#: Reads of the shop at once.
AT_ONCE = 6
_COLUMNS = (
    conversation.c.id,
    conversation.c.channel,
    conversation.c.market,
    conversation.c.language,
    conversation.c.thread,
    conversation.c.signed_email,
    conversation.c.strong_email,
    conversation.c.proven_orders,
    conversation.c.updated_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`confirmed`: True or False as a person decided, None while nobody has."""

    conversation: str
    channel: str
    market: str
    language: str | None
    updated_at: datetime
    email: str | None
    orders: tuple[str, ...]
    reasons: tuple[Likeness, ...]
    confirmed: bool | None = None
    by: str = ""
    case: str | None = None


async def suggestions(engine: AsyncEngine, shop: Orders, conversation_id: str, now: datetime) -> list[Suggestion]:
    """With the strongest reasons first; those a person has denied are left out. Raises NotFound."""
    return [each for each in await _all(engine, shop, conversation_id, now) if each.confirmed is not False]


async def decide(engine: AsyncEngine, shop: Orders, conversation_id: str, other: str, *, same: bool, operator: str, now: datetime) -> None:
    """Write down what a person says of two conversations.

    Raises:
        NotFound: there is no such conversation.
        Conflict: nothing speaks for the two being the same any more.
    """
    found = next((each for each in await _all(engine, shop, conversation_id, now) if each.conversation == other), None)
    if found is None:
        raise Conflict("Nothing speaks for these two being the same customer any more. Reload the page.")
    mine = (await _people(shop, [await _row(engine, conversation_id)]))[conversation_id]
    pairs = [(other, mine.email), (conversation_id, None if found.email in mine.emails else found.email)]
    rows = [{"conversation": place, "email": email, "confirmed": same, "by": operator, "at": now} for place, email in pairs if email]
    if not rows:
        raise Conflict("Neither conversation has a proven e-mail to go by. Wait until the customer has proven an order.")
    written = insert(customer_match).values(rows)
    change = {name: written.excluded[name] for name in ("confirmed", "by", "at")}
    async with engine.begin() as connection:
        await connection.execute(written.on_conflict_do_update(index_elements=["conversation", "email"], set_=change))
        await _recorded(connection, operator, same, conversation_id, found)


async def _recorded(connection: AsyncConnection, operator: str, same: bool, conversation_id: str, found: Suggestion) -> None:
    action = "customer.matched" if same else "customer.parted"
    reasons = [reason.value for reason in found.reasons]
    await audit.record(connection, operator, action, conversation_id, other=found.conversation, reasons=reasons)


async def _all(engine: AsyncEngine, shop: Orders, conversation_id: str, now: datetime) -> list[Suggestion]:
    row = await _row(engine, conversation_id)
    mine = (await _people(shop, [row]))[conversation_id]
    if not (mine.emails or mine.phones):
        return []
    more = [order for email in sorted(mine.emails) for order in await shop.of_customer(email, 20)]
    mine = person(mine.signed, [*more, *await _orders(shop, row.proven_orders)], row.thread)
    others = await _others(engine, conversation_id, mine, now)
    people = await _people(shop, others)
    alike = [(other, reasons) for other in others if (reasons := likeness(mine, people[other.id]))]
    decided = await _decided(engine, mine, conversation_id, {other.id: people[other.id] for other, _ in alike})
    cases = await _cases(engine, [other.id for other, _ in alike])
    made = [_suggestion(other, people[other.id], reasons, decided.get(other.id), cases.get(other.id)) for other, reasons in alike]
    return sorted(made, key=lambda each: (list(Likeness).index(each.reasons[0]), -len(each.reasons), -each.updated_at.timestamp()))


async def _row(engine: AsyncEngine, conversation_id: str) -> Any:
    async with reading(engine).connect() as connection:
        row = (await connection.execute(select(*_COLUMNS).where(conversation.c.id == conversation_id))).one_or_none()
    if row is None:
        raise NotFound
    return row


async def _others(engine: AsyncEngine, conversation_id: str, mine: Person, now: datetime) -> Sequence[Row[Any]]:
    """Those found by index at any age, and the newest that have proven anything or write from a phone number."""
    known = or_(conversation.c.signed_email.in_(mine.emails), conversation.c.proven_orders.overlap(list(mine.orders)))
    proven = or_(
        conversation.c.signed_email.is_not(None), conversation.c.proven_orders != [], conversation.c.thread.regexp_match(r"^\+?\d{8,15}$")
    )
    recent = and_(conversation.c.updated_at > now - AGE, proven)
    found: dict[str, Row[Any]] = {}
    async with reading(engine).connect() as connection:
        for which in (known, recent):
            query = select(*_COLUMNS).where(conversation.c.id != conversation_id, which)
            rows = await connection.execute(query.order_by(conversation.c.updated_at.desc()).limit(MOST))
            found |= {row.id: row for row in rows.all() if row.id not in found}
    return list(found.values())


async def _people(shop: Orders, rows: Sequence[Row[Any]]) -> dict[str, Person]:
    """Each order and each address is read once, some at a time."""
    numbers = dict.fromkeys(number for row in rows for number in row.proven_orders[-2:])
    emails = dict.fromkeys(email for row in rows for email in _signed(row))
    gate = asyncio.Semaphore(AT_ONCE)

    async def order(number: str) -> Order | None:
        async with gate:
            return await shop.by_number(number)

    async def newest(email: str) -> tuple[Order, ...]:
        async with gate:
            return await shop.of_customer(email, 1)

    by_number = dict(zip(numbers, await asyncio.gather(*map(order, numbers)), strict=True))
    by_email = dict(zip(emails, await asyncio.gather(*map(newest, emails)), strict=True))
    return {row.id: person(_signed(row), _own(row, by_number, by_email), row.thread) for row in rows}


def _own(row: Row[Any], by_number: Mapping[str, Order | None], by_email: Mapping[str, tuple[Order, ...]]) -> list[Order]:
    proven = [found for number in row.proven_orders if (found := by_number.get(number))]
    return [*proven, *(found for email in _signed(row) for found in by_email.get(email, ()))]


async def _orders(shop: Orders, numbers: Sequence[str]) -> list[Order]:
    return [found for number in numbers if (found := await shop.by_number(number))]


def _signed(row: Row[Any]) -> list[str]:
    return [email for email in (row.signed_email, row.strong_email) if email]


async def _decided(engine: AsyncEngine, mine: Person, conversation_id: str, others: Mapping[str, Person]) -> dict[str, tuple[bool, str]]:
    """What people said of these pairs, newest last."""
    pairs = [(place, email) for place in others for email in mine.emails]
    pairs += [(conversation_id, email) for other in others.values() for email in other.emails]
    if not pairs:
        return {}
    async with reading(engine).connect() as connection:
        which: ColumnElement[bool] = tuple_(customer_match.c.conversation, customer_match.c.email).in_(pairs)
        rows = (await connection.execute(select(customer_match).where(which).order_by(customer_match.c.at))).all()
    found: dict[str, tuple[bool, str]] = {}
    for row in rows:
        about = [row.conversation] if row.conversation in others else [key for key, other in others.items() if row.email in other.emails]
        found |= dict.fromkeys(about, (row.confirmed, row.by))
    return found


async def _cases(engine: AsyncEngine, places: Sequence[str]) -> dict[str, str]:
    """The newest case of each conversation."""
    query = select(support_case.c.conversation, support_case.c.id).where(support_case.c.conversation.in_(places))
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query.order_by(support_case.c.created_at))).all()
    return {row.conversation: row.id for row in rows}


def _suggestion(
    row: Row[Any], who: Person, reasons: tuple[Likeness, ...], decided: tuple[bool, str] | None, case: str | None
) -> Suggestion:
    confirmed, by = decided or (None, "")
    return Suggestion(
        conversation=row.id,
        channel=row.channel,
        market=row.market,
        language=row.language,
        updated_at=row.updated_at,
        email=who.email,
        orders=tuple(sorted(who.orders)),
        reasons=reasons,
        confirmed=confirmed,
        by=by,
        case=case,
    )
