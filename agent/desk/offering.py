"""An operator puts ways out before the customer, who chooses in the chat; then it happens, in the operator's name."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, func, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit, outbound
from agent.desk.cases import get
from agent.desk.jobs import Queue
from agent.desk.notices import notify
from agent.domain.authority import Role
from agent.domain.context import CustomerContext
from agent.domain.decision import Offer
from agent.domain.pending import OFFERED_FOR, Pending, pending_json, read_offer
from agent.domain.reply import Reply
from agent.errors import BadInput, Conflict
from agent.phrasing import spoken
from agent.policy.unlinked import unlinked, unlinked_products
from agent.state import Parts
from agent.store.checkpoints import drop
from agent.store.tables import conversation, support_case
from agent.writing.offering import offer as write_offer
from agent.writing.writer import Writer

MOST = 3


async def put_before(
    engine: AsyncEngine, queue: Queue, parts: Parts, case_id: str, version: int, who: str, role: Role, keys: list[str]
) -> str:
    """The message's id. The case is answered with it; what the customer chooses is a new turn of the agent.

    Raises:
        BadInput: nothing chosen, or a key that the case does not offer.
        Conflict: the case has changed, or is another operator's.
    """
    async with engine.connect() as connection:
        case = await get(connection, case_id)
    ways = _chosen(case.packet, keys)
    reply = await _reply(parts, case.packet["language"], ways, role)
    async with engine.begin() as connection:
        await _answered(connection, case, version, who, reply.text)
        await drop(connection, case.turn)  # the graph waits for nobody any more
        pending = Pending(offers=ways, role=role, by=who, until=datetime.now(UTC) + OFFERED_FOR)
        changes = {"owner": "bot", "owner_epoch": conversation.c.owner_epoch + 1, "failed": 0, "asked": 0, "offers": pending_json(pending)}
        key = f"offer:{case_id}:{version}"
        written = await outbound.write(
            connection,
            queue,
            thread=case.conversation,
            key=key,
            reply=reply,
            author="operator",
            turn=case.turn.rpartition(":")[0],
            changes=changes,
        )
        await notify(connection, case.conversation, 0, "state")
        await audit.record(connection, who, "case.offered", case.conversation, case=case_id, offers=keys)
        await queue.handle(connection, case.conversation)
    return written


def _chosen(packet: dict[str, Any], keys: list[str]) -> tuple[Offer, ...]:
    """In the order they were asked for."""
    known = {row["key"]: read_offer(row) for row in packet.get("offers", [])}
    if not keys or len(keys) > MOST or set(keys) - known.keys() or len(set(keys)) < len(keys):
        raise BadInput(f"Choose one to three of what this case offers: {', '.join(known) or 'nothing'}.")
    return tuple(known[key] for key in keys)


async def _reply(parts: Parts, language: str, ways: tuple[Offer, ...], role: Role) -> Reply:
    """Written as the agent would, from the order as it is now. What is above the operator's limit is not promised yet."""
    order = await parts.orders.by_number(ways[0].remedy.order or "")
    products = await parts.catalogue.products([piece.sku for way in ways for piece in (*way.remedy.pieces, *way.remedy.others)])
    write = Writer(parts.phrases, spoken(language))
    known = CustomerContext(orders=(unlinked(order),) if order else (), products=unlinked_products(products))
    quick = write_offer(write, known, ways)
    if any(way.role.rank > role.rank for way in ways):
        write.say("offers-confirm")
    return write.reply(quick_replies=quick)


async def _answered(connection: AsyncConnection, case: Row[Any], version: int, who: str, text: str) -> None:
    mine = update(conversation).where(conversation.c.id == case.conversation, conversation.c.owner.in_(("bot", "desk", who)))
    closed = update(support_case).where(support_case.c.id == case.id, support_case.c.version == version, support_case.c.status == "open")
    values = {"status": "answered", "sent": text, "assignee": who, "version": version + 1}
    owned = (await connection.execute(mine.values(owner=who))).rowcount
    if not owned or not (await connection.execute(closed.values(**values, closed_at=func.now()))).rowcount:
        raise Conflict("The customer wrote again, or a colleague answered. Reload the case and look again.")
