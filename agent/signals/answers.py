"""Closed cases since the last look: replies that operators wrote themselves, drafts they threw away, and articles they sent on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.domain.intents import NEEDS_ORDER
from agent.signals.turns import ASKED, articles
from agent.signals.unnamed import amounts, answer, names_of, question
from agent.store.tables import conversation, operator, support_case, turn_record
from knowledge.gaps.reading import Asked, Told, Use

PAGE = 100
#: Share of the text that was changed, from which on it is the operator's own.
OWN_WORDS = 0.4
_OF_ORDERS = frozenset(intent.value for intent in NEEDS_ORDER)
_COLUMNS = ("id", "status", "packet", "draft", "sent", "edit_distance", "closed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed case; `record` is the last record of the turn it waited in."""

    id: str
    status: str
    packet: dict[str, Any]
    draft: str
    sent: str | None
    edit_distance: int | None
    closed_at: datetime
    record: str | None
    signed_email: str | None
    operator: str | None

    @property
    def rewritten(self) -> bool:
        """Sent in the operator's words, or not at all."""
        longest = max(len(self.draft), len(self.sent or ""), 1)
        return self.status == "rejected" or (self.edit_distance or 0) / longest >= OWN_WORDS

    @property
    def about(self) -> str:
        return next((intent for intent in self.packet["intents"] if intent in ASKED), "")

    @property
    def names(self) -> frozenset[str]:
        return names_of([self.packet], self.signed_email, others=[self.operator or ""])

    @property
    def passages(self) -> tuple[str, ...]:
        return tuple(source["ref"] for source in self.packet["draft"]["evidence"] if source["kind"] == "passage")


async def page(connection: AsyncConnection, since: datetime, until: datetime, size: int = PAGE) -> tuple[Closed, ...]:
    """The next closed cases in their order; all of one moment come together."""
    turn = func.regexp_replace(support_case.c.turn, ":[^:]*$", "")  # the graph's thread is the turn and its run
    record = (
        select(turn_record.c.id.label("record"))
        .where(turn_record.c.conversation == support_case.c.conversation, turn_record.c.turn == turn)
        .order_by(turn_record.c.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(*(support_case.c[name] for name in _COLUMNS), record.label("record"), conversation.c.signed_email)
        .add_columns(operator.c.name.label("operator"))
        .join(conversation, conversation.c.id == support_case.c.conversation)
        .outerjoin(operator, operator.c.id == support_case.c.assignee)
        .where(support_case.c.status.in_(("answered", "rejected")), support_case.c.closed_at > since, support_case.c.closed_at <= until)
        .order_by(support_case.c.closed_at)
        .fetch(size, with_ties=True)
    )
    return tuple(Closed(**row) for row in (await connection.execute(query)).mappings())


def rejected(cases: Iterable[Closed]) -> list[Asked]:
    """Questions whose draft, made of articles, was not what the operator wanted to say."""
    return [found for case in cases if case.rewritten and case.about and case.passages and (found := _asked(case))]


def _asked(case: Closed) -> Asked | None:
    text = question(case.packet["original"], case.names)
    if not text or not case.record:
        return None
    return Asked(id=case.record, text=text, language=case.packet["language"], kind="bad", at=case.closed_at)


def told(cases: Iterable[Closed]) -> list[Told]:
    """What operators answered in their own words, where it would hold for anybody."""
    return [found for case in cases if case.rewritten and _for_all(case) and (found := _told(case))]


def _for_all(case: Closed) -> bool:
    """No wish about an order, and nothing was ordered with the reply: then the words may be true beyond this case."""
    ordered = case.packet.get("action", {}).get("remedies")
    return bool(case.sent and case.about) and not ordered and not _OF_ORDERS & set(case.packet["intents"])


def _told(case: Closed) -> Told | None:
    language, facts = case.packet["language"], [str(fact["value"]) for fact in case.packet["facts"]]
    asked = question(case.packet["original"], case.names)
    said = answer(case.sent or "", language, case.names, case.draft, amounts(facts))
    if not asked or not said:
        return None
    intents = tuple(intent for intent in case.packet["intents"] if intent in ASKED and intent != "out_of_scope")
    return Told(id=case.id, question=asked, answer=said, language=language, intents=intents, at=case.closed_at)


def uses(cases: Sequence[Closed]) -> list[Use]:
    """Articles in drafts that went out much as they were."""
    sent = [case for case in cases if case.status == "answered" and not case.rewritten]
    return [use for case in sent for use in articles(case.passages, case.closed_at)]
