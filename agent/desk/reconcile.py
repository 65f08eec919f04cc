"""What became of effects nobody knows the outcome of: read at the source, never done again; and where ledger and source differ."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit, withdrawal
from agent.desk.jobs import Queue
from agent.desk.settle import MOST_LOOKS, as_planned, look_up, record
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, EffectState
from agent.errors import frames
from agent.ports import Effects
from agent.store.tables import conversation, effect

log = structlog.get_logger()
#: Younger ones may still be under way.
SOON, LATER = timedelta(minutes=1), timedelta(hours=1)
#: Effects looked at in one run; the rest waits a minute.
MOST = 50
#: Rows that one report compares, and how many at a time the source is asked about.
MOST_COMPARED, AT_ONCE = 1000, 8


async def reconcile(engine: AsyncEngine, queue: Queue, effects: Effects) -> int:
    """How many effects were found out about.

    One that the source knows is confirmed or failed, one it never saw has failed; the reply that waits is released or withdrawn. After some looks
    without an answer a person takes over, and the source is asked once an hour.
    """
    now = func.now()
    due = or_(effect.c.updated_at < now - LATER, and_(effect.c.looked_up < MOST_LOOKS, effect.c.updated_at < now - SOON))
    query = select(effect).where(effect.c.state.in_(("sent", "unknown")), due).order_by(effect.c.updated_at).limit(MOST)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
    found = 0
    for row in rows:
        try:
            result = await look_up(effects, as_planned(row))
            async with engine.begin() as connection:
                found += await _learnt(connection, queue, row, result)
        except Exception as error:  # the others must not wait for one that cannot be told
            log.error("reconcile.failed", key=row.key, error=type(error).__name__, at=frames(error))
    if rows:
        log.info("reconciled", looked_at=len(rows), found=found)
    return found


async def _learnt(connection: AsyncConnection, queue: Queue, row: Row[Any], result: EffectResult | None) -> bool:
    # Whoever puts a job of a conversation on the queue holds it, as everywhere before its effects.
    await connection.execute(select(conversation.c.id).where(conversation.c.id == row.conversation).with_for_update())
    # Somebody who is at it just now has touched the row: what was read before that counts no more.
    same = select(effect.c.key).where(effect.c.key == row.key, effect.c.updated_at == row.updated_at, effect.c.state == row.state)
    if (await connection.execute(same.with_for_update())).first() is None:
        return False
    final = result or EffectResult(state=EffectState.FAILED, data={}, error="never_done")
    known = final.state in (EffectState.CONFIRMED, EffectState.FAILED)
    if known:
        await record(connection, row, final, looks=1)
    else:
        looked = update(effect).where(effect.c.key == row.key).values(looked_up=effect.c.looked_up + 1, updated_at=func.now())
        await connection.execute(looked)
    if known or row.looked_up + 1 >= MOST_LOOKS:
        await _spread(connection, queue, row, final)
    return known


async def _spread(connection: AsyncConnection, queue: Queue, row: Row[Any], final: EffectResult) -> None:
    """To the reply that waits for it; when that was withdrawn, to whoever has the case now."""
    held = await withdrawal.waiting_for(connection, row.conversation, row.key)
    for each in held:
        await queue.settle(connection, row.conversation, each.id)
    if not held and final.state in (EffectState.CONFIRMED, EffectState.FAILED):
        await withdrawal.tell_desk(connection, row.conversation, f"{row.kind} #{row.order_number}", _in_words(final))


def _in_words(final: EffectResult) -> str:
    """For the desk, in its working language."""
    if final.state is EffectState.CONFIRMED:
        return "was done at the shop after all: do not order it again"
    return "was never done at the shop" if final.error == "never_done" else f"was refused by the shop: {final.error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`what`: missing (the source never did it), state, amount, done (failed here, done there), open (nobody knows yet), no_answer."""

    key: str
    kind: str
    order: str
    what: str
    ledger: str
    source: str
    at: datetime


async def report(engine: AsyncEngine, effects: Effects, now: datetime) -> tuple[Difference, ...]:
    """The daily comparison, kept in the audit and told in the log when something differs."""
    found = await differences(engine, effects, now - timedelta(days=1), now)
    async with engine.begin() as connection:
        await audit.record(connection, "ledger", "ledger.compared", differences=[as_json(each) for each in found])
    if found:
        log.warning("ledger.differs", rows=len(found), keys=[each.key for each in found[:20]])
    return found


async def differences(engine: AsyncEngine, effects: Effects, since: datetime, until: datetime) -> tuple[Difference, ...]:
    """What the ledger says of a span against what the source says of the same keys."""
    shop_kinds = effect.c.kind.in_([kind.value for kind in RemedyKind])
    query = select(effect).where(effect.c.updated_at >= since, effect.c.updated_at < until, shop_kinds)
    query = query.where(effect.c.state.not_in(("waiting", "planned"))).order_by(effect.c.updated_at.desc()).limit(MOST_COMPARED)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
    return tuple(found for found in await _compared(effects, rows) if found)


async def _compared(effects: Effects, rows: Sequence[Row[Any]]) -> list[Difference | None]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(row: Row[Any]) -> Difference | None:
        async with gate:
            return differs(row, await look_up(effects, as_planned(row)))

    return list(await asyncio.gather(*(one(row) for row in rows)))


def differs(row: Row[Any], source: EffectResult | None) -> Difference | None:
    """None when both say the same. Pure."""
    what = _what(row, source)
    if not what:
        return None
    said = source.state.value if source else "never done"
    return Difference(key=row.key, kind=row.kind, order=row.order_number, what=what, ledger=row.state, source=said, at=row.updated_at)


def _what(row: Row[Any], source: EffectResult | None) -> str:
    confirmed = source is not None and source.state is EffectState.CONFIRMED
    if source is not None and source.state is EffectState.UNKNOWN:
        return "no_answer"
    if row.state in ("sent", "unknown"):
        return "open"
    if row.state == "failed":
        return "done" if confirmed else ""
    if source is None:
        return "missing"
    return ("" if _same_amount(row, source.data) else "amount") if confirmed else "state"


def _same_amount(row: Row[Any], data: dict[str, Any]) -> bool:
    """Only a refund's amount is the source's to say; one that it does not say is not held against it."""
    said = data.get("amount") or data
    if row.kind != RemedyKind.REFUND or row.amount is None or not isinstance(said, dict) or "minor" not in said:
        return True
    return (said["minor"], said.get("currency")) == (row.amount, row.currency)


def as_json(found: Difference) -> dict[str, Any]:
    names = ("key", "kind", "order", "what", "ledger", "source")
    return {name: getattr(found, name) for name in names} | {"at": found.at.isoformat()}
