"""Effects are carried out after the commit; their confirmation releases the reply, anything else becomes a hand-off."""

import asyncio
from typing import Any

import structlog
from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit, outbound, procedures
from agent.desk.jobs import Queue
from agent.desk.withdrawal import withdraw
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.languages import FALLBACK, is_supported
from agent.policy.plan import COSTLY
from agent.ports import Effects
from agent.store.tables import conversation, effect, message
from agent.writing.slots import fill

log = structlog.get_logger()
#: Seconds the shop may take for one effect.
PATIENCE = 10.0
#: Times the shop is asked what became of an effect before a person must find out.
MOST_LOOKS = 5
_OPEN = (EffectState.SENT, EffectState.UNKNOWN)


async def settle(engine: AsyncEngine, queue: Queue, effects: Effects, message_id: str, url: str) -> None:
    """Carry out what the held message waits for, then release it or hand the case over. Safe to run again.

    `url` is this service's own, for links to documents.
    """
    held = await _held(engine, message_id)
    if held is None or await _waits(engine, held.effects):
        return
    results = {key: await carry_out(engine, effects, key) for key in held.effects}
    if any(result.state is EffectState.SENT for result in results.values()):
        return  # nobody knows yet; the reconciliation finds out and comes back
    failed = [key for key, result in results.items() if result.state is not EffectState.CONFIRMED]
    text = None if failed else _filled(held, {key: result.data for key, result in results.items()}, url)
    async with engine.begin() as connection:
        if text is None:
            await withdraw(connection, queue, held, failed)
        else:
            await _release(connection, queue, held, text)


async def _held(engine: AsyncEngine, message_id: str) -> Row[Any] | None:
    query = (
        select(message, conversation.c.language.label("spoken"))
        .join(conversation, conversation.c.id == message.c.conversation)
        # One that was withdrawn stays held and tells of nothing any more.
        .where(message.c.id == message_id, message.c.held.is_(True), message.c.effects != [])
    )
    async with engine.connect() as connection:
        return (await connection.execute(query)).one_or_none()


async def _waits(engine: AsyncEngine, keys: list[str]) -> bool:
    """A second person has not decided yet: until then nothing that the reply tells of is done."""
    query = select(effect.c.key).where(effect.c.key.in_(keys), effect.c.state == EffectState.WAITING.value)
    async with engine.connect() as connection:
        return (await connection.execute(query.limit(1))).first() is not None


async def carry_out(engine: AsyncEngine, effects: Effects, key: str) -> EffectResult:
    """planned -> sent is written before the shop is called, so that a crash in between leaves a trace.

    Returns:
        SENT when it had been sent before and the shop cannot say yet what became of it; WAITING when it may not be sent.
    """
    async with engine.begin() as connection:
        row = (await connection.execute(select(effect).where(effect.c.key == key).with_for_update())).one()
        if row.state in (EffectState.CONFIRMED, EffectState.FAILED, EffectState.WAITING):
            return EffectResult(state=EffectState(row.state), data=row.result, error=row.error)
        # The time tells the reconciliation that somebody is at it.
        now = EffectState.SENT.value if row.state == EffectState.PLANNED else row.state
        await connection.execute(update(effect).where(effect.c.key == key).values(state=now, updated_at=func.now()))
    planned = as_planned(row)
    result = await (_call(effects, planned) if row.state == EffectState.PLANNED else _again(effects, planned, row))
    if result.state is not EffectState.SENT:
        async with engine.begin() as connection:
            await record(connection, row, result)
    return result


def as_planned(row: Row[Any]) -> PlannedEffect:
    return PlannedEffect(key=row.key, kind=row.kind, order=row.order_number, payload=row.payload)


async def record(connection: AsyncConnection, row: Row[Any], result: EffectResult, looks: int = 0) -> bool:
    """What became of it, in the ledger, its procedure and the audit; False when that was known already."""
    values = {"state": result.state.value, "result": result.data, "error": result.error, "updated_at": func.now()}
    mine = (effect.c.key == row.key) & effect.c.state.not_in(("confirmed", "failed"))
    changed = await connection.execute(update(effect).where(mine).values({**values, "looked_up": effect.c.looked_up + looks}))
    if not changed.rowcount:
        return False
    if result.state in (EffectState.CONFIRMED, EffectState.FAILED):
        await procedures.ended(connection, row.key, result, row.authority)
    detail = {"key": row.key, "error": result.error} | ({"approved_by": row.approved_by} if row.approved_by else {})
    await audit.record(connection, row.authority, f"effect.{result.state.value}", row.conversation, **detail)
    return True


async def _call(effects: Effects, planned: PlannedEffect) -> EffectResult:
    try:
        async with asyncio.timeout(PATIENCE):
            return await effects.carry_out(planned)
    except Exception as error:  # whatever the shop's client raises, the outcome is unknown
        log.warning("effect.unknown", key=planned.key, error=type(error).__name__)
        return EffectResult(state=EffectState.UNKNOWN, data={}, error=type(error).__name__)


async def look_up(effects: Effects, planned: PlannedEffect) -> EffectResult | None:
    """What the shop says became of it; None when it was never done there. It changes nothing."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await effects.look_up(planned)
    except Exception as error:
        log.warning("effect.not_looked_up", key=planned.key, error=type(error).__name__)
        return EffectResult(state=EffectState.UNKNOWN, data={}, error=type(error).__name__)


async def _again(effects: Effects, planned: PlannedEffect, row: Row[Any]) -> EffectResult:
    """The worker died between shop and ledger. What was never done is sent again under its key, unless it costs money or goods."""
    found = await look_up(effects, planned)
    if found is None and planned.kind not in COSTLY:
        return await _call(effects, planned)
    if found is not None and found.state not in _OPEN:
        return found
    known = EffectResult(state=EffectState.UNKNOWN, data={}, error=row.error or "no_answer")
    return known if row.looked_up >= MOST_LOOKS else EffectResult(state=EffectState.SENT, data={})


def _filled(held: Row[Any], results: dict[str, dict[str, Any]], url: str) -> str | None:
    """The reply with its slots filled; None when a result lacks what the text needs."""
    try:
        return fill(held.text, results, _written_in(held), url)
    except (KeyError, ValueError) as error:
        log.warning("reply.unfillable", message=held.id, error=type(error).__name__)
        return None


def _written_in(held: Row[Any]) -> str:
    """A language that is not served is written only by a translator, who keeps what it was before; without one it is in English."""
    language = held.spoken or FALLBACK
    return language if is_supported(language) or held.working else FALLBACK


async def _release(connection: AsyncConnection, queue: Queue, held: Row[Any], text: str) -> None:
    seq = await _place(connection, held)
    query = update(message).where(message.c.id == held.id, message.c.held.is_(True))
    if (await connection.execute(query.values(held=False, text=text, seq=seq))).rowcount:
        await outbound.release(connection, queue, held.id, held.conversation, seq, held.channel, held.external_id)


async def _place(connection: AsyncConnection, held: Row[Any]) -> int:
    """Where it stands: a reply that waited for approval comes behind what was said meanwhile, or no page would ever see it."""
    approved = select(effect.c.key).where(effect.c.key.in_(held.effects), effect.c.approved_by.is_not(None)).limit(1)
    if (await connection.execute(approved)).first() is None:
        return int(held.seq)
    mine = update(conversation).where(conversation.c.id == held.conversation)
    last = await connection.execute(mine.values(last_seq=conversation.c.last_seq + 1).returning(conversation.c.last_seq))
    return int(last.scalar_one())
