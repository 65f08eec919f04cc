"""Turns since the last look: questions that found no good answer, and the articles that replies rested on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.domain.decision import Reason
from agent.domain.intents import COURTESY, FROM_KNOWLEDGE, Intent
from agent.domain.triage import Flag
from agent.signals.unnamed import names_of, question
from agent.store.tables import conversation, message, support_case, turn_record
from knowledge.confidence import curve
from knowledge.gaps.reading import Asked, Kind, Use

#: Records of one look; the rows of a conversation come beside them.
PAGE = 200
#: What articles answer; whether something is in stock only the shelves know. What seems out of scope may be what nobody has written yet.
ASKED = frozenset(intent.value for intent in (FROM_KNOWLEDGE - {Intent.STOCK}) | {Intent.OUT_OF_SCOPE})
_COURTESY = frozenset(intent.value for intent in COURTESY)
#: The customer was not helped, as their next turn shows.
_UNHELPED_INTENTS = frozenset({Intent.HUMAN.value, Intent.COMPLAINT.value})
_UNHELPED_FLAGS = frozenset({Flag.ANGER.value, Flag.HUMAN_REQUEST.value})
#: Not to be kept whatever was asked.
_FOUL = frozenset({Flag.INJECTION.value, Flag.ABUSE.value})
NEXT = timedelta(days=1)
SURE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn record with the words that the customer wrote in it."""

    id: str
    conversation: str
    seq: int
    outcome: str
    reasons: tuple[str, ...]
    intents: tuple[str, ...]
    language: str
    detail: Mapping[str, Any]
    at: datetime
    text: str

    @property
    def about(self) -> str:
        """The first intent that is no small talk."""
        return next((intent for intent in self.intents if intent not in _COURTESY), "")

    @property
    def sure(self) -> float:
        """How sure that intent was, 0..1."""
        return next((item["score"] for item in self.detail.get("intents", ()) if item["intent"] == self.about), 1.0)

    @property
    def flags(self) -> frozenset[str]:
        return frozenset(self.detail.get("flags", ()))

    def rested_on(self, *kinds: str) -> tuple[str, ...]:
        return tuple(source["ref"] for source in self.detail.get("sources", ()) if source["kind"] in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Turns to read, each with the one before it in its conversation, and the names that must not be kept."""

    turns: tuple[Turn, ...]
    before: Mapping[str, Turn]  # by the id of the turn behind it
    names: Mapping[str, frozenset[str]]  # by conversation

    @property
    def until(self) -> datetime:
        return self.turns[-1].at


async def page(connection: AsyncConnection, since: datetime, until: datetime, size: int = PAGE) -> Page | None:
    """The next turns, whole conversations' order kept; None when there are none. All of one moment come together: the mark is a time."""
    new = select(turn_record.c.id, turn_record.c.conversation).where(turn_record.c.created_at > since, turn_record.c.created_at <= until)
    rows = (await connection.execute(new.order_by(turn_record.c.created_at).fetch(size, with_ties=True))).all()
    if not rows:
        return None
    ids, threads = {row.id for row in rows}, sorted({row.conversation for row in rows})
    turns = await _turns(connection, threads)
    before = {turn.id: earlier for earlier, turn in _pairs(turns)}
    chosen = sorted((turn for turn in turns if turn.id in ids), key=lambda turn: (turn.at, turn.id))
    return Page(turns=tuple(chosen), before=before, names=await names(connection, threads))


async def _turns(connection: AsyncConnection, threads: Sequence[str]) -> list[Turn]:
    records = select(turn_record).where(turn_record.c.conversation.in_(threads)).order_by(turn_record.c.created_at, turn_record.c.id)
    rows = (await connection.execute(records)).all()
    said = select(message.c.conversation, message.c.seq, message.c.text)
    said = said.where(message.c.conversation.in_(threads), message.c.author == "customer").order_by(message.c.seq)
    words: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for thread, seq, text in await connection.execute(said):
        words[thread].append((seq, text))
    ends: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ends[row.conversation].add(_seq(row.turn))
    return [_turn(row, words[row.conversation], ends[row.conversation]) for row in rows]


def _turn(row: Any, words: Iterable[tuple[int, str]], ends: Iterable[int]) -> Turn:
    seq = _seq(row.turn)
    start = max((end for end in ends if end < seq), default=0)
    text = "\n".join(text for at, text in words if start < at <= seq and text.strip())
    return Turn(
        id=row.id,
        conversation=row.conversation,
        seq=seq,
        outcome=row.outcome,
        reasons=tuple(row.reasons),
        intents=tuple(row.intents),
        language=row.language,
        detail=row.detail,
        at=row.created_at,
        text=text,
    )


def _seq(turn: str) -> int:
    """Of a turn's last message."""
    return int(turn.rpartition(":")[2])


def _pairs(turns: Sequence[Turn]) -> Iterable[tuple[Turn, Turn]]:
    threads: dict[str, dict[int, Turn]] = defaultdict(dict)
    for turn in turns:  # a turn that ran again counts as it ended
        threads[turn.conversation][turn.seq] = turn
    for by_seq in threads.values():
        ordered = [by_seq[seq] for seq in sorted(by_seq)]
        yield from pairwise(ordered)


async def names(connection: AsyncConnection, threads: Sequence[str]) -> dict[str, frozenset[str]]:
    """What is known of the persons in these conversations, from their cases and addresses."""
    packets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    cases = select(support_case.c.conversation, support_case.c.packet).where(support_case.c.conversation.in_(threads))
    for thread, packet in await connection.execute(cases):
        packets[thread].append(packet)
    signed = select(conversation.c.id, conversation.c.signed_email).where(conversation.c.id.in_(threads))
    return {thread: names_of(packets[thread], email) for thread, email in await connection.execute(signed)}


def unanswered(turn: Turn) -> bool:
    """An article should have answered, and none that was found is likely to."""
    if not _for_articles(turn) or turn.flags & _FOUL:
        return False
    found = turn.detail.get("found", ())
    answerable = bool(found) and found[0][1] >= curve().threshold
    told = turn.outcome == "resolve" and turn.rested_on("product", "stock", "order")
    return not answerable and not told


def _for_articles(turn: Turn) -> bool:
    """What is taken for a question about stock without being sure of it is often about what nobody has written yet."""
    if turn.about == Intent.STOCK:
        return turn.sure < SURE
    return turn.about in ASKED and Reason.NEEDS_DETAIL not in turn.reasons


def answered(turn: Turn) -> bool:
    """The agent replied by itself, from articles or the catalogue."""
    return turn.outcome == "resolve" and turn.about in ASKED and bool(turn.rested_on("passage", "product")) and not turn.flags & _FOUL


def follows(earlier: Turn, turn: Turn) -> bool:
    return answered(earlier) and turn.at - earlier.at <= NEXT


def unhelped(turn: Turn) -> bool:
    """Angry, or asks for a person."""
    return bool(_UNHELPED_FLAGS & turn.flags or _UNHELPED_INTENTS & set(turn.intents))


def asked(turn: Turn, kind: Kind, names_: Mapping[str, frozenset[str]]) -> Asked | None:
    """The question without personal data; None when it must be left out."""
    text = question(turn.text, names_.get(turn.conversation, frozenset()))
    return Asked(id=turn.id, text=text, language=turn.language, kind=kind, at=turn.at) if text else None


def uses(turns: Iterable[Turn]) -> list[Use]:
    """Articles that replies of the bot rested on; what a handed-over turn found was only a draft."""
    return [use for turn in turns if turn.outcome in ("resolve", "ask") for use in articles(turn.rested_on("passage"), turn.at)]


def articles(passages: Iterable[str], at: datetime) -> list[Use]:
    """Each article of these passages once; a passage's id is article/language/digest."""
    return [
        (article, language, at.date()) for article, language in dict.fromkeys(tuple(ref.split("/")[:2]) for ref in passages if "/" in ref)
    ]


async def intents_of(connection: AsyncConnection, ids: Sequence[str]) -> tuple[str, ...]:
    """What customers wanted in these turns, the most frequent first; nothing that no article is written for."""
    each = select(func.unnest(turn_record.c.intents).label("intent")).where(turn_record.c.id.in_(ids)).subquery()
    query = select(each.c.intent).group_by(each.c.intent).having(func.count() * 4 >= len(ids)).order_by(func.count().desc(), each.c.intent)
    found = await connection.scalars(query)
    return tuple(intent for intent in found if intent in ASKED and intent != Intent.OUT_OF_SCOPE.value)
