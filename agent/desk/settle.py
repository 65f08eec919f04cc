"""Effects are carried out after the commit; their confirmation releases the reply, anything else becomes a hand-off."""

import asyncio
from typing import Any

import structlog
from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit, outbound
from agent.desk.jobs import Queue
from agent.domain.decision import Reason
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.languages import FALLBACK
from agent.ports import Effects
from agent.store.tables import conversation, effect, message
from agent.writing.slots import fill

log = structlog.get_logger()
#: Seconds the shop may take for one effect.
PATIENCE = 10.0


async def settle(engine: AsyncEngine, queue: Queue, effects: Effects, message_id: str, url: str) -> None:
    """Carry out what the held message waits for, then release it or hand the case over. Safe to run again.

    `url` is this service's own, for links to documents.
    """
    held = await _held(engine, message_id)
    if held is None:
        return
    results = {key: await _carry_out(engine, effects, key) for key in held.effects}
    failed = [key for key, result in results.items() if result.state is not EffectState.CONFIRMED]
    text = None if failed else _filled(held, {key: result.data for key, result in results.items()}, url)
    async with engine.begin() as connection:
        if text is None:
            await _withdraw(connection, queue, held, failed)
        else:
            await _release(connection, queue, held, text)


async def _held(engine: AsyncEngine, message_id: str) -> Row[Any] | None:
    query = (
        select(message, conversation.c.language.label("spoken"))
        .join(conversation, conversation.c.id == message.c.conversation)
        .where(message.c.id == message_id, message.c.held.is_(True))
    )
    async with engine.connect() as connection:
        return (await connection.execute(query)).one_or_none()


async def _carry_out(engine: AsyncEngine, effects: Effects, key: str) -> EffectResult:
    """planned -> sent is written before the shop is called, so that a crash in between leaves a trace."""
    async with engine.begin() as connection:
        row = (await connection.execute(select(effect).where(effect.c.key == key).with_for_update())).one()
        if row.state in (EffectState.CONFIRMED, EffectState.FAILED):
            return EffectResult(state=EffectState(row.state), data=row.result)
        await connection.execute(update(effect).where(effect.c.key == key).values(state="sent", updated_at=func.now()))
    planned = PlannedEffect(key=row.key, kind=row.kind, order=row.order_number, payload=row.payload)
    result = await _call(effects, planned)
    async with engine.begin() as connection:
        values = {"state": result.state.value, "result": result.data, "updated_at": func.now()}
        await connection.execute(update(effect).where(effect.c.key == key, effect.c.state != "confirmed").values(values))
        await audit.record(connection, row.authority, f"effect.{result.state.value}", row.conversation, key=key, error=result.error)
    return result


async def _call(effects: Effects, planned: PlannedEffect) -> EffectResult:
    """The port promises once per key, so calling again after a crash is no blind retry."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await effects.carry_out(planned)
    except Exception as error:  # whatever the shop's client raises, the outcome is unknown
        log.warning("effect.unknown", key=planned.key, error=type(error).__name__)
        return EffectResult(state=EffectState.UNKNOWN, data={}, error=type(error).__name__)


def _filled(held: Row[Any], results: dict[str, dict[str, Any]], url: str) -> str | None:
    """The reply with its slots filled; None when a result lacks what the text needs."""
    try:
        return fill(held.text, results, held.spoken or FALLBACK, url)
    except (KeyError, ValueError) as error:
        log.warning("reply.unfillable", message=held.id, error=type(error).__name__)
        return None


async def _release(connection: AsyncConnection, queue: Queue, held: Row[Any], text: str) -> None:
    query = update(message).where(message.c.id == held.id, message.c.held.is_(True))
    if (await connection.execute(query.values(held=False, text=text))).rowcount:
        await outbound.release(connection, queue, held.id, held.conversation, held.seq, held.channel, held.external_id)


async def _withdraw(connection: AsyncConnection, queue: Queue, held: Row[Any], failed: list[str]) -> None:
    """The reply is never shown; its turn runs again, whole, and must be handed over."""
    still_held = update(message).where(message.c.id == held.id, message.c.held.is_(True))
    withdrawn = still_held.values(effects=[], external_id=f"{held.external_id}:withdrawn")
    if not (await connection.execute(withdrawn)).rowcount:
        return
    shown = select(func.coalesce(func.max(message.c.seq), 0)).where(
        message.c.conversation == held.conversation, message.c.author != "customer", message.c.held.is_(False), message.c.seq < held.seq
    )
    last_shown = int((await connection.execute(shown)).scalar_one())
    values = {
        "answered_seq": min(int(held.turn.rpartition(":")[2]) - 1, last_shown),
        "forced": Reason.EFFECT_FAILED.value,
        "greeted": last_shown > 0,
        "owner_epoch": conversation.c.owner_epoch + 1,  # a turn under way knows nothing of this failure
    }
    await connection.execute(update(conversation).where(conversation.c.id == held.conversation).values(values))
    await audit.record(connection, "bot", "reply.withdrawn", held.conversation, message=held.id, failed=failed)
    await queue.handle(connection, held.conversation)
