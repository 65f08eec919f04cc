"""A conversation's unanswered messages become a Turn."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import proof
from agent.domain.authority import Role
from agent.domain.message import Author, Identity, Message, Photo, Turn
from agent.domain.pending import Pending, read_pending
from agent.store.tables import conversation, message, operator, support_case

#: Messages remembered: enough to find an order number and to understand a short answer.
MEMORY = 24
#: Messages of one turn that are read beside them.
MOST_UNANSWERED = 100


async def load(engine: AsyncEngine, conversation_id: str, now: datetime) -> Turn | None:
    """The turn that waits; None when every inbound message has had its turn, or while an operator's answer is under way."""
    async with engine.connect() as connection:
        answering = exists().where(support_case.c.conversation == conversation_id, support_case.c.status == "answering")
        query = select(conversation, answering.label("answering")).where(conversation.c.id == conversation_id)
        # Waits for a message that is being stored: its job may have been this one.
        query = query.with_for_update(read=True, of=conversation)
        row = (await connection.execute(query)).one_or_none()
        if row is None or row.answering or row.answered_seq >= row.last_inbound_seq:
            return None
        recent = (
            select(message.c.seq, message.c.author, message.c.text, message.c.photos, message.c.created_at)
            .where(message.c.conversation == conversation_id, message.c.held.is_(False))
            .order_by(message.c.seq.desc())
            .limit(MEMORY + min(row.last_inbound_seq - row.answered_seq, MOST_UNANSWERED))
        )
        rows = (await connection.execute(recent)).all()
        turn = as_turn(row, [as_message(item) for item in reversed(rows)], now)
        if turn is None or turn.pending is None:
            return turn
        turn = replace(turn, pending=await _standing(connection, turn.pending, now))
        return await _with_code(connection, turn)


async def _standing(connection: AsyncConnection, pending: Pending, now: datetime) -> Pending | None:
    """None when it is too old. What a person offered stands on the authority that they have today, not on the one they had."""
    if pending.until and pending.until <= now:
        return None
    if pending.by == "bot":
        return pending
    authority = await connection.scalar(select(operator.c.authority).where(operator.c.id == pending.by))
    return replace(pending, role=min(pending.role, Role(authority), key=lambda role: role.rank)) if authority else None


async def _with_code(connection: AsyncConnection, turn: Turn) -> Turn:
    """With what the customer's words say about a code that was mailed."""
    checked = await proof.check(connection, turn.conversation, turn.text, turn.now)
    identity = replace(turn.identity, code_email=checked.email or turn.identity.code_email)
    return replace(turn, identity=identity, code=checked.check, codes_left=checked.left)


def as_message(row: Any) -> Message:
    photos = tuple(Photo(id=p["id"], width=p["width"], height=p["height"]) for p in row.photos)
    return Message(seq=row.seq, author=Author(row.author), text=row.text, at=row.created_at, photos=photos)


def as_turn(row: Row[Any], messages: list[Message], now: datetime) -> Turn | None:
    fresh = tuple(m for m in messages if m.author is Author.CUSTOMER and m.seq > row.answered_seq)
    if not fresh:
        return None
    return Turn(
        id=f"{row.id}:{fresh[-1].seq}",
        conversation=row.id,
        channel=row.channel,
        market=row.market,
        messages=fresh,
        history=tuple(m for m in messages if m not in fresh),
        identity=Identity(
            signed_email=row.signed_email,
            code_email=row.strong_email if row.strong_until and row.strong_until > now else None,
            proven_orders=tuple(row.proven_orders),
        ),
        language=row.language,
        asked=row.asked,
        failed=row.failed,
        mismatches=row.mismatches,
        first_contact=not row.greeted,
        owner=row.owner,
        epoch=row.owner_epoch,
        forced=row.forced,
        pending_intents=tuple(row.pending_intents),
        pending=read_pending(row.offers),
        now=now,
    )
