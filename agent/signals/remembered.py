"""What the desk remembers of a customer and of others with the same goods: three statements on one connection."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Row, Text, and_, any_, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.card import CaseLink, DeskMemory, Done, Said
from agent.domain.money import Money
from agent.policy.proving import CODE
from agent.signals.history import RECENT, of_customer
from agent.store.tables import conversation, effect, message, support_case

#: Our last messages to this customer that are read for promises, and rows of the ledger.
MESSAGES, EFFECTS, CASES = 40, 12, 5
#: Kinds that promise nothing.
_SILENT = (CODE, "resend_tracking")


class Remembered:
    """Over the desk's own tables."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def recall(self, order: str, email: str, subjects: Sequence[str], now: datetime) -> DeskMemory:
        async with self._engine.connect() as connection:
            words = (await connection.execute(_words(order, email))).all()
            ledger = (await connection.execute(_ledger(order, email))).all()
            cases = (await connection.execute(_cases(order, email, subjects, now))).all()
        similar = [row for row in cases if row.part == "similar"]
        earlier = [row for row in cases if row.part == "earlier"]
        return DeskMemory(
            said=tuple(_said(row) for row in words),
            done=tuple(_done(row) for row in ledger),
            similar=tuple(_link(row) for row in similar),
            similar_count=similar[0].found if similar else 0,
            earlier=tuple(_link(row) for row in earlier),
            earlier_count=earlier[0].found if earlier else 0,
        )


def _words(order: str, email: str) -> Any:
    """Messages of ours with a figure in them."""
    ours = (message.c.author != "customer", message.c.held.is_(False), message.c.text.regexp_match(r"\d"))
    return (
        select(message, conversation.c.language)
        .join(conversation, conversation.c.id == message.c.conversation)
        .where(message.c.conversation.in_(of_customer(order, email)), *ours)
        .order_by(message.c.created_at.desc())
        .limit(MESSAGES)
    )


def _ledger(order: str, email: str) -> Any:
    """By order, for the ledger is kept by it: the one in question, and those the customer has proven."""
    proven = select(func.unnest(conversation.c.proven_orders)).where(conversation.c.id.in_(of_customer(order, email)))
    # An array is made once; as a sub-query it would be read again for every row of the ledger.
    about = func.array(union_all(select(literal(order, Text)), proven).scalar_subquery(), type_=ARRAY(Text))
    query = select(effect).where(effect.c.order_number == any_(about), effect.c.kind.not_in(_SILENT))
    return query.order_by(effect.c.created_at.desc()).limit(EFFECTS)


def _cases(order: str, email: str, subjects: Sequence[str], now: datetime) -> Any:
    mine = of_customer(order, email)
    same_goods = and_(
        support_case.c.subjects.overlap(list(subjects)), support_case.c.closed_at.is_(None), support_case.c.created_at > now - RECENT
    )
    similar = _listed("similar", and_(same_goods, support_case.c.conversation.not_in(mine)))
    earlier = _listed("earlier", and_(support_case.c.conversation.in_(mine), support_case.c.closed_at.is_not(None)))
    return union_all(similar.subquery().select(), earlier.subquery().select())


def _listed(part: str, which: ColumnElement[bool]) -> Any:
    """The newest, with how many there are."""
    columns = (
        support_case.c.id,
        support_case.c.packet["summary"].astext.label("summary"),
        support_case.c.status,
        support_case.c.created_at,
    )
    query = select(literal(part).label("part"), *columns, func.count().over().label("found"))
    return query.where(which).order_by(support_case.c.created_at.desc()).limit(CASES)


def _said(row: Row[Any]) -> Said:
    return Said(conversation=row.conversation, by=row.author, text=row.text, language=row.language or "en", at=row.created_at)


def _done(row: Row[Any]) -> Done:
    amount = Money(row.amount, row.currency) if row.amount is not None else None
    return Done(kind=row.kind, order=row.order_number, state=row.state, at=row.created_at, amount=amount, error=row.error)


def _link(row: Row[Any]) -> CaseLink:
    return CaseLink(id=row.id, summary=(row.summary or "").partition("\n")[0], status=row.status, at=row.created_at)
