"""A person is asked to look at a remedy under way: once for each reason, in the conversation's open case or a new one."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk import audit, procedures
from agent.desk.commit import jsonable
from agent.desk.notices import notify
from agent.desk.withdrawal import noted
from agent.domain.case import CasePacket, Fact
from agent.domain.decision import Desk, Reason
from agent.domain.intents import Intent
from agent.domain.languages import FALLBACK
from agent.domain.reply import Reply
from agent.domain.triage import Sentiment, Urgency
from agent.phrasing import Phrases, spoken
from agent.policy.limits import answer_hours
from agent.store.tables import conversation, support_case
from agent.writing.writer import Writer

#: On whose word a procedure moves when no person has said so.
PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """`key` makes it once, `says` tells what is to be decided, by the operating procedure."""

    key: str
    says: str
    event: str = "asked"
    reason: Reason = Reason.NEEDS_JUDGEMENT


async def ask(engine: AsyncEngine, phrases: Phrases, procedure_id: str, asked: Ask, now: datetime) -> bool:
    """False when it was asked before, or while an answer to the case is under way: it is asked again later."""
    async with engine.begin() as connection:
        row = await procedures.held(connection, procedure_id, with_conversation=True)
        if row.conversation is None or not await _free(connection, row.conversation):
            return False
        if not await procedures.note(connection, row, asked.key, asked.event, PROCEDURE, {"says": asked.says}):
            return False
        await bring(connection, phrases, row.conversation, title(row), asked, now, row.detail)
    return True


def title(row: Row[Any]) -> str:
    """For staff: which remedy, by the number on its paper."""
    number = procedures.reference(row)
    return f"{row.kind.replace('_', ' ').capitalize()}{f' {number}' if number else ''} of order #{row.order_number}"


async def bring(
    connection: AsyncConnection, phrases: Phrases, thread: str, what: str, asked: Ask, now: datetime, detail: dict[str, Any]
) -> None:
    """Into the open case, or a new one. The conversation is held; it stays the agent's until an operator takes it."""
    is_open = (support_case.c.conversation == thread) & (support_case.c.status == "open")
    case = (await connection.execute(select(support_case).where(is_open).with_for_update())).one_or_none()
    if case is None:
        await _open(connection, phrases, thread, what, asked, now, detail)
    else:
        reasons = list(dict.fromkeys([*case.reasons, asked.reason.value]))
        values = noted(case, what, asked.says, PROCEDURE) | {"reasons": reasons}
        await connection.execute(update(support_case).where(support_case.c.id == case.id).values(values))
    await audit.record(connection, PROCEDURE, "procedure.asked", thread, what=what, says=asked.says, key=asked.key)
    await notify(connection, thread, 0, "case")


async def _free(connection: AsyncConnection, thread: str) -> bool:
    busy = select(support_case.c.id).where(support_case.c.conversation == thread, support_case.c.status == "answering")
    return (await connection.execute(busy)).first() is None


async def _open(
    connection: AsyncConnection, phrases: Phrases, thread: str, what: str, asked: Ask, now: datetime, detail: dict[str, Any]
) -> None:
    found = (await connection.execute(select(conversation).where(conversation.c.id == thread))).one()
    packet = _packet(phrases, found.language or FALLBACK, what, asked, now, detail)
    row: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "conversation": thread,
        # No graph waits for it: what the operator says is enough. The turn is the customer's last, as for any case.
        "turn": f"{thread}:{found.last_inbound_seq}:{PROCEDURE}",
        "desk": packet.desk,
        "urgency": packet.urgency,
        "reasons": list(packet.reasons),
        "subjects": list(packet.subjects),
        "packet": jsonable(asdict(packet)),
        "draft": packet.draft.text,
        "due_at": now + timedelta(hours=answer_hours(Urgency.NORMAL)),
    }
    await connection.execute(insert(support_case).values(row))


def _packet(phrases: Phrases, language: str, what: str, asked: Ask, now: datetime, detail: dict[str, Any]) -> CasePacket:
    reason, lines = detail.get("payload", {}).get("reason"), detail.get("payload", {}).get("lines") or ()
    draft = Writer(phrases, spoken(language))
    draft.say("draft-look")
    return CasePacket(
        desk=Desk.OPERATOR.value,
        reasons=(asked.reason.value,),
        intents=(reason if reason in set(Intent) else Intent.ORDER_STATUS.value,),
        summary=f"{what}.\n{asked.says}",
        original="",
        working=None,
        language=language,
        urgency=Urgency.NORMAL.value,
        sentiment=Sentiment.NEUTRAL.value,
        tried=(),
        draft=draft.reply(),
        acknowledgement=Reply(language=language, claims=()),
        evidence=(),
        facts=(Fact(label=what, value=asked.says, source=PROCEDURE, at=now.isoformat()),),
        suggested=(),
        subjects=tuple(str(line["sku"]) for line in lines),
    )
