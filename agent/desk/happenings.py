"""What the warehouse, the carrier and the shop tell moves the procedures: each once, and none of them stops the others."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk import attention, audit, procedures
from agent.desk.attention import Ask
from agent.desk.following import Following, follow
from agent.domain.procedure import Happening
from agent.store.remedy_tables import procedure
from agent.store.source_tables import delivery
from agent.store.tables import conversation

log = structlog.get_logger()
#: Somebody has to look when these are told of a remedy that nobody knows: goods are at the door.
_GOODS = frozenset({"received", "inspected"})
_SOURCE = "happenings"


async def tell(on: Following, happenings: Iterable[Happening], actor: str = "shop") -> int:
    """How many moved a procedure.

    Raises:
        Exception: the first that went wrong (a database that is away); all others have been told by then, and may be told again.
    """
    moved, meant, wrong = 0, dict[str, Happening](), list[Exception]()
    for each in happenings:
        with _kept(wrong, each):
            found, went = await _one(on, each, actor)
            moved += went
            meant |= {found: each} if found else {}
    for found, each in meant.items():  # what follows is read from where all of it has led
        with _kept(wrong, each):
            await follow(on, found)
    if wrong:
        raise wrong[0]
    return moved


@contextmanager
def _kept(wrong: list[Exception], told: Happening) -> Generator[None]:
    try:
        yield
    except Exception as error:
        log.error("happening.failed", key=told.key, error=type(error).__name__)
        wrong.append(error)


async def _one(on: Following, told: Happening, actor: str) -> tuple[str, bool]:
    """(procedure it is about, whether it moved)"""
    async with on.engine.begin() as connection:
        row = await procedures.meant(connection, told)
        moved = row is not None and await procedures.tell(connection, told, actor)
    if row is None:
        await _unknown(on, told, actor)
    return (row.id if row else ""), moved


async def _unknown(on: Following, told: Happening, actor: str) -> None:
    """Of a remedy that Portside has not made: kept once, and shown to a person where the order's customer has a conversation."""
    what = f"{told.kind.value.replace('_', ' ').capitalize()} {told.reference} of order #{told.order}"
    async with on.engine.begin() as connection:
        thread = await _thread(connection, told.order)
        new = insert(delivery).values(source=_SOURCE, id=told.key[:200], topic=told.event, at=on.clock.now())
        if await connection.scalar(new.on_conflict_do_nothing().returning(delivery.c.id)) is None:
            return
        await audit.record(connection, actor, "happening.unknown", thread, key=told.key, event=told.event, what=what)
        if thread and told.event in _GOODS:
            says = f'{actor.capitalize()} tells "{told.event}" of a remedy that was not made here. Look at the order in the shop, then settle it.'
            await attention.bring(connection, on.phrases, thread, what, Ask(key=told.key, says=says), on.clock.now(), {})
    log.warning("happening.unknown", key=told.key, happened=told.event)


async def _thread(connection: AsyncConnection, order: str) -> str | None:
    """The conversation in which the order was put right last, held."""
    last = select(procedure.c.conversation).where(procedure.c.order_number == order).order_by(procedure.c.created_at.desc()).limit(1)
    return await connection.scalar(select(conversation.c.id).where(conversation.c.id == last.scalar_subquery()).with_for_update())
