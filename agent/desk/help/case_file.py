"""What help reads of a case: the draft with what its sentences rest on, the conversation, and the packet's facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.desk import cases
from agent.domain.reply import Claim, Evidence, Reply
from agent.store.engine import reading
from agent.store.tables import message

#: Messages of a conversation that help looks at, the newest.
MESSAGES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the conversation."""

    id: str
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    id: str
    conversation: str
    channel: str
    market: str
    subjects: tuple[str, ...]
    packet: Mapping[str, Any]
    draft: Reply
    lines: tuple[Line, ...]  # oldest first
    made_at: datetime
    edited: str = ""  # what the operator made of the draft meanwhile

    @property
    def rewritten(self) -> bool:
        """The operator has words of their own."""
        return bool(self.edited.strip()) and self.edited.split() != self.draft.text.split()

    @property
    def order(self) -> str | None:
        """Number of the order in question, when one is proven."""
        facts = (fact["label"] for fact in self.packet["facts"])
        return next((label.removeprefix("Order #") for label in facts if label.startswith("Order #")), None)


async def read(engine: AsyncEngine, case_id: str) -> CaseFile:
    """Raises NotFound."""
    query = select(message.c.id, message.c.author, message.c.text, message.c.created_at).where(~message.c.held).limit(MESSAGES)
    async with reading(engine).connect() as connection:
        row = await cases.get(connection, case_id)
        said = (await connection.execute(query.where(message.c.conversation == row.conversation).order_by(message.c.seq.desc()))).all()
    return CaseFile(
        id=row.id,
        conversation=row.conversation,
        channel=row.channel,
        market=row.market,
        subjects=tuple(row.subjects),
        packet=row.packet,
        draft=reply_of(row.packet["draft"]),
        lines=tuple(Line(id=each.id, author=each.author, text=each.text, at=each.created_at) for each in reversed(said)),
        made_at=row.created_at,
    )


def reply_of(stored: Mapping[str, Any]) -> Reply:
    """A reply as the packet keeps it; fields that an older packet lacks have their defaults."""
    return Reply(
        language=stored["language"],
        claims=tuple(_claim(each) for each in stored["claims"]),
        evidence=tuple(Evidence(**each) for each in stored["evidence"]),
        quick_replies=tuple(stored.get("quick_replies", ())),
        effects=tuple(stored.get("effects", ())),
        brain=stored.get("brain", "local"),
        prompts=tuple(stored.get("prompts", ())),
        source=reply_of(stored["source"]) if stored.get("source") else None,
    )


def _claim(stored: Mapping[str, Any]) -> Claim:
    lists = ("evidence", "values", "names", "rests_on")
    return Claim(
        text=stored["text"],
        pattern=stored.get("pattern", ""),
        group=stored.get("group", 0),
        free=stored.get("free", False),
        **{name: tuple(stored.get(name, ())) for name in lists},
    )
