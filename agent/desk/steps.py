"""What people at the desk tell of a procedure: a parcel came, a piece was inspected, money is to go back. Some moves plan an effect."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.commerce.remedies.procedures import PROCEDURES
from agent.commerce.remedies.procedures.inspection import STANDARDS, Grade, outcomes
from agent.desk import procedures
from agent.desk.granting import Standing, by_pack
from agent.desk.jobs import Queue
from agent.desk.ledger import Entry, plan_effects
from agent.desk.ordering import Shop, Wish, read, refuse_failed, with_price
from agent.domain.authority import Role
from agent.domain.commerce import Order, Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.effect import EffectState
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.domain.procedure import MoveNotAllowed, move
from agent.errors import BadInput
from agent.policy.plan import on_order
from agent.store.tables import conversation

INSPECTED = "inspected"


async def by_operator(
    engine: AsyncEngine,
    queue: Queue,
    procedure_id: str,
    event: str,
    note: str = "",
    grade: str | None = None,
    *,
    who: str,
    role: Role,
    shop: Shop,
    now: datetime,
) -> tuple[Entry, ...]:
    """Move a procedure; what the move plans is in the ledger, and is carried out when the role may grant it.

    Raises:
        NotFound: there is no such procedure.
        MoveNotAllowed: it cannot happen now, or the grade does not lead there.
        BadInput: the ledger alone tells this, an inspection without its grade, or more than was paid.
        NotReady: the shop does not answer, and money or goods hang on it.
    """
    async with engine.connect() as connection:
        row = await procedures.held(connection, procedure_id)
    _check(row, event, grade)
    planning = move(PROCEDURES[RemedyKind(row.kind)], row.step, event).effect
    found = await wish(row, planning, shop) if planning else None
    detail = {"note": note} if note else dict[str, Any]()
    if grade:
        detail |= {"grade": grade, "standard": STANDARDS[Grade(grade)].look}
    async with engine.begin() as connection:
        await connection.execute(select(conversation.c.id).where(conversation.c.id == row.conversation).with_for_update())
        held = await procedures.held(connection, procedure_id)
        if held.version != row.version:
            raise MoveNotAllowed("Somebody has moved this procedure meanwhile. Reload the case and look again.")
        await procedures.step(connection, held, uuid.uuid4().hex, event, who, detail)
        return await plan(connection, queue, held, found, now, Standing(who=who, role=role)) if found else ()


def _check(row: Row[Any], event: str, grade: str | None) -> None:
    if event in procedures.FED:
        raise BadInput(f'"{event}" is told by the ledger alone, when the shop has answered. Wait for it, or look at the ledger.')
    if (event == INSPECTED) != (grade is not None):
        raise BadInput("An inspection needs its grade A to E by the written standard, and nothing else has one.")
    if grade is not None and grade not in set(Grade):
        raise BadInput("The grade is one of A, B, C, D, E. The written standard says which.")
    graded = row.detail.get("grade")
    if row.step == INSPECTED and graded in set(Grade):
        standard = STANDARDS[Grade(graded)]
        allowed = (*outcomes(Grade(graded)), *(("accepted",) if standard.accepted else ()))
        if event not in allowed:
            raise MoveNotAllowed(f"Grade {graded} does not lead to that. {standard.look}")


async def wish(row: Row[Any], kind: RemedyKind, shop: Shop) -> Wish:
    """What the move plans: for the pieces the procedure is about, at their price less the label's fee."""
    order, _ = await read(row.order_number, shop)
    pieces = _pieces(row.detail)
    others = pieces if kind is RemedyKind.EXCHANGE else ()
    remedy = Remedy(kind=kind, intent=intent_of(row.detail), order=order.number, pieces=pieces, others=others, detail=_back_to(row, kind))
    return Wish(remedy=_less_fee(with_price(remedy, order), row.detail, order), order=order, packs=shop.packs)


def _back_to(row: Row[Any], kind: RemedyKind) -> tuple[tuple[str, str], ...]:
    """The way of payment that the customer asked for with the return."""
    way = row.detail.get("payload", {}).get("payment")
    return (("payment", str(way)),) if way and kind is RemedyKind.REFUND else ()


def _pieces(detail: dict[str, Any]) -> tuple[Piece, ...]:
    """The shop's own word on what comes back, else what was asked."""
    found = detail.get("result", {}).get("lines") or detail.get("payload", {}).get("lines") or ()
    return tuple(Piece(line["sku"], line["quantity"]) for line in found)


def intent_of(detail: dict[str, Any]) -> Intent:
    reason = detail.get("payload", {}).get("reason")
    return Intent(reason) if reason in set(Intent) else Intent.REFUND_REQUEST


def _less_fee(remedy: Remedy, detail: dict[str, Any], order: Order) -> Remedy:
    fee = detail.get("result", {}).get("fee") or {}
    if remedy.kind is not RemedyKind.REFUND or remedy.amount is None or fee.get("currency") != order.total.currency:
        return remedy
    if remedy.amount.minor <= fee["minor"]:
        raise BadInput("The label cost as much as the pieces are worth: nothing is left to pay back. Close it with a note.")
    return replace(remedy, amount=Money(remedy.amount.minor - fee["minor"], order.total.currency))


async def plan(connection: AsyncConnection, queue: Queue, row: Row[Any], wish: Wish, now: datetime, on: Standing) -> tuple[Entry, ...]:
    """On somebody's word. Raises BadInput, which takes back the move with it."""
    order = wish.order
    assert order is not None
    # Each time it comes to this step is a new wish: what failed before may be ordered again.
    planned = on_order(f"{procedures.OWN}{row.id}:{row.version}", wish.remedy, order)
    # The pieces have come back, so the pack is asked about the amount alone.
    judging = by_pack(replace(wish.remedy, pieces=(), others=()), order, now, on.role, wish.items, wish.packs)
    standing = replace(on, judging={planned.key: judging}, refunded={order.number: order.refunded})
    turn = f"{procedures.OWN}{row.id}"
    entries = await plan_effects(connection, row.conversation, turn, (planned,), on.who, standing)
    refuse_failed(entries)
    await _go(connection, queue, row.conversation, entries)
    return entries


async def _go(connection: AsyncConnection, queue: Queue, thread: str, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.state is EffectState.PLANNED:
            await queue.carry_out(connection, thread, entry.effect.key)
